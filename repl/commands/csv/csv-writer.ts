import { DateTime, isMembers, type Maybe, toText, typeNameOf, type Value } from "../../language/index.ts";
import { all } from "../../render/all.ts";
import { cellText } from "../../render/cell.ts";
import { propertyNames, readProperty } from "../../render/properties.ts";
import { type CsvStyle, csvLine } from "./write.ts";

/** Turns objects into lines of CSV. The first object decides the columns, unless a file that is appended to does. */
export class CsvWriter {
  readonly #style: CsvStyle;
  names: readonly string[] | undefined;

  constructor(style: CsvStyle, names?: readonly string[]) {
    this.#style = style;
    this.names = names;
  }

  /** The columns, taken from `item` if they are not known yet. */
  columns(item: Value): readonly string[] {
    this.names ??= propertyNames(item);
    return this.names;
  }

  header(): string {
    const names = this.names ?? [];
    return csvLine(names, names, this.#style);
  }

  line(item: Value): Maybe<string> {
    const names = this.columns(item);
    const cells = all(names.map((name) => readProperty(item, name)));
    const write = (values: readonly Value[]) => csvLine(values.map(fieldText), names, this.#style);
    return cells instanceof Promise ? cells.then(write) : write(cells);
  }
}

/** What .NET's ToString() gives, as Export-Csv writes it: a collection is only its type's name. */
function fieldText(value: Value): string | null {
  if (value === null) return null;
  if (value instanceof DateTime) return cellText(value);
  if (Array.isArray(value)) return typeNameOf(value);
  return toText(value);
}

/** `#TYPE` line of an object, which -IncludeTypeInformation puts first. */
export function typeLine(item: Value): string {
  return `#TYPE ${isMembers(item) ? (item.typeNames[0] ?? "") : typeNameOf(item)}`;
}
