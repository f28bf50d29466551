import { stat } from "node:fs/promises";
import { EOL } from "node:os";
import { type CommandContext, type Maybe, type ParameterSpecs, toText, type Value } from "../../language/index.ts";
import { encodeText, encodings } from "../file/encoding.ts";
import { resolvePath } from "../file/path.ts";
import { writeBytes } from "../file/write-file.ts";

/** Parameters that Set-Content and Add-Content share. */
export const contentParameters = {
  Path: {
    type: "string[]",
    position: 0,
    mandatory: true,
    pipeline: "property",
    aliases: ["LiteralPath", "PSPath", "LP"],
    complete: "File",
    help: "The files.",
  },
  Value: {
    type: "object[]",
    position: 1,
    mandatory: true,
    pipeline: "both",
    allowEmpty: true,
    help: "The lines, usually from the pipeline.",
  },
  NoNewline: { type: "switch", help: "Leaves out the line breaks." },
  Encoding: { type: "string", values: encodings, default: "utf8", help: "How the text is written as bytes." },
  Force: { type: "switch", help: "Replaces read-only files." },
  PassThru: { type: "switch", help: "Puts the lines out as well." },
} as const satisfies ParameterSpecs;

interface Content {
  readonly Path: readonly string[];
  readonly NoNewline: boolean;
  readonly Encoding: string;
  readonly Force: boolean;
}

/** Writes lines to the files, or adds them. */
export async function writeContent(
  ctx: CommandContext<unknown>,
  lines: readonly Value[],
  { Path, NoNewline, Encoding, Force }: Content,
  append: boolean,
): Promise<void> {
  const text = lines.map((line) => toText(line) + (NoNewline ? "" : EOL)).join("");
  for (const each of Path) {
    const path = resolvePath(ctx.session, each);
    if (!(await ctx.shouldProcess(path, append ? "Add Content" : "Set Content"))) continue;
    const added = append && (await stat(path).catch(() => undefined))?.size !== undefined;
    await writeBytes(path, encodeText(text, Encoding, added), { append, force: Force });
  }
}

/** Keeps the lines that came, and puts them out again when that was asked for. */
export function takeLines(
  ctx: CommandContext<{ readonly lines: Value[] }>,
  { Value: lines, PassThru }: { readonly Value: readonly Value[]; readonly PassThru: boolean },
): Maybe<void> {
  for (const line of lines) ctx.state.lines.push(line);
  return PassThru ? ctx.write(lines) : undefined;
}
