import { isNumber, toFloat } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { compareText, sameText } from "../operators/strings.ts";
import { Char } from "../values/char.ts";
import { itemsOf } from "../values/items.ts";
import type { Value } from "../values/value.ts";
import { charsAt, intAt, problem, textAt } from "./arguments.ts";
import { MemberTable } from "./table.ts";

const WHITE = /\s/u;

export const STRING_MEMBERS = new MemberTable<string>(
  { Length: (self) => self.length },
  {
    Clone: (self) => self,
    CompareTo: (self, args) => Math.sign(compareText(self, textAt(args, 0), true)),
    Contains: (self, args) =>
      ignoresCase(args[1])
        ? self.toLowerCase().includes(textAt(args, 0).toLowerCase())
        : self.includes(textAt(args, 0)),
    EndsWith: (self, args) =>
      ignoresCase(args[1])
        ? self.toLowerCase().endsWith(textAt(args, 0).toLowerCase())
        : self.endsWith(textAt(args, 0)),
    Equals: (self, args) => typeof args[0] === "string" && sameText(self, args[0], !ignoresCase(args[1])),
    GetEnumerator: (self) => [...self].map(Char.of),
    IndexOf: (self, args) => found(self, args, false),
    IndexOfAny: (self, args) => indexOfAny(self, charsAt(args.slice(0, 1), 0), intAt(args, 1)),
    Insert: (self, args) =>
      self.slice(0, position(self, intAt(args, 0))) + textAt(args, 1) + self.slice(intAt(args, 0)),
    IsNormalized: (self) => self.normalize() === self,
    LastIndexOf: (self, args) => found(self, args, true),
    Normalize: (self) => self.normalize(),
    PadLeft: (self, args) => self.padStart(width(args), textAt(args, 1, " ")),
    PadRight: (self, args) => self.padEnd(width(args), textAt(args, 1, " ")),
    Remove: (self, args) => remove(self, args),
    Replace: (self, args) => replaceAll(self, args),
    Split: (self, args) => split(self, args),
    StartsWith: (self, args) =>
      ignoresCase(args[1])
        ? self.toLowerCase().startsWith(textAt(args, 0).toLowerCase())
        : self.startsWith(textAt(args, 0)),
    Substring: (self, args) => substring(self, args),
    ToCharArray: (self) => Array.from({ length: self.length }, (_, index) => new Char(self.charCodeAt(index))),
    ToLower: (self) => self.toLowerCase(),
    ToLowerInvariant: (self) => self.toLowerCase(),
    ToString: (self) => self,
    ToUpper: (self) => self.toUpperCase(),
    ToUpperInvariant: (self) => self.toUpperCase(),
    Trim: (self, args) => trimEnd(trimStart(self, charsAt(args, 0)), charsAt(args, 0)),
    TrimEnd: (self, args) => trimEnd(self, charsAt(args, 0)),
    TrimStart: (self, args) => trimStart(self, charsAt(args, 0)),
  },
);

function ignoresCase(comparison: Value | undefined): boolean {
  return comparison === true || (typeof comparison === "string" && /ignorecase/i.test(comparison));
}

function found(self: string, args: readonly Value[], last: boolean): number {
  const options = args.find((arg, index) => index > 0 && typeof arg === "string");
  const fold = ignoresCase(options);
  const [text, wanted] = fold ? [self.toLowerCase(), textAt(args, 0).toLowerCase()] : [self, textAt(args, 0)];
  const from = args[1] !== undefined && isNumber(args[1]) ? intAt(args, 1) : undefined;
  return last ? text.lastIndexOf(wanted, from) : text.indexOf(wanted, from);
}

function indexOfAny(self: string, characters: string, from: number): number {
  for (let at = from; at < self.length; at += 1) if (characters.includes(self.charAt(at))) return at;
  return -1;
}

function position(self: string, at: number): number {
  if (at >= 0 && at <= self.length) return at;
  throw problem(
    "System.ArgumentOutOfRangeException",
    "Specified argument was out of the range of valid values. (Parameter 'startIndex')",
  );
}

function width(args: readonly Value[]): number {
  const total = intAt(args, 0);
  if (total >= 0 && total <= 100_000_000) return total;
  throw problem("System.ArgumentOutOfRangeException", "Non-negative number required. (Parameter 'totalWidth')");
}

function remove(self: string, args: readonly Value[]): string {
  const start = position(self, intAt(args, 0));
  const count = intAt(args, 1, self.length - start);
  if (count < 0 || start + count > self.length) {
    throw problem(
      "System.ArgumentOutOfRangeException",
      "Index and count must refer to a location within the string. (Parameter 'count')",
    );
  }
  return self.slice(0, start) + self.slice(start + count);
}

function replaceAll(self: string, args: readonly Value[]): string {
  const wanted = textAt(args, 0);
  if (wanted === "")
    throw problem("System.ArgumentException", "String cannot be of zero length. (Parameter 'oldValue')");
  if (!ignoresCase(args[2])) return self.split(wanted).join(textAt(args, 1));
  const escaped = wanted.replace(/[\\^$.|?*+(){}[\]]/g, "\\$&");
  return self.replace(new RegExp(escaped, "gi"), () => textAt(args, 1));
}

/** `Split()` at white space, `Split("ab")` at that text, `Split([char[]]"ab")` at either; then count and options. */
function split(self: string, args: readonly Value[]): string[] {
  const [first = null, ...rest] = args;
  const extra = rest.filter((arg) => arg instanceof Char);
  const separators = [...(itemsOf(first) ?? [first]), ...extra]
    .filter((item) => item !== null)
    .map((item) => toText(item))
    .filter((text) => text !== "");
  const count = rest.find((arg) => isNumber(arg) && typeof arg !== "string");
  const options = rest.find(
    (arg) => typeof arg === "string" || typeof arg === "boolean" || (isNumber(arg) && arg !== count),
  );
  const dropEmpty = /removeempty/i.test(toText(options ?? "")) || options === 1;
  const pieces = cut(self, separators);
  const wanted = dropEmpty ? pieces.filter((piece) => piece.text !== "") : pieces;
  const limit = count === undefined ? Number.POSITIVE_INFINITY : Math.max(1, toFloat(count));
  if (wanted.length <= limit) return wanted.map((piece) => piece.text);
  const kept = wanted.slice(0, limit - 1).map((piece) => piece.text);
  return [...kept, self.slice(wanted[limit - 1]?.start ?? 0)];
}

function cut(self: string, separators: readonly string[]): { text: string; start: number }[] {
  const pieces: { text: string; start: number }[] = [];
  let start = 0;
  for (let at = 0; at < self.length; ) {
    const hit =
      separators.length === 0
        ? WHITE.test(self.charAt(at))
          ? 1
          : 0
        : (separators.find((text) => self.startsWith(text, at))?.length ?? 0);
    if (hit > 0) {
      pieces.push({ text: self.slice(start, at), start });
      start = at + hit;
    }
    at += Math.max(hit, 1);
  }
  return [...pieces, { text: self.slice(start), start }];
}

function substring(self: string, args: readonly Value[]): string {
  const start = intAt(args, 0);
  const length = intAt(args, 1, self.length - start);
  if (start < 0 || start > self.length) {
    throw problem(
      "System.ArgumentOutOfRangeException",
      "startIndex cannot be larger than length of string. (Parameter 'startIndex')",
    );
  }
  if (length < 0 || start + length > self.length) {
    throw problem(
      "System.ArgumentOutOfRangeException",
      "Index and length must refer to a location within the string. (Parameter 'length')",
    );
  }
  return self.slice(start, start + length);
}

function trimStart(text: string, characters: string): string {
  let at = 0;
  while (at < text.length && isTrimmed(text.charAt(at), characters)) at += 1;
  return text.slice(at);
}

function trimEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && isTrimmed(text.charAt(end - 1), characters)) end -= 1;
  return text.slice(0, end);
}

function isTrimmed(character: string, characters: string): boolean {
  return characters === "" ? WHITE.test(character) : characters.includes(character);
}
