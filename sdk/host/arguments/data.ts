import { type DataInfo, dataType, isSubtype } from "../../vim/schema.ts";
import { invalidArgument } from "../faults.ts";
import { required, requireShallow, wrongType } from "./refuse.ts";
import { type Slot, slot } from "./slot.ts";

interface Shape {
  readonly info: DataInfo;
  /** Filled as members are met: some types have a hundred, of which a value has five. */
  readonly members: Map<string, Slot>;
  readonly required: readonly string[];
  /** Arrays without elements and unset arrays are the same thing on the wire: one that must be there is empty where it is not. */
  readonly arrays: readonly string[];
}

const shapes = new Map<string, Shape>();

function shapeOf(info: DataInfo): Shape {
  const known = shapes.get(info.name);
  if (known) return known;
  const needed = info.properties.filter((property) => !property.optional);
  const shape: Shape = {
    info,
    members: new Map(),
    required: needed.filter(({ array }) => !array).map(({ name }) => name),
    arrays: needed.filter(({ array }) => array).map(({ name }) => name),
  };
  shapes.set(info.name, shape);
  return shape;
}

function member(shape: Shape, name: string): Slot | undefined {
  const known = shape.members.get(name);
  if (known) return known;
  const property = shape.info.property(name);
  if (!property) return undefined;
  const check = slot(property);
  shape.members.set(name, check);
  return check;
}

/** An object with members of its own: not an array, a date, a map, bytes or a function. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && Object.prototype.toString.call(value) === "[object Object]";

/** The check for a data object: of the declared type, or of a subtype that its `_typeName` says. */
export function data(declared: string): Slot {
  return (value, path, depth) => {
    if (!isRecord(value)) throw wrongType(path, `a ${declared} object`, value);
    requireShallow(depth, path);
    return copy(value, typeOf(value, declared, path), path, depth + 1);
  };
}

function typeOf(value: Readonly<Record<string, unknown>>, declared: string, path: string): DataInfo {
  const name = value._typeName ?? declared;
  const info = typeof name === "string" ? dataType(name) : undefined;
  if (!info) throw wrongType(path, `a ${declared}; there is no such data type in vim25`, name);
  if (info.name !== declared && !isSubtype(info.name, declared)) {
    throw wrongType(path, `a ${declared}, or of a type derived from it`, info.name);
  }
  return info;
}

/** Copies a data object of a known type, member by member. */
export function copy(value: Readonly<Record<string, unknown>>, info: DataInfo, path: string, depth: number): object {
  const shape = shapeOf(info);
  const result: Record<string, unknown> = "_typeName" in value || info.polymorphic ? { _typeName: info.name } : {};
  for (const name of Object.keys(value)) {
    const given = value[name];
    if (given === undefined || name === "_typeName") continue;
    const check = member(shape, name);
    if (!check) throw invalidArgument(`${path}.${name.slice(0, 100)}`, `${info.name} has no such property.`);
    result[name] = check(given, `${path}.${name}`, depth);
  }
  for (const name of shape.required) {
    if (result[name] === undefined) throw required(`${path}.${name}`, `a property of ${info.name}`);
  }
  for (const name of shape.arrays) result[name] ??= none;
  return Object.freeze(result);
}

const none: readonly never[] = Object.freeze([]);
