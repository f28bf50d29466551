import { isNumber } from "../convert/to-number.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { List } from "../values/list.ts";
import type { Value } from "../values/value.ts";
import type { TypeDefinition } from "./definition.ts";
import { ENUM_TYPES } from "./enums.ts";
import { ERROR_TYPES } from "./errors.ts";
import { DIRECTORY_TYPE, FILE_TYPE, PATH_TYPE } from "./files.ts";
import { ADDRESS_TYPE, DNS_TYPE, NETWORK_CREDENTIAL_TYPE, URI_TYPE } from "./network.ts";
import { REGEX_TYPE } from "./regex.ts";
import { ENVIRONMENT_TYPE, MARSHAL_TYPE, QUIET_TYPES, RANDOM_TYPE, STOPWATCH_TYPE, THREAD_TYPE } from "./system.ts";
import { BUILDER_TYPE, CONVERT_TYPE, ENCODING_TYPE } from "./texts.ts";

function collection(fullName: string, names: readonly string[] = []): TypeDefinition {
  const make = (items: readonly Value[]) => new List(items, fullName);
  return {
    fullName,
    names,
    is: (value) => value instanceof List && value.typeName === fullName,
    convert: (value) => (value instanceof List ? value : value === null ? null : make(itemsOf(value) ?? [value])),
    construct: (args) => make(isNumber(args[0] ?? null) ? [] : (itemsOf(args[0] ?? null) ?? [])),
  };
}

/** Types of the .NET library beyond the basic ones. */
export const LIBRARY_TYPES: readonly TypeDefinition[] = [
  collection("System.Collections.ArrayList", ["arraylist"]),
  collection("System.Collections.Queue"),
  collection("System.Collections.Stack"),
  {
    fullName: "System.Collections.Specialized.OrderedDictionary",
    accelerator: "ordered",
    is: (value) => value instanceof Hashtable && value.ordered,
    convert: (value) => (value instanceof Hashtable ? Hashtable.from(value.entries(), { ordered: true }) : undefined),
    construct: () => new Hashtable({ ordered: true }),
  },
  REGEX_TYPE,
  ENCODING_TYPE,
  BUILDER_TYPE,
  CONVERT_TYPE,
  PATH_TYPE,
  FILE_TYPE,
  DIRECTORY_TYPE,
  ENVIRONMENT_TYPE,
  STOPWATCH_TYPE,
  MARSHAL_TYPE,
  RANDOM_TYPE,
  THREAD_TYPE,
  URI_TYPE,
  ADDRESS_TYPE,
  NETWORK_CREDENTIAL_TYPE,
  DNS_TYPE,
  ...QUIET_TYPES,
  ...ENUM_TYPES,
  ...ERROR_TYPES,
];
