import { readFile } from "node:fs/promises";
import { EOL } from "node:os";
import { after, command, scriptError } from "../../language/index.ts";
import { propertyNames } from "../../render/properties.ts";
import { decodeText, encodeText, encodings } from "../file/encoding.ts";
import { fileError } from "../file/file-error.ts";
import { resolvePath } from "../file/path.ts";
import { writeBytes } from "../file/write-file.ts";
import { CsvWriter, typeLine } from "./csv-writer.ts";
import { parseCsv } from "./parse.ts";
import { csvStyle, styleParameters } from "./style-parameters.ts";

interface Export {
  writer: CsvWriter | undefined;
  /** Lines that wait for the end: an export that fails half-way leaves the file as it was. */
  lines: string[];
  /** The file that is appended to has a header already. */
  appending: boolean;
}

export const exportCsv = command({
  name: "Export-Csv",
  aliases: ["epcsv"],
  summary: "Writes objects to a CSV file.",
  description:
    "The first object decides the columns. The file is written when the last object is there, whole or not at all.",
  supportsShouldProcess: "medium",
  parameters: {
    InputObject: { type: "object", mandatory: true, pipeline: "value", help: "The objects to write." },
    Path: {
      type: "string",
      position: 0,
      aliases: ["LiteralPath", "PSPath", "LP"],
      mandatory: true,
      complete: "File",
      help: "The file.",
    },
    Append: { type: "switch", help: "Adds to the file; the objects need the file's columns." },
    Force: { type: "switch", help: "Replaces a read-only file; with -Append, allows columns that do not match." },
    NoClobber: { type: "switch", aliases: ["NoOverwrite"], help: "Fails when the file is there already." },
    Encoding: { type: "string", values: encodings, default: "utf8", help: "How the text is written as bytes." },
    ...styleParameters,
  },
  state: (): Export => ({ writer: undefined, lines: [], appending: false }),
  examples: [
    {
      code: "1..3 | Select-Object @{ N = 'Number'; E = { $_ } } | Export-Csv numbers.csv -NoTypeInformation",
      note: "Three lines below a header.",
    },
  ],
  async begin(ctx, args) {
    if (!args.Append || args.NoHeader) return;
    const names = await existingHeader(resolvePath(ctx.session, args.Path), args.Encoding, args.Delimiter ?? ",");
    if (names === undefined) return;
    ctx.state.writer = new CsvWriter(csvStyle(args), names);
    ctx.state.appending = true;
  },
  process(ctx, args) {
    const { InputObject } = args;
    const { state } = ctx;
    if (state.appending && !args.Force) checkColumns(state.writer?.names ?? [], propertyNames(InputObject), args.Path);
    if (state.writer === undefined) {
      state.writer = new CsvWriter(csvStyle(args));
      state.writer.columns(InputObject);
      if (args.IncludeTypeInformation) state.lines.push(typeLine(InputObject));
      if (!args.NoHeader) state.lines.push(state.writer.header());
    }
    return after(state.writer.line(InputObject), (line) => {
      state.lines.push(line);
    });
  },
  async end(ctx, args) {
    const path = resolvePath(ctx.session, args.Path);
    if (!(await ctx.shouldProcess(path, "Export-Csv"))) return;
    const text = ctx.state.lines.map((line) => line + EOL).join("");
    await writeBytes(path, encodeText(text, args.Encoding, ctx.state.appending), {
      append: args.Append,
      noClobber: args.NoClobber && !args.Append,
      force: args.Force,
    });
  },
});

async function existingHeader(path: string, encoding: string, delimiter: string): Promise<string[] | undefined> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw fileError(error, path, "read");
  });
  for (const record of parseCsv(decodeText(bytes, encoding), delimiter)) {
    if (record[0]?.startsWith("#TYPE ") !== true) return record;
  }
  return undefined;
}

function checkColumns(wanted: readonly string[], present: readonly string[], path: string): void {
  const known = new Set(present.map((name) => name.toLowerCase()));
  const missing = wanted.find((name) => !known.has(name.toLowerCase()));
  if (missing === undefined) return;
  throw scriptError(
    `Cannot append CSV content to the following file: ${path}. The appended object does not have a property that corresponds to the following column: ${missing}. To continue with mismatched properties, add the -Force parameter, and then retry the command.`,
    { category: "InvalidData", id: "CannotAppendCsvWithMismatchedPropertyNames", target: missing },
  );
}
