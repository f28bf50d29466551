import type { Value } from "./value.ts";

/** A collection that grows: `System.Collections.ArrayList`, `List[T]`, `Queue`, `Stack`. */
export class List {
  readonly items: Value[];
  /** The .NET type it stands for. */
  readonly typeName: string;
  /** What a `List[T]` makes of the values that are added. */
  readonly convert: ((value: Value) => Value) | undefined;

  constructor(
    items: Iterable<Value> = [],
    typeName = "System.Collections.ArrayList",
    convert?: (value: Value) => Value,
  ) {
    this.items = [...items];
    this.typeName = typeName;
    this.convert = convert;
  }

  /** A value as this list holds it. */
  held(value: Value): Value {
    return this.convert ? this.convert(value) : value;
  }
}
