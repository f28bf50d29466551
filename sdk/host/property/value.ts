import type { Ref } from "../../vim/index.ts";
import { dataType } from "../../vim/schema.ts";

/** A reference: nothing else in vim25 has these two properties and no other. */
export const isRef = (value: object): value is Ref =>
  "type" in value &&
  "value" in value &&
  typeof value.type === "string" &&
  typeof value.value === "string" &&
  !("key" in value);

/** A value for a slot that takes any type: there a data object must say what it is. */
export function boxed(value: unknown, type: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || "_typeName" in value || isRef(value))
    return value;
  if (!dataType(type)) return value;
  return Object.freeze({ _typeName: type, ...value });
}
