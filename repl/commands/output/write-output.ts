import { command } from "../../language/index.ts";

export const writeOutput = command({
  name: "Write-Output",
  aliases: ["echo", "write"],
  summary: "Puts objects out: to the next command, or to the screen.",
  parameters: {
    InputObject: {
      type: "object[]",
      position: 0,
      mandatory: true,
      remaining: true,
      pipeline: "value",
      allowEmpty: true,
      help: "The objects.",
    },
    NoEnumerate: { type: "switch", help: "Puts an array out as one object." },
  },
  examples: [
    { code: "Write-Output 1 2", note: "Two objects.", output: "1\n2\n" },
    { code: "(Write-Output 1, 2 -NoEnumerate | Measure-Object).Count", note: "One array.", output: "1\n" },
  ],
  process(ctx, { InputObject, NoEnumerate }) {
    if (!NoEnumerate) return ctx.write(InputObject);
    const [only = null] = InputObject;
    return ctx.writeWhole(InputObject.length === 1 ? only : InputObject);
  },
});
