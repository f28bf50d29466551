import { command } from "../../language/index.ts";

export const outHost = command({
  name: "Out-Host",
  aliases: ["oh"],
  summary: "Shows objects on the screen, as is done with output that goes nowhere else.",
  parameters: {
    Paging: { type: "switch", help: "Accepted for compatibility: the terminal scrolls." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  examples: [{ code: "1..2 | Out-Host", note: "Two lines.", output: "1\n2\n" }],
  process(ctx, { InputObject = null }) {
    return ctx.writeWhole(InputObject);
  },
});
