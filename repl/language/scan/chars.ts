/** Classes of characters, by code; -1 stands for the end of the text. */

const BLANK = 1;
const NEWLINE = 2;
const WORD = 4;
const DIGIT = 8;
/** Ends a bare word of a command line. */
const BREAK = 16;

const TABLE = new Uint8Array(128);
for (const [characters, bits] of [
  [" \t\f\v", BLANK | BREAK],
  ["\n\r", NEWLINE | BREAK],
  ["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", WORD],
  ["0123456789", WORD | DIGIT],
  ["(){};,|&<>", BREAK],
] as const) {
  for (const character of characters) TABLE[character.charCodeAt(0)] = bits;
}

function bits(code: number): number {
  return TABLE[code] ?? 0;
}

export function isBlank(code: number): boolean {
  return code < 128 ? (bits(code) & BLANK) !== 0 : code === 0xa0 || code === 0x85 || code === 0xfeff || isSpace(code);
}

function isSpace(code: number): boolean {
  return (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x205f || code === 0x3000 || code === 0x1680;
}

export function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Letter, digit or underscore. */
export function isWord(code: number): boolean {
  return code < 128 ? (bits(code) & WORD) !== 0 : isLetter(code);
}

export function isWordStart(code: number): boolean {
  return isWord(code) && !isDigit(code);
}

const LETTER = /[\p{L}\p{Nd}\p{M}]/u;

function isLetter(code: number): boolean {
  return (code >= 0xd800 && code <= 0xdfff) || LETTER.test(String.fromCharCode(code));
}

/** Ends a bare word of a command line. */
export function isBreak(code: number): boolean {
  return code < 0 || (code < 128 ? (bits(code) & BREAK) !== 0 : isBlank(code));
}

/** `'` and its typographic forms. */
export function isSingleQuote(code: number): boolean {
  return code === 39 || (code >= 0x2018 && code <= 0x201b);
}

/** `"` and its typographic forms. */
export function isDoubleQuote(code: number): boolean {
  return code === 34 || (code >= 0x201c && code <= 0x201e);
}

export function isQuote(code: number): boolean {
  return isSingleQuote(code) || isDoubleQuote(code);
}

/** `-` and its typographic forms. */
export function isDash(code: number): boolean {
  return code === 45 || (code >= 0x2013 && code <= 0x2015);
}
