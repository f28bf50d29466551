import { command } from "../../language/index.ts";
import { parseJson } from "./parse.ts";

export const convertFromJson = command({
  name: "ConvertFrom-Json",
  summary: "Makes objects of JSON text.",
  description:
    "Lines that come through the pipeline are one text. Objects become custom objects, or hashtables with -AsHashtable; a top-level array is put out element by element.",
  parameters: {
    InputObject: {
      type: "string",
      position: 0,
      mandatory: true,
      pipeline: "value",
      allowEmpty: true,
      help: "The JSON text, whole or line by line.",
    },
    AsHashtable: { type: "switch", help: "Makes ordered hashtables instead of objects." },
    Depth: { type: "int", default: 1024, range: [1, 1024], help: "Deepest nesting that is accepted." },
    NoEnumerate: { type: "switch", help: "Puts a top-level array out as one object." },
  },
  state: () => ({ lines: [] as string[] }),
  examples: [
    {
      code: `'{"name":"web-01","cpus":2}' | ConvertFrom-Json`,
      note: "An object of two properties.",
      output: "\nname   cpus\n----   ----\nweb-01    2\n\n",
    },
    { code: `('[1,2,3]' | ConvertFrom-Json).Count`, note: "An array.", output: "3\n" },
  ],
  process(ctx, { InputObject }) {
    ctx.state.lines.push(InputObject);
  },
  end(ctx, { AsHashtable, Depth, NoEnumerate }) {
    const text = ctx.state.lines.join("\n");
    if (text.trim() === "") return;
    const value = parseJson(text, { asHashtable: AsHashtable, depth: Depth });
    return NoEnumerate ? ctx.writeWhole(value) : ctx.write(value);
  },
});
