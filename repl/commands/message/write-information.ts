import { command } from "../../language/index.ts";

export const writeInformation = command({
  name: "Write-Information",
  summary:
    "Reports something that scripts may keep; shown only when $InformationPreference or -InformationAction asks for it.",
  parameters: {
    MessageData: {
      type: "object",
      position: 0,
      mandatory: true,
      pipeline: "value",
      aliases: ["Msg", "Message"],
      allowEmpty: true,
      help: "The text or object.",
    },
    Tags: { type: "string[]", position: 1, help: "Accepted for compatibility." },
  },
  examples: [{ code: "Write-Information 'Done'", note: "Not shown unless asked for.", output: "" }],
  process(ctx, { MessageData }) {
    return ctx.information(MessageData);
  },
});
