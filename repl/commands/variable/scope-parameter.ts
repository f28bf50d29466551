import { type ParameterSpec, scriptError } from "../../language/index.ts";
import type { VariableOptions } from "../../language/session.ts";

/** `-Scope` of the variable commands. */
export const scopeParameter = {
  type: "string",
  help: "Where the variable lives: Global, Script, Local, or how many scopes further out.",
} as const satisfies ParameterSpec;

/** The scope that a name or number stands for, as options of the session's methods. */
export function scopeOptions(name: string | undefined): Pick<VariableOptions, "scope"> {
  const wanted = name?.trim().toLowerCase();
  if (wanted === undefined) return {};
  if (wanted === "global" || wanted === "script" || wanted === "local") return { scope: wanted };
  if (/^\d{1,4}$/.test(wanted)) return { scope: Number(wanted) };
  throw scriptError(`'${name}' is no scope: use Global, Script, Local or a number.`, { category: "InvalidArgument" });
}
