import type { Value } from "./value.ts";

/** A `[ref]`: a place that a method or function writes its result to. */
export class ReferenceBox {
  readonly get: () => Value;
  readonly set: (value: Value) => void;

  constructor(get: () => Value, set: (value: Value) => void) {
    this.get = get;
    this.set = set;
  }

  toString(): string {
    return "System.Management.Automation.PSReference";
  }
}
