/** How fields are quoted: PowerShell 7 quotes all of them unless asked not to. */
export type Quoting = "Always" | "AsNeeded" | "Never";

export interface CsvStyle {
  readonly delimiter: string;
  readonly quoting: Quoting;
  /** Names of the only fields to quote, in lower case; overrides `quoting`. */
  readonly quoteFields?: ReadonlySet<string>;
}

/**
 * One record as a line of CSV (RFC 4180), without its line end. A null field stays empty and unquoted, which keeps it
 * apart from the empty string `""`.
 *
 * @example
 * csvLine(["a", 'say "hi"', null], ["Name", "Text", "None"], { delimiter: ",", quoting: "Always" });
 * // "a","say ""hi""",
 */
export function csvLine(fields: readonly (string | null)[], names: readonly string[], style: CsvStyle): string {
  return fields
    .map((field, index) => (field === null ? "" : quote(field, names[index] ?? "", style)))
    .join(style.delimiter);
}

function quote(field: string, name: string, style: CsvStyle): string {
  if (style.quoteFields !== undefined) {
    return style.quoteFields.has(name.toLowerCase()) ? quoted(field) : field;
  }
  if (style.quoting === "Always") return quoted(field);
  return style.quoting === "AsNeeded" && needsQuotes(field, style.delimiter) ? quoted(field) : field;
}

// Beyond RFC 4180: a reader that trims blanks or skips blank lines would lose an unquoted empty or padded field.
function needsQuotes(field: string, delimiter: string): boolean {
  return field === "" || /["\r\n]|^[\s#]|\s$/.test(field) || field.includes(delimiter);
}

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}
