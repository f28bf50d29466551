import { readFile } from "node:fs/promises";
import { command } from "../../language/index.ts";
import { decodeText, encodings } from "../file/encoding.ts";
import { fileError } from "../file/file-error.ts";
import { resolvePath } from "../file/path.ts";

export const getContent = command({
  name: "Get-Content",
  aliases: ["gc", "cat", "type"],
  summary: "Reads files, line by line.",
  parameters: {
    Path: {
      type: "string[]",
      position: 0,
      mandatory: true,
      pipeline: "both",
      aliases: ["LiteralPath", "PSPath", "LP"],
      complete: "File",
      help: "The files.",
    },
    Raw: { type: "switch", help: "Puts out the whole text as one string." },
    TotalCount: {
      type: "int",
      aliases: ["First", "Head"],
      range: [0, 2147483647],
      help: "How many lines from the start.",
    },
    Tail: { type: "int", aliases: ["Last"], range: [0, 2147483647], help: "How many lines from the end." },
    Encoding: { type: "string", values: encodings, default: "utf8", help: "How the bytes are read as text." },
    AsByteStream: { type: "switch", help: "Puts out bytes as numbers." },
    ReadCount: { type: "int", help: "Accepted for compatibility: lines are put out one by one." },
    Force: { type: "switch", help: "Accepted for compatibility." },
  },
  outputs: "System.String",
  examples: [
    {
      code: "'web-01', 'web-02' | Set-Content vms.txt; Get-Content vms.txt -Tail 1",
      note: "The last line.",
      output: "web-02\n",
    },
  ],
  async process(ctx, { Path, Raw, TotalCount, Tail, Encoding, AsByteStream }) {
    for (const each of Path) {
      const path = resolvePath(ctx.session, each);
      const bytes = await readFile(path, { signal: ctx.signal }).catch((error: unknown) => {
        throw fileError(error, path, "read");
      });
      if (AsByteStream) {
        await ctx.write([...bytes]);
        continue;
      }
      const text = decodeText(bytes, Encoding);
      if (Raw) {
        await ctx.write(text);
        continue;
      }
      const lines = text.split(/\r\n|\n|\r/);
      if (lines.at(-1) === "") lines.pop();
      const shown = Tail !== undefined ? lines.slice(Math.max(0, lines.length - Tail)) : lines.slice(0, TotalCount);
      await ctx.write(shown);
    }
  },
});
