import { command } from "../../language/index.ts";

export const writeDebug = command({
  name: "Write-Debug",
  summary: "Shows a message to those who asked for it with -Debug.",
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
  examples: [{ code: "Write-Debug 'Step one'", note: "Not shown unless $DebugPreference says so.", output: "" }],
  process(ctx, { Message }) {
    return ctx.debug(Message);
  },
});
