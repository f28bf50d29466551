import { TypeValue, toText, type Value } from "../../language/index.ts";
import { isOfType as isOf } from "../../language/types/is-of-type.ts";
import { typeFromText } from "../../language/types/registry.ts";

/** `-Is` and `-IsNot` of Where-Object: the type may be a type or its name. */
export function isOfType(value: Value, type: Value): boolean {
  const wanted = type instanceof TypeValue ? type : typeFromText(toText(type).replace(/^\[|\]$/g, ""));
  return wanted !== undefined && isOf(value, wanted);
}
