import { DictionaryEntry, Hashtable, isMembers, type Maybe, toText, type Value } from "../language/index.ts";

/** Names of the properties of an object that are shown, in their order; none for text, numbers and other simple values. */
export function propertyNames(value: Value): readonly string[] {
  if (value instanceof Hashtable) return [...value.keys()].map((key) => toText(key));
  if (value instanceof DictionaryEntry) return ["Name", "Value"];
  if (isMembers(value)) return value.memberNames().filter((name) => isProperty(value.member(name)?.kind));
  return [];
}

function isProperty(kind: string | undefined): boolean {
  return kind?.endsWith("Property") === true && kind !== "ParameterizedProperty";
}

/** The value of a property in any case; null when there is none. */
export function readProperty(value: Value, name: string): Maybe<Value> {
  if (value instanceof Hashtable) return value.get(name) ?? null;
  if (value instanceof DictionaryEntry) return /^(name|key)$/i.test(name) ? value.key : value.value;
  return isMembers(value) ? (value.member(name)?.get?.() ?? null) : null;
}

/** The name of a property as the object spells it; undefined when there is none of that name in any case. */
export function findProperty(value: Value, name: string): string | undefined {
  if (value instanceof Hashtable) return value.has(name) ? name : undefined;
  if (value instanceof DictionaryEntry) return /^(name|key|value)$/i.test(name) ? name : undefined;
  const member = isMembers(value) ? value.member(name) : undefined;
  return member !== undefined && isProperty(member.kind) ? member.name : undefined;
}
