import { readFile } from "node:fs/promises";
import { command } from "../../language/index.ts";
import { decodeText, encodings } from "../file/encoding.ts";
import { fileError } from "../file/file-error.ts";
import { resolvePath } from "../file/path.ts";
import { readCsv } from "./csv-reader.ts";

export const importCsv = command({
  name: "Import-Csv",
  aliases: ["ipcsv"],
  summary: "Makes objects of the records of CSV files.",
  parameters: {
    Path: {
      type: "string[]",
      position: 0,
      aliases: ["LiteralPath", "PSPath", "LP"],
      mandatory: true,
      pipeline: "both",
      complete: "File",
      help: "The files.",
    },
    Delimiter: { type: "char", position: 1, default: ",", help: "What stands between the fields." },
    UseCulture: {
      type: "switch",
      help: "Takes the list separator of the culture as delimiter, which here is the comma.",
    },
    Header: { type: "string[]", help: "Column names, when the file has no line of them." },
    Encoding: { type: "string", values: encodings, default: "utf8", help: "How the bytes are read as text." },
  },
  examples: [
    {
      code: "'Name,Cpus','web-01,2' | ConvertFrom-Csv | Export-Csv vms.csv; Import-Csv vms.csv | ForEach-Object Name",
      note: "Reads back what was written.",
      output: "web-01\n",
    },
  ],
  async process(ctx, { Path, Delimiter, Header, Encoding }) {
    for (const each of Path) {
      const path = resolvePath(ctx.session, each);
      const bytes = await readFile(path, { signal: ctx.signal }).catch((error: unknown) => {
        throw fileError(error, path, "read");
      });
      const warn = (text: string) => ctx.warn(text);
      const objects = readCsv(decodeText(bytes, Encoding), { delimiter: Delimiter, header: Header, warn });
      for (const object of objects) {
        await ctx.write(object);
        await ctx.breathe();
      }
    }
  },
});
