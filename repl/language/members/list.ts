import type { Maybe } from "../maybe.ts";
import { Hashtable } from "../values/hashtable.ts";
import { isMembers, type MemberValue } from "../values/members.ts";
import type { Value } from "../values/value.ts";
import { extensionsOf } from "./extensions.ts";
import { tableOf } from "./tables.ts";

/** Every member of a value, properties first: for `Get-Member`, `Select-Object *`, completion and the renderer. */
export function membersOf(value: Value): MemberValue[] {
  if (typeof value !== "object" || value === null) return builtIn(value);
  if (isMembers(value)) {
    const own = value.memberNames().flatMap((name) => value.member(name) ?? []);
    return [...own, ...extensionsOf(value)];
  }
  return [...plainMembers(value), ...builtIn(value), ...extensionsOf(value)];
}

/** The properties only. */
export function propertiesOf(value: Value): MemberValue[] {
  return membersOf(value).filter((member) => member.get !== undefined);
}

function builtIn(value: Value): MemberValue[] {
  const table = tableOf(value);
  const subject = value as never;
  return [
    ...Object.entries(table.properties).map(
      ([name, get]): MemberValue => ({ name, kind: "Property", get: () => get(subject) }),
    ),
    ...Object.keys(table.methods).map((name): MemberValue => ({ name, kind: "Method" })),
  ];
}

function plainMembers(value: object): MemberValue[] {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (value instanceof Hashtable || (prototype !== Object.prototype && prototype !== null)) return [];
  return Object.entries(value).map(
    ([name, held]): MemberValue => ({ name, kind: "Property", get: (): Maybe<Value> => held ?? null }),
  );
}
