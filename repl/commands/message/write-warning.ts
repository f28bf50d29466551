import { command } from "../../language/index.ts";

export const writeWarning = command({
  name: "Write-Warning",
  summary: "Shows a warning.",
  parameters: {
    Message: {
      type: "string",
      position: 0,
      mandatory: true,
      pipeline: "value",
      aliases: ["Msg"],
      allowEmpty: true,
      help: "The text.",
    },
  },
  examples: [{ code: "Write-Warning 'The datastore is nearly full.'", note: "A warning on the terminal.", output: "" }],
  process(ctx, { Message }) {
    return ctx.warn(Message);
  },
});
