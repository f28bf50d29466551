import { dataType, enumType, isSubtype, type ValueInfo } from "../../../sdk/vim/schema.ts";

/**
 * What is wrong with a value by the schema: unknown or missing properties, wrong primitive types, wrong references, a missing or
 * superfluous `_typeName`, something not frozen. Empty if nothing is.
 */
export function misfits(value: unknown, info: ValueInfo, path: string, boxed = false): string[] {
  if (value === undefined) return info.optional ? [] : [`${path}: required, but unset`];
  if (info.array) {
    if (!Array.isArray(value)) return [`${path}: not an array`];
    const here = Object.isFrozen(value) ? [] : [`${path}: not frozen`];
    if (value.length === 0 && info.optional && !boxed)
      here.push(`${path}: an empty array where none can be told from it`);
    return [
      ...here,
      ...value.flatMap((element, i) => misfits(element, { ...info, array: false, optional: false }, `${path}[${i}]`)),
    ];
  }
  switch (info.type) {
    case "string":
    case "anyURI":
      return typeof value === "string" ? [] : [`${path}: not a string`];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${path}: not a boolean`];
    case "byte":
      return integer(value, 7, path);
    case "short":
      return integer(value, 15, path);
    case "int":
      return integer(value, 31, path);
    case "long":
      return integer(value, 53, path);
    case "float":
    case "double":
      return typeof value === "number" ? [] : [`${path}: not a number`];
    case "dateTime":
      return typeof value === "string" && !Number.isNaN(Date.parse(value)) && value.endsWith("Z")
        ? []
        : [`${path}: not a date`];
    case "base64Binary":
      return value instanceof Uint8Array ? [] : [`${path}: not bytes`];
    case "anyType":
      return anything(value, path);
    case "ManagedObjectReference":
      return reference(value, info, path);
  }
  const { values } = enumType(info.type) ?? {};
  if (values)
    return typeof value === "string" && values.includes(value) ? [] : [`${path}: ${String(value)} is no ${info.type}`];
  return data(value, info.type, path, boxed);
}

function integer(value: unknown, bits: number, path: string): string[] {
  const fits = typeof value === "number" && Number.isSafeInteger(value) && value < 2 ** bits && value >= -(2 ** bits);
  return fits ? [] : [`${path}: ${String(value)} is no integer of ${bits} bits`];
}

function anything(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  if ("type" in value && "value" in value) return [];
  if ("_typeName" in value && typeof value._typeName === "string") return data(value, value._typeName, path, true);
  return [`${path}: does not say its type`];
}

function reference(value: unknown, info: ValueInfo, path: string): string[] {
  if (typeof value !== "object" || value === null || !("type" in value) || !("value" in value))
    return [`${path}: not a reference`];
  const wrong = Object.isFrozen(value) ? [] : [`${path}: not frozen`];
  const { type } = value;
  if (typeof type !== "string" || typeof value.value !== "string") return [`${path}: not a reference`];
  if (info.ref && !isSubtype(type, info.ref)) wrong.push(`${path}: refers to a ${type}, not a ${info.ref}`);
  return wrong;
}

function data(value: unknown, declared: string, path: string, boxed: boolean): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path}: not a ${declared}`];
  const named = "_typeName" in value ? String(value._typeName) : undefined;
  const type = dataType(named ?? declared);
  const base = dataType(declared);
  if (!type || !base) return [`${path}: there is no type ${named ?? declared}`];
  const wrong = Object.isFrozen(value) ? [] : [`${path}: not frozen`];
  if (named === undefined && (boxed || base.polymorphic)) wrong.push(`${path}: does not say which ${declared} it is`);
  if (named !== undefined && !isSubtype(named, declared)) wrong.push(`${path}: ${named} is no ${declared}`);
  for (const property of Object.keys(value)) {
    if (property !== "_typeName" && !type.property(property))
      wrong.push(`${path}.${property}: unknown in ${type.name}`);
  }
  for (const property of type.properties) {
    const own: unknown = Reflect.get(value, property.name);
    if (own === undefined && Object.hasOwn(value, property.name))
      wrong.push(`${path}.${property.name}: set to undefined`);
    wrong.push(...misfits(own, property, `${path}.${property.name}`));
  }
  return wrong;
}
