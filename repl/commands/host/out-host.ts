import { command } from "../../language/index.ts";

export const outHost = command({
  name: "Out-Host",
  aliases: ["oh"],
  summary: "Shows objects on the screen, whether or not the output around it is kept.",
  description: "A function can so show something without making it part of what it gives back.",
  parameters: {
    Paging: { type: "switch", help: "Accepted for compatibility: the terminal scrolls." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  examples: [{ code: "1..2 | Out-Host", note: "Two lines.", output: "1\n2\n" }],
  process(ctx, { InputObject = null }) {
    const { host } = ctx.session;
    return host.output === undefined ? ctx.writeWhole(InputObject) : host.output(InputObject);
  },
});
