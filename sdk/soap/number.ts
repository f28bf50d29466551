import { isSpace } from "./characters.ts";

/** The integer that a text is, with spaces around it or without; a bigint beyond 2^53. Undefined where it is none. */
export function integerIn(text: string): number | bigint | undefined {
  let at = 0;
  let end = text.length;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  while (end > at && isSpace(text.charCodeAt(end - 1))) end--;
  const first = text.charCodeAt(at);
  const start = at;
  if (first === 45 || first === 43) at++;
  const digits = at;
  let value = 0;
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  if (at === digits) return undefined;
  if (value <= Number.MAX_SAFE_INTEGER) return first === 45 && value !== 0 ? -value : value;
  // Longer than any number of 64 bits, unless it begins with zeros: not worth the work of converting it.
  if (end - start > 100) return 1n << 64n;
  const large = BigInt(text.slice(digits, end));
  return first === 45 ? -large : large;
}

const real = /^[ \t\r\n]*([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN)[ \t\r\n]*$/;

/** The number that the text of a float or double is, or undefined where it is none. */
export function realIn(text: string): number | undefined {
  const lexical = text.length > 400 ? undefined : real.exec(text)?.[1];
  if (lexical === undefined) return undefined;
  return lexical.endsWith("INF") ? (lexical.startsWith("-") ? -Infinity : Infinity) : Number(lexical);
}
