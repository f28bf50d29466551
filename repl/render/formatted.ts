import type { Members, MemberValue, Value } from "../language/index.ts";
import type { Shape } from "./shape.ts";

/** An object with the layout that Format-Table or Format-List chose for it, on its way to the renderer. */
export class Formatted implements Members {
  readonly typeNames = ["Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData"];
  readonly item: Value;
  readonly shape: Shape;
  /** Values of the shape's columns. */
  readonly cells: readonly Value[];
  /** What `-GroupBy` groups by, such as `PowerState: PoweredOn`. */
  readonly group: string | undefined;

  constructor(item: Value, shape: Shape, cells: readonly Value[], group?: string) {
    this.item = item;
    this.shape = shape;
    this.cells = cells;
    this.group = group;
  }

  member(): MemberValue | undefined {
    return undefined;
  }

  memberNames(): readonly string[] {
    return [];
  }

  /** The object behind the layout, with only the columns that were asked for. */
  properties(): readonly (readonly [string, Value])[] {
    return this.shape.columns.map((column, index) => [column.label, this.cells[index] ?? null]);
  }
}
