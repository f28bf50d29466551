import { isNumber } from "../convert/to-number.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { scriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import { collectInTurn } from "../run/in-turn.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { isMembers } from "../values/members.ts";
import { PSObject } from "../values/ps-object.ts";
import { ReferenceBox } from "../values/reference-box.ts";
import type { Value } from "../values/value.ts";
import { extension } from "./extensions.ts";
import { intrinsic } from "./intrinsic.ts";
import { tableOf } from "./tables.ts";

/** `$value.name`; `$null` when there is no such member. */
export function getMember(value: Value, name: string): Maybe<Value> {
  if (value instanceof PSObject) {
    const member = value.member(name);
    if (member) return member.get ? member.get() : null;
  }
  const found = findMember(value, name);
  return found === undefined ? missing(value, name) : found;
}

/** The value of a member of this very object; undefined when it has none of this name. */
export function findMember(value: Value, name: string): Maybe<Value> | undefined {
  if (value instanceof Hashtable && value.has(name)) return value.get(name) ?? null;
  if (typeof value === "object" && value !== null) {
    const added = extension(value, name);
    if (added?.get) return added.get();
    if (isMembers(value)) {
      const member = value.member(name);
      if (member) return member.get ? member.get() : null;
    }
  }
  const property = tableOf(value).property(name);
  if (property) return property(value as never);
  if (isPlain(value)) {
    const key = keyOf(value, name);
    if (key !== undefined) return fromPlain(value[key]);
  }
  return intrinsic(value, name);
}

/** Members of the elements of a collection; `Count` and `Length` of anything else. */
function missing(value: Value, name: string): Maybe<Value> {
  const items = itemsOf(value);
  if (items === undefined) return /^(count|length)$/i.test(name) ? (value === null ? 0 : 1) : null;
  const results = collectInTurn(items, (item) => getElementMember(item, name));
  return results instanceof Promise ? results.then(flatten) : flatten(results);
}

/** What an element gives to member enumeration: undefined when it has no such member. */
function getElementMember(item: Value, name: string): Maybe<Value | undefined> {
  const found = findMember(item, name);
  if (found !== undefined) return found;
  const items = itemsOf(item);
  return items ? missing(item, name) : undefined;
}

function flatten(results: readonly (Value | undefined)[]): Value {
  const flat = results.flatMap((result) => (result === undefined ? [] : (itemsOf(result) ?? [result])));
  return flat.length === 0 ? null : flat.length === 1 ? (flat[0] ?? null) : flat;
}

/** A plain data object: its own keys are its members. */
export function isPlain(value: Value): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function keyOf(value: Record<string, unknown>, name: string): string | undefined {
  if (Object.hasOwn(value, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(value).find((key) => key.toLowerCase() === wanted);
}

export function fromPlain(value: unknown): Value {
  if (value === undefined || typeof value === "symbol" || typeof value === "function") return null;
  return value;
}

/** `$value.name = to` */
export function setMember(value: Value, name: string, to: Value): Maybe<void> {
  if (value instanceof Hashtable) return value.set(name, to);
  if (value instanceof ReferenceBox && name.toLowerCase() === "value") return value.set(to);
  if (typeof value === "object" && value !== null) {
    const added = extension(value, name);
    if (added?.set) return added.set(to);
    if (isMembers(value)) {
      if (value.set) return value.set(name, to);
      const member = value.member(name);
      if (member?.set) return member.set(to);
      if (member) throw readOnly(name);
    }
    const key = isPlain(value) && !Object.isFrozen(value) ? keyOf(value, name) : undefined;
    if (isPlain(value) && key !== undefined) {
      value[key] = to;
      return undefined;
    }
    if (tableOf(value).property(name)) throw readOnly(name);
  }
  const items = itemsOf(value);
  if (items && !isNumber(value)) return setOnAll(items, name, to);
  throw notFound(value, name);
}

function setOnAll(items: readonly Value[], name: string, to: Value): Maybe<void> {
  const done = collectInTurn(items, (item) => setMember(item, name, to));
  return done instanceof Promise ? done.then(() => undefined) : undefined;
}

function readOnly(name: string): Error {
  return scriptError(`'${name}' is a ReadOnly property.`, {
    category: "InvalidOperation",
    id: "PropertyAssignmentException",
  });
}

function notFound(value: Value, name: string): Error {
  if (value === null) {
    return scriptError(
      `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
      {
        category: "InvalidOperation",
        id: "PropertyNotFound",
      },
    );
  }
  return scriptError(
    `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
    { category: "InvalidOperation", id: "PropertyNotFound", target: typeNameOf(value) },
  );
}
