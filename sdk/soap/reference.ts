import { code, isCharacter } from "./characters.ts";
import type { Cursor } from "./cursor.ts";

/** What `&...;` at a place stands for, and where it ends. Only XML's own five entities and characters by number are known. */
export function referenceAt(cursor: Cursor, at: number): { readonly text: string; readonly end: number } {
  const { text } = cursor;
  if (text.charCodeAt(at + 1) !== code.hash) return entityAt(cursor, at);
  const hexadecimal = text.charCodeAt(at + 2) === 120;
  const start = at + (hexadecimal ? 3 : 2);
  let number = 0;
  let end = start;
  for (;;) {
    const digit = digitOf(text.charCodeAt(end), hexadecimal);
    if (digit < 0) break;
    number = Math.min(number * (hexadecimal ? 16 : 10) + digit, 0x110000);
    end++;
  }
  if (end === start || text.charCodeAt(end) !== code.semicolon)
    cursor.fail("a character reference that is not in order");
  if (!isCharacter(number)) cursor.fail(`a reference to the character ${number}, which XML does not have`);
  return { text: String.fromCodePoint(number), end: end + 1 };
}

function digitOf(c: number, hexadecimal: boolean): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (!hexadecimal) return -1;
  if (c >= 65 && c <= 70) return c - 55;
  return c >= 97 && c <= 102 ? c - 87 : -1;
}

function entityAt(cursor: Cursor, at: number): { readonly text: string; readonly end: number } {
  const end = cursor.name(at + 1);
  const name = cursor.text.slice(at + 1, end);
  if (cursor.text.charCodeAt(end) !== code.semicolon) cursor.fail("'&' that begins no reference");
  const text = entities.get(name);
  if (text === undefined) cursor.fail(`the entity '${name}', which is not allowed`, "Forbidden");
  return { text, end: end + 1 };
}

const entities: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);
