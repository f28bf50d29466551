import { command } from "../../language/index.ts";

export const writeVerbose = command({
  name: "Write-Verbose",
  summary: "Shows a message to those who asked for details with -Verbose.",
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
  examples: [{ code: "Write-Verbose 'Connecting' -Verbose", note: "Shown because of -Verbose.", output: "" }],
  process(ctx, { Message }) {
    return ctx.verbose(Message);
  },
});
