import { decodeData, decodeEnum, decodeManaged } from "./decode-types.ts";
import type { DataInfo, EnumInfo, ManagedInfo } from "./info.ts";
import { type Table, table } from "./table.ts";

export type { DataInfo, EnumInfo, ManagedInfo, MethodInfo, PropertyInfo, TypeInfo, ValueInfo } from "./info.ts";

/** Looks a record up and decodes it when it is first asked for. */
function cached<T>(
  section: "data" | "enums" | "managed",
  decode: (record: string, table: Table, find: (name: string) => T | undefined) => T,
): (name: string) => T | undefined {
  const decoded = new Map<string, T>();
  const find = (name: string): T | undefined => {
    const known = decoded.get(name);
    if (known !== undefined) return known;
    const record = table().find(section, name);
    if (record === undefined) return undefined;
    const type = decode(record, table(), find);
    decoded.set(name, type);
    return type;
  };
  return find;
}

/** A data type (faults and events included) by its wire name, such as `VirtualMachineConfigSpec`. */
export const dataType: (name: string) => DataInfo | undefined = cached("data", decodeData);

/** An enum by its wire name, such as `VirtualMachinePowerState`. */
export const enumType: (name: string) => EnumInfo | undefined = cached("enums", decodeEnum);

/** A managed object type by its wire name, such as `VirtualMachine`. */
export const managedType: (name: string) => ManagedInfo | undefined = cached("managed", decodeManaged);

/** Whether the data or managed type `name` is `base` or descends from it. False when either is unknown. */
export function isSubtype(name: string, base: string): boolean {
  let info: DataInfo | ManagedInfo | undefined = dataType(name) ?? managedType(name);
  while (info && info.name !== base) info = info.base;
  return info !== undefined;
}

/** Whether a type is a fault: a descendant of `MethodFault`, or itself. */
export function isFault(name: string): boolean {
  return dataType(name)?.fault !== undefined;
}

/** The names of all types of a kind, sorted. */
export function typeNames(kind: "data" | "enum" | "managed"): string[] {
  return table().names(kind === "enum" ? "enums" : kind);
}

/** The names of all types that descend from a data or managed type, in no particular order. */
export function subtypes(name: string): string[] {
  return table()
    .subtypes(name)
    .flatMap((child) => [child, ...subtypes(child)]);
}

/** The API versions, oldest first. */
export function apiVersions(): readonly string[] {
  return table().raw.versions;
}
