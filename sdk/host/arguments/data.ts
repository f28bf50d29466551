import { type DataInfo, dataType, isSubtype } from "../../vim/schema.ts";
import { fault, invalidArgument } from "../faults.ts";
import { wrongType } from "./scalar.ts";
import { required, type Slot, slot } from "./slot.ts";

/** Deeper than any specification nests; a value that refers to itself ends here. */
const deepest = 100;

interface Shape {
  readonly info: DataInfo;
  readonly members: Map<string, Slot>;
  readonly required: readonly string[];
}

const shapes = new Map<string, Shape>();

function shapeOf(info: DataInfo): Shape {
  const known = shapes.get(info.name);
  if (known) return known;
  const needed = info.properties.filter((property) => !property.optional).map((property) => property.name);
  const shape: Shape = { info, members: new Map(), required: needed };
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

/** The check for a data object: of the declared type, or of a subtype that its `_typeName` says. */
export function data(declared: string): Slot {
  return (value, path, depth) => {
    if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array) {
      throw wrongType(path, `a ${declared} object`);
    }
    if (depth > deepest) throw fault("InvalidRequest", {}, `${path.slice(0, 200)} is nested too deeply.`);
    return copy(value as Readonly<Record<string, unknown>>, typeOf(value, declared, path), path, depth + 1);
  };
}

function typeOf(value: object, declared: string, path: string): DataInfo {
  const name = "_typeName" in value && value._typeName !== undefined ? value._typeName : declared;
  const info = typeof name === "string" ? dataType(name) : undefined;
  if (!info) throw wrongType(path, `a ${declared}; vim25 has no data type ${JSON.stringify(name)}`);
  if (info.name !== declared && !isSubtype(info.name, declared)) {
    throw wrongType(path, `a ${declared}, and ${info.name} is not derived from it`);
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
    if (!check) throw invalidArgument(`${path}.${name}`, `${info.name} has no such property.`);
    result[name] = check(given, `${path}.${name}`, depth);
  }
  for (const name of shape.required) {
    // Arrays without elements and unset arrays are the same thing on the wire.
    if (result[name] === undefined && !info.property(name)?.array) throw required(`${path}.${name}`, `a property of ${info.name}`);
  }
  return Object.freeze(result);
}
