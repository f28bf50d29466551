/** The language's values: one door for commands and the renderer. */
export { Char } from "./values/char.ts";
export { DateTime, type DateTimeKind } from "./values/date-time.ts";
export { Decimal } from "./values/decimal.ts";
export { Double, isInt, toDouble, toInteger } from "./values/double.ts";
export { DictionaryEntry, Hashtable } from "./values/hashtable.ts";
export { List } from "./values/list.ts";
export { isMembers, type MemberKind, type Members, type MemberValue } from "./values/members.ts";
export { PSObject } from "./values/ps-object.ts";
export { Regex } from "./values/regex-value.ts";
export { ScriptBlock } from "./values/script-block.ts";
export { Credential, SecureString } from "./values/secure-string.ts";
export { TimeSpan } from "./values/time-span.ts";
export { TypeValue } from "./values/type-value.ts";
export type { Value } from "./values/value.ts";
export { Version } from "./values/version.ts";
