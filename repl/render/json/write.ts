/** A number as it is to be written; JSON has no `1.0` of its own, PowerShell has. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object in the order of its properties; a JavaScript object would put `"10"` before `"a"`. */
export class JsonObject {
  readonly entries: readonly (readonly [string, Json])[];

  constructor(entries: readonly (readonly [string, Json])[]) {
    this.entries = entries;
  }
}

export type Json = null | boolean | string | JsonNumber | JsonObject | readonly Json[];

export interface JsonStyle {
  /** No blanks and line breaks. */
  readonly compress?: boolean;
  readonly escape?: "Default" | "EscapeNonAscii" | "EscapeHtml";
}

/** JSON as text, two spaces a level, as ConvertTo-Json writes it. */
export function jsonText(value: Json, style: JsonStyle = {}, indent = ""): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value, style);
  if (value instanceof JsonNumber) return value.text;
  const inner = `${indent}  `;
  if (value instanceof JsonObject) {
    const colon = style.compress === true ? ":" : ": ";
    const parts = value.entries.map(([name, item]) => quoted(name, style) + colon + jsonText(item, style, inner));
    return enclosed("{", parts, "}", style, indent);
  }
  const parts = value.map((item) => jsonText(item, style, inner));
  return enclosed("[", parts, "]", style, indent);
}

function enclosed(open: string, parts: readonly string[], close: string, style: JsonStyle, indent: string): string {
  if (parts.length === 0) return open + close;
  if (style.compress === true) return open + parts.join(",") + close;
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(",\n")}\n${indent}${close}`;
}

// JSON.stringify leaves what a terminal obeys beyond C0: DEL, C1 controls, line separators, bidi controls.
const hazard = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

function quoted(text: string, style: JsonStyle): string {
  const safe = JSON.stringify(text).replace(hazard, escaped);
  if (style.escape === "EscapeNonAscii") return safe.replace(/[\u0080-\uffff]/g, escaped);
  if (style.escape === "EscapeHtml") return safe.replace(/[<>&']/g, escaped);
  return safe;
}
