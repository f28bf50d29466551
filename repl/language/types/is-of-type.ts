import { typeNameOf } from "../convert/type-name.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { isMembers } from "../values/members.ts";
import type { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";

/** `value -is [type]`: by the type's own test, or by the names the value has. */
export function isOfType(value: Value, type: TypeValue): boolean {
  if (value === null) return false;
  if (type.definition.is(value)) return true;
  return typeNamesOf(value).some((name) => sameType(name, type.fullName));
}

/** The type names of a value, most derived first. */
export function typeNamesOf(value: Value): readonly string[] {
  if (typeof value === "object" && isMembers(value)) return value.typeNames;
  if (value instanceof ErrorRecord) return ["System.Management.Automation.ErrorRecord", "System.Object"];
  const name = typeNameOf(value);
  const derived = name.endsWith("[]")
    ? ["System.Array"]
    : /^System\.(Int|Double|Decimal|Bool|Char|DateTime|TimeSpan|Guid)/.test(name)
      ? ["System.ValueType"]
      : [];
  return name === "System.Object" ? [name] : [name, ...derived, "System.Object"];
}

/** Names are compared in any case, and a name without its namespace stands for the whole. */
export function sameType(name: string, wanted: string): boolean {
  const [a, b] = [name.toLowerCase(), wanted.toLowerCase()];
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
