import { command } from "../../language/index.ts";

export const outNull = command({
  name: "Out-Null",
  summary: "Takes objects and lets them vanish.",
  parameters: {
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  examples: [{ code: "1..3 | Out-Null", note: "Prints nothing.", output: "" }],
  process() {},
});
