import { DictionaryEntry, Hashtable, isMembers, type Maybe, toText, type Value } from "../language/index.ts";
import { findMember } from "../language/members/access.ts";
import { propertiesOf } from "../language/members/list.ts";

/** Names of the properties of a value in the order they are shown. A hashtable's properties are its keys. */
export function propertyNames(value: Value): readonly string[] {
  if (value instanceof Hashtable) return [...value.keys()].map((key) => toText(key));
  if (value instanceof DictionaryEntry) return ["Name", "Value"];
  return propertiesOf(value)
    .filter(({ kind }) => kind !== "ParameterizedProperty")
    .map(({ name }) => name);
}

/** The value of a property in any case; null when there is none. */
export function readProperty(value: Value, name: string): Maybe<Value> {
  return findMember(value, name) ?? null;
}

/** The name of a property as the object spells it; undefined when there is none of that name in any case. */
export function findProperty(value: Value, name: string): string | undefined {
  if (value instanceof Hashtable && value.has(name)) return name;
  const member = isMembers(value) ? value.member(name) : undefined;
  if (member?.get !== undefined) return member.name;
  const wanted = name.toLowerCase();
  return propertiesOf(value).find((property) => property.name.toLowerCase() === wanted)?.name;
}
