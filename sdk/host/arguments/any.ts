import { dataType } from "../../vim/schema.ts";
import { copy, isRecord } from "./data.ts";
import { requireShallow, wrongType } from "./refuse.ts";
import { bytesOf, refIn } from "./scalar.ts";

/** The check for an `anyType` slot: a scalar, bytes, a reference, a data object that says its type, or an array of these. */
export function anyValue(value: unknown, path: string, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "number":
      return value;
    case "bigint":
      if (BigInt.asIntN(64, value) === value) return value;
      throw wrongType(path, "a value of vim25, of no more than 64 bits", value);
    case "object":
      break;
    default:
      throw wrongType(path, "a value of vim25", value);
  }
  if (value === null) throw wrongType(path, "a value; leave the property out to unset it", value);
  requireShallow(depth, path);
  if (Array.isArray(value)) return list(value, anyValue, path, depth + 1);
  const bytes = bytesOf(value);
  if (bytes) return bytes;
  if (isRecord(value)) {
    const name = value._typeName;
    const info = typeof name === "string" ? dataType(name) : undefined;
    if (info) return copy(value, info, path, depth + 1);
    const ref = refIn(value);
    if (ref) return ref;
  }
  throw wrongType(path, "a value of vim25: a data object must say its _typeName", value);
}

/** Copies an array element by element. By index: the array's own `map` would skip holes, of which it may have millions. */
export function list(
  values: readonly unknown[],
  element: (value: unknown, path: string, depth: number) => unknown,
  path: string,
  depth: number,
): readonly unknown[] {
  const { length } = values;
  const copies: unknown[] = [];
  for (let i = 0; i < length; i++) copies.push(element(values[i], `${path}[${i}]`, depth));
  return Object.freeze(copies);
}
