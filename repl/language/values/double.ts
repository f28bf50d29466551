/**
 * A `[double]` that happens to be an integer within int32. Such a number as a plain JavaScript number is an `[int]`,
 * so `[double]2` has to be boxed to stay a double: `[double]2 / 4` is the same, but its type and `"{0:d}"` are not.
 */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    return String(this.value);
  }
}

/** True when a plain number stands for an `[int]`. */
export function isInt(value: unknown): value is number {
  return typeof value === "number" && (value | 0) === value;
}

/** The language's `[double]` with this value. */
export function toDouble(value: number): number | Double {
  return (value | 0) === value ? new Double(value) : value;
}

/** The language's smallest integer type that holds an integral number: `[int]`, else `[long]`. */
export function toInteger(value: number): number | bigint {
  return (value | 0) === value ? value | 0 : BigInt(value);
}
