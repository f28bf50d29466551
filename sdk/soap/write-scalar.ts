import { base64 } from "./binary.ts";
import { escapeText } from "./escape.ts";

/** A value as the text of an element. */
export type Text = (value: unknown) => string;

const wrong = (value: unknown, type: string): never => {
  throw new TypeError(`a value of vim25 cannot be written: ${typeof value} is no ${type}`);
};

const string: Text = (value) => (typeof value === "string" ? escapeText(value) : wrong(value, "string"));

const integer: Text = (value) =>
  typeof value === "number" || typeof value === "bigint" ? `${value}` : wrong(value, "number");

const real: Text = (value) => {
  if (typeof value !== "number") return wrong(value, "number");
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : `${value}`;
  return Number.isNaN(value) ? "NaN" : value < 0 ? "-INF" : "INF";
};

const boolean: Text = (value) => (value === true ? "true" : value === false ? "false" : wrong(value, "boolean"));

const binary: Text = (value) => (value instanceof Uint8Array ? base64(value) : wrong(value, "bytes"));

const texts: Readonly<Record<string, Text>> = {
  string,
  anyURI: string,
  dateTime: string,
  boolean,
  byte: integer,
  short: integer,
  int: integer,
  long: integer,
  float: real,
  double: real,
  base64Binary: binary,
};

/** How values of a simple type of XML Schema are written; all others that are text are enums. */
export const textOf = (type: string): Text | undefined => (Object.hasOwn(texts, type) ? texts[type] : undefined);
export const stringText: Text = string;
