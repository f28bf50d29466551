/** Binary operators without their case prefix: `-ceq` is `eq`, case sensitive. */
export type BinaryOperator =
  | "and"
  | "or"
  | "xor"
  | "band"
  | "bor"
  | "bxor"
  | "shl"
  | "shr"
  | "eq"
  | "ne"
  | "gt"
  | "ge"
  | "lt"
  | "le"
  | "like"
  | "notlike"
  | "match"
  | "notmatch"
  | "replace"
  | "contains"
  | "notcontains"
  | "in"
  | "notin"
  | "split"
  | "join"
  | "is"
  | "isnot"
  | "as"
  | "??"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "f"
  | "..";

export type UnaryOperator = "not" | "bnot" | "-" | "+" | "split" | "join" | ",";

export type AssignmentOperator = "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "??=";

/** Binding strength, as PowerShell's own parser has it. */
export const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  and: 1,
  or: 1,
  xor: 1,
  band: 2,
  bor: 2,
  bxor: 2,
  shl: 5,
  shr: 5,
  eq: 5,
  ne: 5,
  gt: 5,
  ge: 5,
  lt: 5,
  le: 5,
  like: 5,
  notlike: 5,
  match: 5,
  notmatch: 5,
  replace: 5,
  contains: 5,
  notcontains: 5,
  in: 5,
  notin: 5,
  split: 5,
  join: 5,
  is: 5,
  isnot: 5,
  as: 5,
  "??": 7,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
  f: 12,
  "..": 13,
};

interface WordOperator {
  readonly operator: BinaryOperator;
  readonly caseSensitive: boolean;
}

const CASED: readonly BinaryOperator[] = [
  "eq",
  "ne",
  "gt",
  "ge",
  "lt",
  "le",
  "like",
  "notlike",
  "match",
  "notmatch",
  "replace",
  "contains",
  "notcontains",
  "in",
  "notin",
  "split",
];

const PLAIN: readonly BinaryOperator[] = [
  "and",
  "or",
  "xor",
  "band",
  "bor",
  "bxor",
  "shl",
  "shr",
  "join",
  "is",
  "isnot",
  "as",
  "f",
];

/** Operators that are words, by the word in lower case without its dash. */
export const WORD_OPERATORS: ReadonlyMap<string, WordOperator> = new Map<string, WordOperator>([
  ...PLAIN.map((operator): [string, WordOperator] => [operator, { operator, caseSensitive: false }]),
  ...CASED.flatMap((operator): [string, WordOperator][] => [
    [operator, { operator, caseSensitive: false }],
    [`i${operator}`, { operator, caseSensitive: false }],
    [`c${operator}`, { operator, caseSensitive: true }],
  ]),
]);
