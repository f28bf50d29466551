import type { MethodInfo } from "../../vim/schema.ts";
import { fault } from "../faults.ts";
import { required, type Slot, slot } from "./slot.ts";

interface Parameters {
  readonly byName: ReadonlyMap<string, Slot>;
  readonly required: readonly string[];
}

const compiled = new WeakMap<MethodInfo, Parameters>();

function parametersOf(method: MethodInfo): Parameters {
  const known = compiled.get(method);
  if (known) return known;
  const parameters = {
    byName: new Map(method.params.map((param) => [param.name, slot(param)])),
    required: method.params.filter((param) => !param.optional).map((param) => param.name),
  };
  compiled.set(method, parameters);
  return parameters;
}

/**
 * Checks the arguments of a call against the schema and returns a frozen copy, which may be kept: what the caller does to his own
 * afterwards changes nothing. The fault names the path of what is wrong: `spec.location.folder`.
 */
export function checkArguments(
  method: MethodInfo,
  args: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const parameters = parametersOf(method);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(args)) {
    const value = args[name];
    if (value === undefined) continue;
    const check = parameters.byName.get(name);
    if (!check) throw unknownParameter(method, name);
    copy[name] = check(value, name, 0);
  }
  for (const name of parameters.required) if (copy[name] === undefined) throw required(name, `a parameter of ${method.name}`);
  return Object.freeze(copy);
}

const unknownParameter = (method: MethodInfo, name: string) =>
  fault(
    "InvalidRequest",
    {},
    `${method.name} has no parameter '${name}'. It takes: ${method.params.map((param) => param.name).join(", ") || "none"}.`,
  );
