import type { ParameterSpec } from "../../language/index.ts";

/** The templates that a command acts on: objects from a pipeline, or names. */
export const templateParameter = {
  type: "object[]",
  position: 0,
  mandatory: true,
  pipeline: "value",
  complete: "Template",
  wildcard: true,
  help: "The templates, as objects or by name.",
} as const satisfies ParameterSpec;
