import {
  DateTime,
  DictionaryEntry,
  ErrorRecord,
  Hashtable,
  isMembers,
  List,
  ScriptBlock,
  TypeValue,
  toText,
  typeNameOf,
  type Value,
} from "../language/index.ts";
import { cellText } from "./cell.ts";
import { propertyNames, readProperty } from "./properties.ts";
import { visibleLines } from "./safe.ts";
import type { Shape, ShapeColumn } from "./shape.ts";
import type { View, ViewColumn } from "./views/view.ts";
import { viewFor } from "./views.ts";

/** What becomes of an object that nobody formatted: lines of text, its elements, or a place in a table or list. */
export type Presentation =
  | { readonly kind: "lines"; readonly lines: readonly string[] }
  | { readonly kind: "error"; readonly record: ErrorRecord }
  | { readonly kind: "each"; readonly values: readonly Value[] }
  | { readonly kind: "shape"; readonly shape: Shape };

/** Objects with more properties than this are shown as a list. */
const widestTable = 4;

/** Chooses how to show `value`; `last` is the shape before, kept as long as objects are alike. */
export function present(value: Value, last: Shape | undefined): Presentation {
  if (Array.isArray(value)) return { kind: "each", values: value };
  if (value instanceof List) return { kind: "each", values: value.items };
  if (value instanceof Uint8Array) return { kind: "each", values: [...value] };
  if (value instanceof ErrorRecord) return { kind: "error", record: value };
  if (value instanceof Hashtable) {
    return { kind: "each", values: [...value.entries()].map(([key, held]) => new DictionaryEntry(key, held)) };
  }
  if (value instanceof DateTime) return { kind: "lines", lines: ["", cellText(value, "F"), ""] };
  if (typeof value !== "object" || value === null || value instanceof ScriptBlock) return lines(value);
  const view = viewFor(typeNames(value));
  if (view !== undefined) return { kind: "shape", shape: shapeOf(view) };
  const names = propertyNames(value);
  if (names.length === 0) return lines(value);
  return { kind: "shape", shape: last !== undefined && sameNames(last, names) ? last : genericShape(names) };
}

function lines(value: Value): Presentation {
  return { kind: "lines", lines: visibleLines(toText(value)) };
}

function typeNames(value: object): readonly string[] {
  if (value instanceof TypeValue) return ["System.RuntimeType"];
  return isMembers(value) ? value.typeNames : [typeNameOf(value)];
}

const shapes = new WeakMap<View, Shape>();

function shapeOf(view: View): Shape {
  const known = shapes.get(view);
  if (known !== undefined) return known;
  const columns = view.columns.map(viewColumn);
  const group = view.kind === "table" && view.groupBy !== undefined ? { group: propertyColumn(view.groupBy) } : {};
  const shape: Shape = { kind: view.kind, columns, fit: false, ...group };
  shapes.set(view, shape);
  return shape;
}

function viewColumn(column: ViewColumn): ShapeColumn {
  const { property, label = property, width, align, format } = column;
  return { label, width, align, format, read: (item) => readProperty(item, property) };
}

/** A shape of these properties: a table of columns fitted to their content, or a list where there are many. */
function genericShape(names: readonly string[]): Shape {
  return { kind: names.length > widestTable ? "list" : "table", columns: names.map(propertyColumn), fit: true };
}

/** The shape a type has when Format-Table or Format-List is given no properties. */
export function defaultShape(item: Value, kind: Shape["kind"]): Shape {
  const view = typeof item === "object" && item !== null ? viewFor(typeNames(item)) : undefined;
  if (view?.kind === kind) return shapeOf(view);
  return { kind, columns: propertyNames(item).map(propertyColumn), fit: true };
}

function propertyColumn(property: string): ShapeColumn {
  return { label: property, read: (item) => readProperty(item, property) };
}

function sameNames(shape: Shape, names: readonly string[]): boolean {
  return shape.columns.length === names.length && shape.columns.every((column, index) => column.label === names[index]);
}
