import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { type ScriptError, scriptError } from "../errors/script-error.ts";
import type { Value } from "../values/value.ts";
import type { TypeDefinition } from "./definition.ts";

/** Why a value could not be converted; `cast` puts it into PowerShell's words. */
export class CastProblem extends Error {}

/** `[type]value` */
export function cast(type: TypeDefinition, value: Value): Value {
  try {
    const converted = type.convert?.(value) ?? (type.is(value) ? value : undefined);
    if (converted !== undefined) return converted;
    if (type.convert && value === null) return null;
  } catch (error) {
    if (error instanceof CastProblem) throw castError(type, value, error.message);
    throw error;
  }
  throw castError(type, value, undefined);
}

function castError(type: TypeDefinition, value: Value, why: string | undefined): ScriptError {
  const shown = toText(value);
  const message =
    why === undefined
      ? value === null
        ? `Cannot convert null to type "${type.fullName}".`
        : `Cannot convert the "${shown}" value of type "${typeNameOf(value)}" to type "${type.fullName}".`
      : `Cannot convert value "${shown}" to type "${type.fullName}". Error: "${why}"`;
  return scriptError(message, {
    type: "System.Management.Automation.PSInvalidCastException",
    category: "InvalidArgument",
    id:
      why === undefined
        ? "ConvertToFinalInvalidCastException"
        : `InvalidCastFrom${typeof value === "string" ? "String" : "Value"}To${short(type.fullName)}`,
    target: value,
  });
}

function short(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
