import { dataType } from "../../vim/schema.ts";
import { fault } from "../faults.ts";
import { copy } from "./data.ts";
import { looksLikeRef, wrongType } from "./scalar.ts";

/** The check for an `anyType` slot: a scalar, bytes, a reference, a data object that says its type, or an array of these. */
export function anyValue(value: unknown, path: string, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "number":
    case "bigint":
      return value;
    case "object":
      break;
    default:
      throw wrongType(path, "a value of vim25");
  }
  if (value === null) throw wrongType(path, "a value; leave the property out to unset it");
  if (depth > 100) throw fault("InvalidRequest", {}, `${path.slice(0, 200)} is nested too deeply.`);
  if (value instanceof Uint8Array) return value.slice();
  if (Array.isArray(value)) return Object.freeze(value.map((item, i) => anyValue(item, `${path}[${i}]`, depth + 1)));
  const name = "_typeName" in value ? value._typeName : undefined;
  const info = typeof name === "string" ? dataType(name) : undefined;
  if (info) return copy(value as Readonly<Record<string, unknown>>, info, path, depth + 1);
  if (looksLikeRef(value)) return Object.freeze({ type: value.type, value: value.value });
  throw wrongType(path, "a value of vim25: a data object must say its _typeName");
}
