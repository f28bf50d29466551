import { after, command, type Maybe } from "../../language/index.ts";
import { encodings } from "./encoding.ts";
import { OutputFile } from "./output-file.ts";
import { resolvePath } from "./path.ts";

export const outFile = command({
  name: "Out-File",
  summary: "Writes objects to a file as the screen would show them.",
  supportsShouldProcess: "medium",
  parameters: {
    FilePath: {
      type: "string",
      position: 0,
      mandatory: true,
      aliases: ["Path", "LiteralPath", "PSPath", "LP"],
      complete: "File",
      help: "The file.",
    },
    Encoding: {
      type: "string",
      position: 1,
      values: encodings,
      default: "utf8",
      help: "How the text is written as bytes.",
    },
    Append: { type: "switch", help: "Adds to the file." },
    NoClobber: { type: "switch", aliases: ["NoOverwrite"], help: "Fails when the file is there already." },
    Force: { type: "switch", help: "Accepted for compatibility." },
    NoNewline: { type: "switch", help: "Leaves out the line breaks." },
    Width: { type: "int", range: [2, 2147483647], help: "Columns a line may take." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: (): { file: OutputFile | undefined } => ({ file: undefined }),
  examples: [
    {
      code: "1..2 | Out-File numbers.txt; 3 | Out-File numbers.txt -Append; Get-Content numbers.txt",
      note: "Lines in a file.",
      output: "1\n2\n3\n",
    },
  ],
  begin(ctx, { FilePath, Encoding, Append, NoClobber, NoNewline, Width }) {
    const path = resolvePath(ctx.session, FilePath);
    return after(ctx.shouldProcess(path, "Output to File"), (agreed) => {
      if (!agreed) return;
      ctx.state.file = new OutputFile(path, {
        append: Append,
        noClobber: NoClobber && !Append,
        encoding: Encoding,
        width: Width,
        noNewline: NoNewline,
      });
    });
  },
  process(ctx, { InputObject = null }): Maybe<void> {
    return ctx.state.file?.write(InputObject);
  },
  clean(ctx) {
    return ctx.state.file?.close();
  },
});
