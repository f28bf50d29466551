import type { ParameterSpec } from "../language/index.ts";

/** The machines that a command acts on: objects from a pipeline, or names. */
export const vmParameter = {
  type: "object[]",
  position: 0,
  mandatory: true,
  pipeline: "value",
  complete: "VirtualMachine",
  wildcard: true,
  help: "The machines, as objects or by name.",
} as const satisfies ParameterSpec;
