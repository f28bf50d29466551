import type { Maybe, Value } from "../language/index.ts";
import type { Align } from "./width.ts";

/** A column of a table or a line of a list, ready to be filled. */
export interface ShapeColumn {
  readonly label: string;
  readonly width?: number | undefined;
  readonly align?: Align | undefined;
  readonly format?: string | undefined;
  /** The value of an object in this column. */
  read(item: Value): Maybe<Value>;
}

/** How a run of objects is laid out. Objects with the same shape (the same instance) stand in one table. */
export interface Shape {
  readonly kind: "table" | "list";
  readonly columns: readonly ShapeColumn[];
  /** Columns without a width are fitted to what they hold, rather than sharing the room there is. */
  readonly fit: boolean;
  /** Fitted to all objects, not only to those that come first. */
  readonly all?: boolean;
  /** A new heading begins where its value changes. */
  readonly group?: ShapeColumn;
  readonly wrap?: boolean;
  readonly hideHeaders?: boolean;
}
