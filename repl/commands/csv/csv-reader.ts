import { type Maybe, PSObject, scriptError } from "../../language/index.ts";
import { parseCsv } from "./parse.ts";

export interface CsvRead {
  readonly delimiter: string;
  /** Column names in place of a header line. */
  readonly header: readonly string[] | undefined;
  warn(text: string): Maybe<void>;
}

/** Objects of text properties from CSV: one for each record below the header. Fields that are missing are null. */
export function* readCsv(text: string, options: CsvRead): Generator<PSObject> {
  let names = options.header === undefined ? undefined : columnNames(options.header, options);
  let typeName: string | undefined;
  for (const record of parseCsv(text, options.delimiter)) {
    const [first = ""] = record;
    if (record.length === 1 && first === "" && names?.length !== 1) continue;
    if (names === undefined) {
      if (first.startsWith("#TYPE ")) typeName = first.slice(6).trim();
      else if (!first.startsWith("#")) names = columnNames(record, options);
      continue;
    }
    const object = PSObject.of({}, typeName === undefined || typeName === "" ? undefined : `CSV:${typeName}`);
    names.forEach((name, index) => {
      object.note(name, record[index] ?? null);
    });
    yield object;
  }
}

function columnNames(record: readonly string[], options: CsvRead): readonly string[] {
  const seen = new Set<string>();
  let unnamed = 0;
  const names = record.map((name) => {
    const used = name === "" ? `H${++unnamed}` : name;
    const key = used.toLowerCase();
    if (seen.has(key)) {
      throw scriptError(`The column "${used}" is there twice in the header of the CSV text.`, {
        category: "InvalidData",
        id: "AlreadyPresentPSMemberInfoInternalCollectionAdd",
        target: used,
      });
    }
    seen.add(key);
    return used;
  });
  if (unnamed > 0) {
    void options.warn(
      'One or more headers were not specified. Default names starting with "H" have been used in place of any missing headers.',
    );
  }
  return names;
}
