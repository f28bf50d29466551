import {
  after,
  type CommandContext,
  DictionaryEntry,
  eachInTurn,
  Hashtable,
  type Maybe,
  toFloat,
  toText,
  type Value,
} from "../../language/index.ts";
import { all } from "../../render/all.ts";
import { cellText, isScalar } from "../../render/cell.ts";
import { Formatted } from "../../render/formatted.ts";
import type { Shape, ShapeColumn } from "../../render/shape.ts";
import type { Align } from "../../render/width.ts";
import { expand, type PropertyExpression, propertyExpression } from "../object/property-expression.ts";

export interface LayoutOptions {
  readonly kind: "table" | "list";
  readonly property: readonly Value[] | undefined;
  readonly groupBy: Value | undefined;
  /** The table's or list's shape, from its columns and the object it was chosen by. */
  shape(columns: readonly ShapeColumn[], item: Value): Shape;
}

/** Puts objects into the layout that a Format- command asks for: the first object decides the columns. */
export class Layout {
  readonly #ctx: CommandContext<unknown>;
  readonly #options: LayoutOptions;
  readonly #expressions: readonly PropertyExpression[] | undefined;
  readonly #group: PropertyExpression | undefined;
  #shape: Shape | undefined;

  constructor(ctx: CommandContext<unknown>, options: LayoutOptions) {
    this.#ctx = ctx;
    this.#options = options;
    this.#expressions = options.property?.map((spec) => propertyExpression(ctx, spec));
    this.#group = options.groupBy === undefined ? undefined : propertyExpression(ctx, options.groupBy);
  }

  put(item: Value): Maybe<void> {
    if (item instanceof Hashtable) {
      return eachInTurn(item.entries(), ([key, value]) => this.put(new DictionaryEntry(key, value)));
    }
    // Text and numbers have no columns: they stay as they are among what is laid out.
    if (this.#expressions === undefined && isScalar(item)) return this.#ctx.writeWhole(item);
    const shape = this.#shapeFor(item);
    const cells = all(shape.columns.map((column) => column.read(item)));
    const group = this.#group;
    return after(cells, (read) => {
      if (group === undefined) return this.#ctx.writeWhole(new Formatted(item, shape, read));
      return after(group.read(item), (value) =>
        this.#ctx.writeWhole(new Formatted(item, shape, read, `${group.label}: ${cellText(value)}`)),
      );
    });
  }

  #shapeFor(item: Value): Shape {
    // A list shows each object's own properties, a table those of the first.
    if (this.#shape !== undefined && (this.#options.kind === "table" || this.#expressions !== undefined)) {
      return this.#shape;
    }
    const columns = expand(this.#expressions ?? [propertyExpression(this.#ctx, "*")], item).map(columnOf);
    const made = this.#options.shape(columns, item);
    if (this.#shape !== undefined && sameColumns(this.#shape, made)) return this.#shape;
    this.#shape = made;
    return made;
  }
}

function columnOf(expression: PropertyExpression): ShapeColumn {
  const width = expression.option("width");
  const format = expression.option("formatstring");
  const align = expression.option("alignment");
  return {
    label: expression.label,
    width: width === undefined ? undefined : Math.max(1, Math.trunc(toFloat(width)) || 1),
    format: format === undefined ? undefined : toText(format),
    align: align === undefined ? undefined : alignment(toText(align)),
    read: (item) => expression.read(item),
  };
}

function alignment(text: string): Align {
  const name = text.toLowerCase();
  return name === "right" || name === "center" ? name : "left";
}

function sameColumns(one: Shape, other: Shape): boolean {
  return (
    one.columns.length === other.columns.length &&
    one.columns.every((column, index) => column.label === other.columns[index]?.label)
  );
}
