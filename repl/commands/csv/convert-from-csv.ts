import { command, eachInTurn } from "../../language/index.ts";
import { readCsv } from "./csv-reader.ts";

export const convertFromCsv = command({
  name: "ConvertFrom-Csv",
  summary: "Makes objects of lines of CSV.",
  parameters: {
    InputObject: {
      type: "string[]",
      position: 0,
      mandatory: true,
      pipeline: "value",
      allowEmpty: true,
      help: "The text, whole or line by line.",
    },
    Delimiter: { type: "char", position: 1, default: ",", help: "What stands between the fields." },
    UseCulture: {
      type: "switch",
      help: "Takes the list separator of the culture as delimiter, which here is the comma.",
    },
    Header: { type: "string[]", help: "Column names, when the text has no line of them." },
  },
  state: () => ({ lines: [] as string[] }),
  examples: [
    {
      code: "'Name,Cpus','web-01,2' | ConvertFrom-Csv",
      note: "All properties are text.",
      output: "\nName   Cpus\n----   ----\nweb-01 2\n\n",
    },
  ],
  process(ctx, { InputObject }) {
    ctx.state.lines.push(...InputObject);
  },
  end(ctx, { Delimiter, Header }) {
    const text = ctx.state.lines.join("\n");
    const objects = readCsv(text, { delimiter: Delimiter, header: Header, warn: (warning) => ctx.warn(warning) });
    return eachInTurn(objects, (object) => ctx.write(object));
  },
});
