import { isNumber } from "../convert/to-number.ts";
import { typeNamesOf } from "../types/is-of-type.ts";
import { PSObject } from "../values/ps-object.ts";
import type { Value } from "../values/value.ts";
import { ObjectView } from "./object-view.ts";

/** Members that every object has: `PSObject`, `PSTypeNames`; undefined for other names. */
export function intrinsic(value: Value, name: string): Value | undefined {
  switch (name.toLowerCase()) {
    case "psobject":
      return value === null ? null : new ObjectView(value);
    case "pstypenames":
      return value instanceof PSObject ? value.typeNames : [...typeNamesOf(value)];
    case "count":
    case "length":
      return isNumber(value) || typeof value === "boolean" ? 1 : undefined;
    case "ispresent":
      return typeof value === "boolean" ? value : undefined;
    default:
      return undefined;
  }
}
