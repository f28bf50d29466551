/** Characters of XML 1.0, by their codes. */
export const code = {
  tab: 9,
  newline: 10,
  return: 13,
  space: 32,
  bang: 33,
  quote: 34,
  hash: 35,
  ampersand: 38,
  apostrophe: 39,
  slash: 47,
  colon: 58,
  semicolon: 59,
  less: 60,
  equals: 61,
  greater: 62,
  question: 63,
  bracket: 93,
} as const;

/** Codes below 128 that may begin a name, but for the colon. */
const nameStart = new Uint8Array(128);
/** Codes below 128 that a name may hold, but for the colon. */
const namePart = new Uint8Array(128);
/** Codes below 128 that stand for themselves in text, wherever they are. */
export const plainText = new Uint8Array(128);

for (let c = 0; c < 128; c++) {
  const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
  nameStart[c] = letter ? 1 : 0;
  namePart[c] = letter || (c >= 48 && c <= 57) || c === 45 || c === 46 ? 1 : 0;
  const special = c === code.less || c === code.ampersand || c === code.bracket;
  plainText[c] = (c >= 32 || c === code.tab || c === code.newline) && !special ? 1 : 0;
}

export const isSpace = (c: number): boolean =>
  c === code.space || c === code.newline || c === code.return || c === code.tab;

/** Whether a character of a code may be in a document at all. */
export const isCharacter = (c: number): boolean =>
  c >= 32
    ? c < 0xd800 || (c > 0xdfff && c < 0xfffe) || (c > 0xffff && c <= 0x10ffff)
    : c === code.tab || c === code.newline || c === code.return;

export function isNameStart(c: number): boolean {
  if (c < 128) return nameStart[c] === 1;
  return startRanges.some(([from, to]) => c >= from && c <= to);
}

export function isNamePart(c: number): boolean {
  if (c < 128) return namePart[c] === 1;
  return isNameStart(c) || c === 0xb7 || (c >= 0x300 && c <= 0x36f) || c === 0x203f || c === 0x2040;
}

const startRanges: readonly (readonly [number, number])[] = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
];
