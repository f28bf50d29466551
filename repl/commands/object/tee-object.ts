import { command, eachInTurn, scriptError, type Value } from "../../language/index.ts";
import { encodings } from "../file/encoding.ts";
import { OutputFile } from "../file/output-file.ts";
import { resolvePath } from "../file/path.ts";

export const teeObject = command({
  name: "Tee-Object",
  aliases: ["tee"],
  summary: "Passes objects on and keeps them in a variable or, as text, in a file.",
  parameters: {
    FilePath: { type: "string", position: 0, aliases: ["LiteralPath", "Path"], complete: "File", help: "The file." },
    Variable: { type: "string", help: "The variable, without $." },
    Append: { type: "switch", help: "Adds to the file or variable." },
    Encoding: { type: "string", values: encodings, default: "utf8", help: "How the text is written as bytes." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: () => ({ items: [] as Value[] }),
  examples: [{ code: "1..2 | Tee-Object -Variable kept; $kept.Count", note: "Shown, and kept.", output: "1\n2\n2\n" }],
  begin(_ctx, { FilePath, Variable }) {
    if ((FilePath === undefined) !== (Variable === undefined)) return;
    throw scriptError("Tee-Object needs either -FilePath or -Variable.", { category: "InvalidArgument" });
  },
  process(ctx, { InputObject = null }) {
    ctx.state.items.push(InputObject);
    return ctx.writeWhole(InputObject);
  },
  async end(ctx, { FilePath, Variable, Append, Encoding }) {
    const { items } = ctx.state;
    if (Variable !== undefined) {
      const before = Append ? (ctx.session.getVariable(Variable) ?? null) : null;
      const all = before === null ? items : [...(Array.isArray(before) ? before : [before]), ...items];
      ctx.session.setVariable(Variable, all.length === 1 ? (all[0] ?? null) : all);
      return;
    }
    if (FilePath === undefined) return;
    const file = new OutputFile(resolvePath(ctx.session, FilePath), { append: Append, encoding: Encoding });
    await eachInTurn(items, (item) => file.write(item));
    await file.close();
  },
});
