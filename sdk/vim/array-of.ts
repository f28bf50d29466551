import { dataType, enumType } from "./schema.ts";

/** Only these enums have an array type; lists of any other travel as `ArrayOfString`. */
const enumsWithArrays: ReadonlySet<string> = new Set(["ManagedEntityStatus", "TaskInfoState", "VirtualSCSISharing"]);

/**
 * What a list is called where nothing else tells its type, as in a slot of type `anyType`: `ArrayOfString`,
 * `ArrayOfOptionValue`.
 */
export function arrayOf(type: string): string {
  if (enumType(type)) return enumsWithArrays.has(type) ? `ArrayOf${type}` : "ArrayOfString";
  return dataType(type) ? `ArrayOf${type}` : `ArrayOf${type.charAt(0).toUpperCase()}${type.slice(1)}`;
}

/**
 * The item type of such a list, and what the XML elements of its items are called: the same, but for `ArrayOfUri`.
 * `undefined` when the name is not that of an array.
 */
export function arrayItem(name: string): { readonly type: string; readonly element: string } | undefined {
  if (!name.startsWith("ArrayOf")) return undefined;
  const item = name.slice("ArrayOf".length);
  if (item === "Uri") return { type: "anyURI", element: "uri" };
  if (dataType(item) || enumType(item) || item === "ManagedObjectReference") return { type: item, element: item };
  const primitive = item.charAt(0).toLowerCase() + item.slice(1);
  return primitives.has(primitive) ? { type: primitive, element: primitive } : undefined;
}

const primitives: ReadonlySet<string> = new Set(
  "anyType anyURI base64Binary boolean byte dateTime double float int long short string".split(" "),
);
