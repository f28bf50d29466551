import { type ParameterSpec, scriptError } from "../../language/index.ts";

/** `-Scope` of the variable commands. */
export const scopeParameter = {
  type: "string",
  help: "Where the variable lives: Global, Script or Local.",
} as const satisfies ParameterSpec;

export type ScopeName = "global" | "script" | "local";

/** The scope that a name stands for; `0` is the one the command is called in. */
export function scopeNamed(name: string | undefined): ScopeName | undefined {
  switch (name?.toLowerCase()) {
    case undefined:
      return undefined;
    case "global":
    case "script":
      return name?.toLowerCase() === "global" ? "global" : "script";
    case "local":
    case "0":
      return "local";
    default:
      throw scriptError(`'${name}' is no scope: use Global, Script or Local.`, { category: "InvalidArgument" });
  }
}

/** The name as `getVariable` wants it. */
export function scoped(name: string, scope: ScopeName | undefined): string {
  return scope === "global" || scope === "script" ? `${scope}:${name}` : name;
}
