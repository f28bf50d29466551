import type { ParameterSpec, ParameterType } from "../command/parameter.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { isNumber, toFloat } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { scriptError } from "../errors/script-error.ts";
import { cast } from "../types/cast.ts";
import { isOfType, sameType, typeNamesOf } from "../types/is-of-type.ts";
import { typeNamed } from "../types/registry.ts";
import { itemsOf } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";

type Convert = (value: Value, text: string | undefined) => unknown;

/** .NET names of the types a declared parameter may have. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: "System.Object",
  string: "System.String",
  int: "System.Int32",
  long: "System.Int64",
  double: "System.Double",
  decimal: "System.Decimal",
  bool: "System.Boolean",
  switch: "System.Management.Automation.SwitchParameter",
  char: "System.Char",
  datetime: "System.DateTime",
  timespan: "System.TimeSpan",
  scriptblock: "System.Management.Automation.ScriptBlock",
  hashtable: "System.Collections.Hashtable",
  securestring: "System.Security.SecureString",
  credential: "System.Management.Automation.PSCredential",
  version: "System.Version",
};

export function typeNameFor(type: ParameterType): string {
  const element = type.replace(/\[\]$/, "");
  return `${TYPE_NAMES[element] ?? "System.Object"}${type.endsWith("[]") ? "[]" : ""}`;
}

/** Converts an argument to the type a declaration asks for. */
export function converterFor(spec: ParameterSpec): Convert {
  const { type, accepts } = spec;
  const element = elementConverter(type.replace(/\[\]$/, ""), accepts);
  if (!type.endsWith("[]")) return (value, text) => element(value === NOTHING ? null : value, text);
  return (value, text) => {
    if (value === null || value === NOTHING) return [];
    return (itemsOf(value) ?? [value]).map((item) => element(item, text));
  };
}

function elementConverter(type: string, accepts: readonly string[] | undefined): Convert {
  switch (type) {
    case "object":
      return accepts ? (value) => accepted(value, accepts) : (value) => value;
    case "string":
      return (value, text) => text ?? toText(value);
    case "char":
      return (value) => toText(value).charAt(0);
    case "bool":
    case "switch":
      return booleanOf;
    case "double":
      return (value) => toFloat(castTo("System.Double", value));
    case "long":
      return (value) => BigInt(toText(castTo("System.Int64", value)));
    default:
      return (value) => castTo(TYPE_NAMES[type] ?? "System.Object", value);
  }
}

function castTo(typeName: string, value: Value): Value {
  const type = typeNamed(typeName);
  return type ? cast(type.definition, value) : value;
}

/** Parameters of type bool take only booleans and numbers: a text is a mistake, as in PowerShell. */
export function booleanOf(value: Value): boolean {
  if (typeof value !== "string") return toBoolean(value);
  throw scriptError(
    `Cannot convert value "System.String" to type "System.Boolean". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
    { category: "InvalidArgument", id: "CannotConvertArgument" },
  );
}

function accepted(value: Value, accepts: readonly string[]): Value {
  if (value === null || isAccepted(value, accepts)) return value;
  throw scriptError(
    `Cannot convert the "${toText(value)}" value of type "${typeNameOf(value)}" to type "${accepts.filter((name) => name !== "string").join('" or "')}".`,
    { category: "InvalidArgument", id: "CannotConvertArgument", target: value },
  );
}

function isAccepted(value: Value, accepts: readonly string[]): boolean {
  if (typeof value === "string") return accepts.includes("string");
  return typeNamesOf(value).some((name) => accepts.some((wanted) => sameType(name, wanted)));
}

/** Whether a value is of the declared type as it is: such bindings go before those that convert. */
export function fitsSpec(spec: ParameterSpec): (value: Value) => boolean {
  const { type, accepts } = spec;
  const element = type.replace(/\[\]$/, "");
  const fits = (value: Value): boolean => {
    if (accepts) return isAccepted(value, accepts);
    if (element === "object") return true;
    if (element === "int" || element === "double" || element === "long") return isNumber(value);
    const wanted = typeNamed(TYPE_NAMES[element] ?? "System.Object");
    return wanted !== undefined && isOfType(value, wanted);
  };
  return type.endsWith("[]") ? (value) => (itemsOf(value) ?? [value]).every(fits) : fits;
}
