import type { ParameterSpecs } from "../../language/index.ts";

/** Parameters that Format-Table and Format-List share. */
export const formatParameters = {
  Property: {
    type: "object[]",
    position: 0,
    wildcard: true,
    help: "Names of properties, script blocks, or hashtables with a label (N), an expression (E) and a FormatString.",
  },
  GroupBy: { type: "object", help: "A property; a new heading begins where its value changes." },
  View: { type: "string", help: "Accepted for compatibility: there is one view of each type." },
  Force: { type: "switch", help: "Accepted for compatibility: all properties can be shown." },
  Expand: { type: "string", help: "Accepted for compatibility: collections are shown as {a, b}." },
  DisplayError: { type: "switch", help: "Accepted for compatibility." },
  ShowError: { type: "switch", help: "Accepted for compatibility." },
  InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
} as const satisfies ParameterSpecs;
