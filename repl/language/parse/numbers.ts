import type { NumberNode } from "../ast/expressions.ts";
import { parseNumber } from "../convert/parse-number.ts";
import { isDash } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";

const NUMBER =
  /[-+\u2013-\u2015]?(?:0x[0-9a-f]+|0b[01]+|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:e[+-]?\d+)?)(?:ul|us|uy|[ldnusy])?(?:[kmgtp]b)?(?![\p{L}_])/iuy;

/** The length of the number at the cursor; 0 when there is none. */
export function numberLength(cursor: Cursor): number {
  NUMBER.lastIndex = cursor.pos;
  return NUMBER.exec(cursor.text)?.[0].length ?? 0;
}

/** `12`, `-1.5`, `0xFF`, `4GB`; undefined when no number starts here. */
export function parseNumberLiteral(cursor: Cursor): NumberNode | undefined {
  const length = numberLength(cursor);
  if (length === 0) return undefined;
  const start = cursor.pos;
  const text = cursor.text.slice(start, start + length);
  const value = parseNumber(isDash(text.charCodeAt(0)) ? `-${text.slice(1)}` : text);
  if (value === undefined) return undefined;
  cursor.take(length, "number");
  return { kind: "Number", value, start, end: cursor.pos };
}
