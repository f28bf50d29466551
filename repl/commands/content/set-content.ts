import { command, type Value } from "../../language/index.ts";
import { contentParameters, takeLines, writeContent } from "./write-content.ts";

export const setContent = command({
  name: "Set-Content",
  summary: "Writes lines to files, in place of what is in them.",
  supportsShouldProcess: "medium",
  parameters: contentParameters,
  state: () => ({ lines: [] as Value[] }),
  examples: [
    { code: "Set-Content notes.txt 'one', 'two'; (Get-Content notes.txt).Count", note: "Two lines.", output: "2\n" },
  ],
  process: takeLines,
  end(ctx, args) {
    return writeContent(ctx, ctx.state.lines, args, false);
  },
});
