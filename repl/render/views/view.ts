import type { Align } from "../width.ts";

/** A column of a default view, or a line of a list view. */
export interface ViewColumn {
  /** Heading; may hold a line break. Without one, the property's name. */
  readonly label?: string;
  readonly property: string;
  /** In terminal columns; without one the column takes its share of what is left. */
  readonly width?: number;
  /** Without one: numbers to the right, everything else to the left. */
  readonly align?: Align;
  /** A .NET format string, such as `N3`. */
  readonly format?: string;
}

/** How objects of a type are shown when nobody asks for something else. */
export type View =
  | {
      readonly kind: "table";
      readonly columns: readonly ViewColumn[];
      /** A property; a new table, with its value as a heading, begins where it changes. */
      readonly groupBy?: string;
    }
  | { readonly kind: "list"; readonly columns: readonly ViewColumn[] };

/** A column whose label is its property's name. */
export function column(property: string, options: Omit<ViewColumn, "property"> = {}): ViewColumn {
  return { property, ...options };
}

export function table(...columns: readonly ViewColumn[]): View {
  return { kind: "table", columns };
}

export function list(...properties: readonly string[]): View {
  return { kind: "list", columns: properties.map((property) => ({ property })) };
}
