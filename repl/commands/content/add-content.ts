import { command, type Value } from "../../language/index.ts";
import { contentParameters, takeLines, writeContent } from "./write-content.ts";

export const addContent = command({
  name: "Add-Content",
  aliases: ["ac"],
  summary: "Adds lines to the end of files.",
  supportsShouldProcess: "medium",
  parameters: contentParameters,
  state: () => ({ lines: [] as Value[] }),
  examples: [
    {
      code: "Add-Content log.txt 'one'; Add-Content log.txt 'two'; Get-Content log.txt",
      note: "A log.",
      output: "one\ntwo\n",
    },
  ],
  process: takeLines,
  end(ctx, args) {
    return writeContent(ctx, ctx.state.lines, args, true);
  },
});
