import { isNumber } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { Exception } from "../errors/exception.ts";
import { toErrorRecord } from "../errors/from-unknown.ts";
import { ScriptError, scriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import { equals } from "../operators/compare.ts";
import { collectInTurn } from "../run/in-turn.ts";
import { isFlow } from "../run/signals.ts";
import { CastProblem } from "../types/cast.ts";
import type { Caller } from "../types/definition.ts";
import { typeNamed } from "../types/registry.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { isMembers, type MemberValue } from "../values/members.ts";
import { NOTHING } from "../values/nothing.ts";
import { ScriptBlock } from "../values/script-block.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { extension } from "./extensions.ts";
import { tableOf } from "./tables.ts";

type Invocation = () => Maybe<Value>;

/** `$value.name(args)` */
export function invokeMember(value: Value, name: string, args: readonly Value[], caller: Caller): Maybe<Value> {
  if (value === null) {
    throw scriptError("You cannot call a method on a null-valued expression.", {
      category: "InvalidOperation",
      id: "InvokeMethodOnNull",
    });
  }
  const own = findMethod(value, name, args, caller);
  if (own) return guarded(own, name, args.length);
  const items = itemsOf(value);
  const elements = items?.map((item) => findMethod(item, name, args, caller));
  if (items && elements && elements.length > 0 && elements.every((method) => method !== undefined)) {
    const results = collectInTurn(elements, (method) => guarded(method, name, args.length));
    return results instanceof Promise ? results.then(flatten) : flatten(results);
  }
  throw methodNotFound(value, name);
}

function flatten(results: readonly Value[]): Value {
  const flat = results.filter((result) => result !== NOTHING).flatMap((result) => itemsOf(result) ?? [result]);
  return flat.length === 0 ? NOTHING : flat.length === 1 ? (flat[0] ?? null) : flat;
}

export function methodNotFound(value: Value, name: string): ScriptError {
  const type = value instanceof TypeValue ? value.fullName : typeNameOf(value);
  return scriptError(`Method invocation failed because [${type}] does not contain a method named '${name}'.`, {
    category: "InvalidOperation",
    id: "MethodNotFound",
    target: name,
  });
}

function findMethod(value: Value, name: string, args: readonly Value[], caller: Caller): Invocation | undefined {
  if (typeof value === "object" && value !== null) {
    const added = extension(value, name);
    if (added) return asInvocation(added, args, caller);
    if (isMembers(value)) {
      const member = value.member(name);
      const found = member && asInvocation(member, args, caller);
      if (found) return found;
      if (member === undefined && value.invoke) return () => value.invoke?.(name, args) ?? null;
    }
    if (value instanceof Hashtable) {
      const held = value.get(name);
      if (held instanceof ScriptBlock) return () => caller.invoke(held, args);
    }
  }
  const method = tableOf(value).method(name);
  if (method) return () => method(value as never, args, caller);
  return common(value, name, args);
}

function asInvocation(member: MemberValue, args: readonly Value[], caller: Caller): Invocation | undefined {
  if (member.invoke) return () => member.invoke?.(args) ?? null;
  const held = member.get?.() ?? null;
  return held instanceof ScriptBlock ? () => caller.invoke(held, args) : undefined;
}

/** Methods that every object has. */
function common(value: Value, name: string, args: readonly Value[]): Invocation | undefined {
  switch (name.toLowerCase()) {
    case "gettype":
      return () => getType(value);
    case "tostring":
      return () => toText(value);
    case "equals":
      return () => (isNumber(value) || typeof value === "boolean" ? equals(value, args[0] ?? null) : value === args[0]);
    case "gethashcode":
      return () => hashOf(toText(value));
    case "getenumerator":
      return itemsOf(value) && (() => [...(itemsOf(value) ?? [])]);
    case "dispose":
    case "close":
      return () => NOTHING;
    default:
      return undefined;
  }
}

export function getType(value: Value): TypeValue {
  const name = typeNameOf(value);
  return typeNamed(name) ?? new TypeValue({ fullName: name, is: (other) => typeNameOf(other) === name });
}

function hashOf(text: string): number {
  let hash = 17;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) | 0;
  return hash;
}

/** What a method throws reaches the script as a `MethodInvocationException` around it. */
export function guarded(call: Invocation, name: string, count: number): Maybe<Value> {
  try {
    const result = call();
    return result instanceof Promise ? result.catch((error: unknown) => fail(error, name, count)) : result;
  } catch (error) {
    return fail(error, name, count);
  }
}

function fail(error: unknown, name: string, count: number): never {
  if (isFlow(error)) throw error;
  const inner =
    error instanceof CastProblem
      ? ErrorRecord.of(error.message, { type: "System.FormatException" })
      : toErrorRecord(error);
  if (error instanceof ScriptError && (inner.position !== undefined || error.reach !== "statement")) throw error;
  const message = `Exception calling "${name}" with "${count}" argument(s): "${inner.message}"`;
  const exception = new Exception("System.Management.Automation.MethodInvocationException", message, {
    inner: inner.exception,
  });
  throw new ScriptError(new ErrorRecord(exception, { id: inner.id, category: "NotSpecified", target: inner.target }));
}
