import type { Value } from "./value.ts";

/** A collection that grows: `System.Collections.ArrayList`, `List[T]`, `Queue`, `Stack`. */
export class List {
  readonly items: Value[];
  /** The .NET type it stands for. */
  readonly typeName: string;
  /** Type of the elements, for a `List[T]`: values are converted as they are added. */
  readonly elementType: string | undefined;

  constructor(items: Iterable<Value> = [], typeName = "System.Collections.ArrayList", elementType?: string) {
    this.items = [...items];
    this.typeName = typeName;
    this.elementType = elementType;
  }
}
