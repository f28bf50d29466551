import type { vim } from "../../vim/index.ts";
import { dataType } from "../../vim/schema.ts";
import { equal } from "./equal.ts";
import { keyOfElement } from "./path-syntax.ts";
import { assign, elementName } from "./property-change.ts";
import { boxed, isRef } from "./value.ts";

/** What has changed in a value, down to the properties of its parts and the elements of its arrays that have keys. */
export function changesWithin(name: string, before: unknown, after: unknown, type: string): vim.PropertyChange[] {
  if (equal(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    return elementChanges(name, before, after, type) ?? [assign(name, after, type)];
  }
  if (!isData(before) || !isData(after) || typeOf(before, type) !== typeOf(after, type))
    return [assign(name, after, type)];
  const declared = dataType(typeOf(after, type));
  const properties = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...properties].flatMap((property) =>
    changesWithin(
      `${name}.${property}`,
      Reflect.get(before, property),
      Reflect.get(after, property),
      declared?.property(property)?.type ?? "anyType",
    ),
  );
}

const isData = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !isRef(value);

const typeOf = (value: object, declared: string): string =>
  "_typeName" in value && typeof value._typeName === "string" ? value._typeName : declared;

/** Elements that came, went and changed; undefined where the order says more than that, or elements have no keys. */
function elementChanges(
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
  type: string,
): vim.PropertyChange[] | undefined {
  const was = byKey(before);
  const is = byKey(after);
  if (!was || !is) return undefined;
  // Clients put what is added at the end.
  const order = [...[...was.keys()].filter((key) => is.has(key)), ...[...is.keys()].filter((key) => !was.has(key))];
  if ([...is.keys()].some((key, i) => key !== order[i])) return undefined;
  const changes: vim.PropertyChange[] = [];
  for (const key of was.keys()) {
    if (!is.has(key)) changes.push(Object.freeze({ name: elementName(name, key), op: "remove" }));
  }
  for (const [key, element] of is) {
    const path = elementName(name, key);
    if (was.has(key)) changes.push(...changesWithin(path, was.get(key), element, type));
    else changes.push(Object.freeze({ name: path, op: "add", val: boxed(element, type) }));
  }
  return changes;
}

function byKey(elements: readonly unknown[]): Map<string | number, unknown> | undefined {
  const found = new Map<string | number, unknown>();
  for (const element of elements) {
    const key = typeof element === "object" ? keyOfElement(element) : undefined;
    if (key === undefined || found.has(key) || (typeof key === "string" && key.includes('"'))) return undefined;
    found.set(key, element);
  }
  return found;
}
