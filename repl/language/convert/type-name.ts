import { ErrorRecord } from "../errors/error-record.ts";
import { Char } from "../values/char.ts";
import { DateTime } from "../values/date-time.ts";
import { Decimal } from "../values/decimal.ts";
import { Double } from "../values/double.ts";
import { DictionaryEntry, Hashtable } from "../values/hashtable.ts";
import { List } from "../values/list.ts";
import { isMembers } from "../values/members.ts";
import { Regex } from "../values/regex-value.ts";
import { ScriptBlock } from "../values/script-block.ts";
import { Credential, SecureString } from "../values/secure-string.ts";
import { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import { Version } from "../values/version.ts";

const CLASSES: readonly [new (...args: never[]) => object, string][] = [
  [Double, "System.Double"],
  [Char, "System.Char"],
  [Decimal, "System.Decimal"],
  [DateTime, "System.DateTime"],
  [TimeSpan, "System.TimeSpan"],
  [DictionaryEntry, "System.Collections.DictionaryEntry"],
  [ScriptBlock, "System.Management.Automation.ScriptBlock"],
  [Regex, "System.Text.RegularExpressions.Regex"],
  [SecureString, "System.Security.SecureString"],
  [Credential, "System.Management.Automation.PSCredential"],
  [Version, "System.Version"],
  [ErrorRecord, "System.Management.Automation.ErrorRecord"],
  [Uint8Array, "System.Byte[]"],
];

/** Full type name of a value, as `$value.GetType().FullName` gives it; "" for `$null`. */
export function typeNameOf(value: Value): string {
  switch (typeof value) {
    case "string":
      return "System.String";
    case "number":
      return (value | 0) === value ? "System.Int32" : "System.Double";
    case "boolean":
      return "System.Boolean";
    case "bigint":
      return BigInt.asIntN(64, value) === value ? "System.Int64" : "System.Numerics.BigInteger";
    default:
      return value === null ? "" : objectTypeName(value);
  }
}

function objectTypeName(value: object): string {
  if (Array.isArray(value)) return "System.Object[]";
  if (isMembers(value)) return value.typeNames[0] ?? "System.Object";
  if (value instanceof Hashtable) {
    return value.ordered ? "System.Collections.Specialized.OrderedDictionary" : "System.Collections.Hashtable";
  }
  if (value instanceof List) return value.typeName;
  const known = CLASSES.find(([type]) => value instanceof type);
  if (known) return known[1];
  return "_typeName" in value && typeof value._typeName === "string" ? value._typeName : "System.Object";
}
