import { type MethodInfo, managedType } from "../vim/schema.ts";

/** Gives one property: every managed object has it, though no schema lists it. */
export const fetchMethod: MethodInfo = Object.freeze({
  name: "Fetch",
  owner: "ManagedObject",
  request: "FetchRequestType",
  params: Object.freeze([{ name: "prop", type: "string", array: false, optional: false, subject: "PropertyPath" }]),
  returns: Object.freeze({ type: "anyType", array: false, optional: true }),
  taskResult: undefined,
  faults: Object.freeze([]),
  privilege: "System.Anonymous",
  since: "2.0",
});

/** A method of a managed type that can be called over SOAP. */
export function methodOf(type: string, name: string): MethodInfo | undefined {
  if (name === fetchMethod.name) return fetchMethod;
  const method = managedType(type)?.methods.get(name);
  return method?.only === "vijson" ? undefined : method;
}
