/**
 * The notation of the compact table: numbers in base 62, and one punctuation character for each mark a record can
 * carry. Written by `generate/pack.ts`, read by `decode.ts`.
 *
 * A member is `name:TYPE` and its marks, for example `extraConfig:1b*?@4`: type number 1b, array, optional, since
 * version 4. No mark is a letter, a digit or one of the separators `| ; , :`, so a record needs no escapes.
 */
export const marks = {
  array: "*",
  optional: "?",
  /** Optional only because the member is younger than its owner: servers that know it always send it. */
  addedLater: "!",
  reference: ">",
  subtypes: "<",
  enum: "=",
  since: "@",
  deprecated: "~",
  privilege: "#",
  writePrivilege: "%",
  secret: "-",
  subject: "+",
  link: "&",
  vsan: "^",
  vsanType: "/",
} as const;

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A non-negative integer in base 62. */
export function toDigits(value: number): string {
  let text = "";
  let rest = value;
  do {
    text = digits.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  } while (rest > 0);
  return text;
}

/** The inverse of `toDigits`. */
export function fromDigits(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = value * 62 + digits.indexOf(text.charAt(i));
  return value;
}

/** An entry of one of the table's lists. */
export function pick(list: readonly string[], at: string | number): string {
  const item = list[typeof at === "number" ? at : fromDigits(at)];
  if (item === undefined) throw new Error(`the vim25 table has no entry ${at}`);
  return item;
}

/**
 * What `JSON.parse` of the table gives. Positions in `primitives`, `data`, `enums`, `foreign` (in this order) are type
 * numbers.
 */
export interface RawTable {
  readonly version: string;
  readonly versions: readonly string[];
  readonly deprecations: readonly string[];
  readonly privileges: readonly string[];
  readonly packages: readonly string[];
  readonly subjects: readonly string[];
  readonly primitives: readonly string[];
  /** Named by vim25 but defined in another namespace: known by name only. */
  readonly foreign: readonly string[];
  /** The same for managed types; numbered after `managed`. */
  readonly foreignManaged: readonly string[];
  /** The records, sorted by name. */
  readonly data: readonly string[];
  readonly enums: readonly string[];
  readonly managed: readonly string[];
}
