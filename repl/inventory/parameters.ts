import type { ParameterSpec } from "../language/index.ts";

/** Parameters that the inventory's commands have in common. */
export const server = {
  type: "object[]",
  help: "The servers to ask. Default: all that you are connected to.",
} as const satisfies ParameterSpec;

export const runAsync = {
  type: "switch",
  help: "Puts out the task at once instead of waiting for it.",
} as const satisfies ParameterSpec;

export const byId = {
  type: "string[]",
  help: "Ids, as the Id property shows them.",
} as const satisfies ParameterSpec;

/** A name or pattern of the objects listed; completion offers the names there are. */
export const byName = (what: string) =>
  ({
    type: "string[]",
    position: 0,
    wildcard: true,
    complete: what,
    help: "Names or patterns. Without it, all.",
  }) as const satisfies ParameterSpec;
