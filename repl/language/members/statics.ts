import { toText } from "../convert/to-text.ts";
import { scriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import { cast } from "../types/cast.ts";
import type { Caller, TypeDefinition } from "../types/definition.ts";
import { typeNamed } from "../types/registry.ts";
import { PSObject } from "../values/ps-object.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { getMember } from "./access.ts";
import { guarded, methodNotFound } from "./invoke.ts";

function keyIn(table: Readonly<Record<string, unknown>> | undefined, name: string): string | undefined {
  if (table === undefined) return undefined;
  if (Object.hasOwn(table, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(table).find((key) => key.toLowerCase() === wanted);
}

function typeFor(value: Value): TypeDefinition | undefined {
  if (value instanceof TypeValue) return value.definition;
  return typeof value === "string" ? typeNamed(value)?.definition : undefined;
}

/** `[T]::Name` */
export function getStatic(value: Value, name: string, caller: Caller): Maybe<Value> {
  const type = typeFor(value);
  const key = keyIn(type?.properties, name);
  if (type && key !== undefined) return type.properties?.[key]?.(caller) ?? null;
  const member = type?.values?.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (member !== undefined) return member;
  return type === undefined || name.toLowerCase() === "fullname" ? getMember(value, name) : null;
}

export function setStatic(value: Value, name: string, to: Value): void {
  const type = typeFor(value);
  if (type?.assign) {
    type.assign(name, to);
    return;
  }
  throw scriptError(
    `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
    {
      category: "InvalidOperation",
      id: "PropertyNotFound",
    },
  );
}

/** `[T]::Name(args)`, `[T]::new(args)` */
export function invokeStatic(value: Value, name: string, args: readonly Value[], caller: Caller): Maybe<Value> {
  const type = typeFor(value);
  if (type === undefined) throw methodNotFound(value, name);
  if (name.toLowerCase() === "new") return construct(type, args, caller);
  const key = keyIn(type.methods, name);
  const method = key === undefined ? undefined : type.methods?.[key];
  if (method === undefined) throw methodNotFound(value, name);
  return guarded(() => method(args, caller), name, args.length);
}

/** `New-Object T -ArgumentList args` */
export function construct(type: TypeDefinition, args: readonly Value[], caller: Caller): Maybe<Value> {
  if (type.construct) return guarded(() => type.construct?.(args, caller) ?? null, ".ctor", args.length);
  if (type.fullName === "System.Management.Automation.PSObject") return new PSObject();
  const [only] = args;
  if (args.length === 1 && only !== undefined && type.convert) return cast(type, only);
  throw scriptError(`Cannot find an appropriate constructor for type ${toText(type.fullName)}.`, {
    category: "ObjectNotFound",
    id: "CannotFindAppropriateCtor",
    type: "System.Management.Automation.PSArgumentException",
  });
}
