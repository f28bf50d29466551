import type { MethodInfo } from "../../vim/schema.ts";
import { fault, HostFault } from "../faults.ts";
import { isRecord } from "./data.ts";
import { required, shown } from "./refuse.ts";
import { type Slot, slot } from "./slot.ts";

interface Parameters {
  readonly byName: ReadonlyMap<string, Slot>;
  readonly required: readonly string[];
  readonly arrays: readonly string[];
}

const compiled = new WeakMap<MethodInfo, Parameters>();

function parametersOf(method: MethodInfo): Parameters {
  const known = compiled.get(method);
  if (known) return known;
  const needed = method.params.filter((param) => !param.optional);
  const parameters = {
    byName: new Map(method.params.map((param) => [param.name, slot(param)])),
    required: needed.filter(({ array }) => !array).map(({ name }) => name),
    arrays: needed.filter(({ array }) => array).map(({ name }) => name),
  };
  compiled.set(method, parameters);
  return parameters;
}

/**
 * Checks the arguments of a call against the schema and returns a frozen copy, which may be kept: what the caller does to his own
 * afterwards changes nothing. The fault names the path of what is wrong: `spec.location.folder`.
 */
export function checkArguments(method: MethodInfo, args: unknown): Readonly<Record<string, unknown>> {
  try {
    if (isRecord(args)) return copied(method, args);
    throw fault("InvalidRequest", {}, `${method.name} takes an object of parameters, not ${shown(args)}.`);
  } catch (error) {
    if (error instanceof HostFault) throw error;
    // Reading them runs code of the caller's where there are getters or proxies.
    throw fault("InvalidRequest", {}, `The arguments of ${method.name} cannot be read.`, { cause: error });
  }
}

function copied(method: MethodInfo, args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const parameters = parametersOf(method);
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(args)) {
    const value = args[name];
    if (value === undefined) continue;
    const check = parameters.byName.get(name);
    if (!check) throw unknownParameter(method, name);
    copy[name] = check(value, name, 0);
  }
  for (const name of parameters.required) {
    if (copy[name] === undefined) throw required(name, `a parameter of ${method.name}`);
  }
  for (const name of parameters.arrays) copy[name] ??= none;
  return Object.freeze(copy);
}

const none: readonly never[] = Object.freeze([]);

const unknownParameter = (method: MethodInfo, name: string) =>
  fault(
    "InvalidRequest",
    {},
    `${method.name} has no parameter ${shown(name)}. It takes: ${method.params.map((param) => param.name).join(", ") || "none"}.`,
  );
