import { isNumber, type NumberValue, toNumber } from "../convert/to-number.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { formatNumber } from "../format/number-format.ts";
import { compareNumbers } from "../operators/numeric.ts";
import { Char } from "../values/char.ts";
import { DateTime } from "../values/date-time.ts";
import { Guid } from "../values/guid.ts";
import { DictionaryEntry, Hashtable } from "../values/hashtable.ts";
import { List } from "../values/list.ts";
import { ReferenceBox } from "../values/reference-box.ts";
import { Regex } from "../values/regex-value.ts";
import { ScriptBlock } from "../values/script-block.ts";
import { Credential, SecureString } from "../values/secure-string.ts";
import { TimeSpan } from "../values/time-span.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { Version } from "../values/version.ts";
import { intAt, textAt } from "./arguments.ts";
import { ARRAY_MEMBERS, ENTRY_MEMBERS, HASHTABLE_MEMBERS, LIST_MEMBERS } from "./collections.ts";
import { ERROR_MEMBERS } from "./errors.ts";
import { REGEX_MEMBERS } from "./regexes.ts";
import { STRING_MEMBERS } from "./strings.ts";
import { MemberTable } from "./table.ts";
import { BLOCK_MEMBERS, CREDENTIAL_MEMBERS, SECURE_STRING_MEMBERS, TYPE_MEMBERS } from "./things.ts";
import { DATE_MEMBERS, SPAN_MEMBERS } from "./times.ts";

const NUMBER_MEMBERS = new MemberTable<NumberValue>(
  {},
  {
    CompareTo: (self, args) => compareNumbers(self, toNumber(args[0] ?? 0)),
    Equals: (self, args) => args[0] !== undefined && isNumber(args[0]) && compareNumbers(self, args[0]) === 0,
    ToString: (self, args) => formatNumber(self, textAt(args, 0)),
  },
);

const CHAR_MEMBERS = new MemberTable<Char>(
  {},
  {
    CompareTo: (self, args) => self.code - (args[0] instanceof Char ? args[0].code : 0),
    ToString: (self) => self.toString(),
  },
);

const VERSION_MEMBERS = new MemberTable<Version>(
  {
    Major: (self) => self.parts[0] ?? 0,
    Minor: (self) => self.parts[1] ?? 0,
    Build: (self) => self.parts[2] ?? -1,
    Revision: (self) => self.parts[3] ?? -1,
  },
  {
    CompareTo: (self, args) => (args[0] instanceof Version ? self.compare(args[0]) : 1),
    ToString: (self, args) => self.parts.slice(0, args.length > 0 ? intAt(args, 0) : undefined).join("."),
  },
);

const REFERENCE_MEMBERS = new MemberTable<ReferenceBox>({ Value: (self) => self.get() });
const BYTES_MEMBERS = new MemberTable<Uint8Array>({ Length: (self) => self.length, Count: (self) => self.length });
const PLAIN_MEMBERS = new MemberTable<Value>({});

// The table of a class only ever sees values of that class: `tableOf` chooses it by `instanceof`.
const CLASSES: readonly [new (...args: never[]) => object, MemberTable<never>][] = [
  [Hashtable, HASHTABLE_MEMBERS],
  [List, LIST_MEMBERS],
  [DateTime, DATE_MEMBERS],
  [TimeSpan, SPAN_MEMBERS],
  [DictionaryEntry, ENTRY_MEMBERS],
  [ErrorRecord, ERROR_MEMBERS],
  [ScriptBlock, BLOCK_MEMBERS],
  [TypeValue, TYPE_MEMBERS],
  [Regex, REGEX_MEMBERS],
  [Char, CHAR_MEMBERS],
  [Version, VERSION_MEMBERS],
  [SecureString, SECURE_STRING_MEMBERS],
  [Credential, CREDENTIAL_MEMBERS],
  [ReferenceBox, REFERENCE_MEMBERS],
  [Guid, PLAIN_MEMBERS],
  [Uint8Array, BYTES_MEMBERS],
];

/** The built-in members of a value. */
export function tableOf(value: Value): MemberTable<never> {
  if (typeof value === "string") return STRING_MEMBERS;
  if (Array.isArray(value)) return ARRAY_MEMBERS;
  if (isNumber(value)) return NUMBER_MEMBERS;
  if (typeof value === "object") for (const [type, table] of CLASSES) if (value instanceof type) return table;
  return PLAIN_MEMBERS;
}
