import { command } from "../../language/index.ts";

export const outDefault = command({
  name: "Out-Default",
  summary: "Sends objects where output goes.",
  parameters: {
    Transcript: { type: "switch", help: "Accepted for compatibility." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  examples: [{ code: "'a' | Out-Default", note: "One line.", output: "a\n" }],
  process(ctx, { InputObject = null }) {
    return ctx.writeWhole(InputObject);
  },
});
