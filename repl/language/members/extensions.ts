import { typeNamesOf } from "../types/is-of-type.ts";
import type { MemberValue } from "../values/members.ts";
import { PSObject } from "../values/ps-object.ts";
import type { Value } from "../values/value.ts";

/** Members that `Add-Member` put on objects that have no room for them, by object. */
const byObject = new WeakMap<object, PSObject>();
let anyObject = false;

/** Members added to every object of a type (`New-VIProperty`, `Update-TypeData`), by type name in lower case. */
const byType = new Map<string, Map<string, (self: Value) => MemberValue>>();

export function extendObject(object: object, member: MemberValue): void {
  const bag = byObject.get(object) ?? new PSObject([]);
  bag.add(member);
  byObject.set(object, bag);
  anyObject = true;
}

export function extendType(typeName: string, name: string, make: (self: Value) => MemberValue): void {
  const members = byType.get(typeName.toLowerCase()) ?? new Map<string, (self: Value) => MemberValue>();
  members.set(name.toLowerCase(), make);
  byType.set(typeName.toLowerCase(), members);
}

export function removeTypeExtension(typeName: string, name: string): boolean {
  return byType.get(typeName.toLowerCase())?.delete(name.toLowerCase()) ?? false;
}

/** A member that was added to this very object, or to its type. */
export function extension(value: object, name: string): MemberValue | undefined {
  const own = anyObject ? byObject.get(value)?.member(name) : undefined;
  return own ?? (byType.size > 0 ? typeExtension(value, name.toLowerCase()) : undefined);
}

function typeExtension(value: object, key: string): MemberValue | undefined {
  for (const typeName of typeNamesOf(value)) {
    const make = byType.get(typeName.toLowerCase())?.get(key);
    if (make) return make(value);
  }
  return undefined;
}

/** Everything that was added to an object or its type, for `Get-Member` and the renderer. */
export function extensionsOf(value: object): MemberValue[] {
  const added = [...(byObject.get(value)?.members() ?? [])];
  for (const typeName of typeNamesOf(value)) {
    for (const make of byType.get(typeName.toLowerCase())?.values() ?? []) added.push(make(value));
  }
  return added;
}
