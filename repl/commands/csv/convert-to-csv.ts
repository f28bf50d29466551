import { after, command } from "../../language/index.ts";
import { CsvWriter, typeLine } from "./csv-writer.ts";
import { csvStyle, styleParameters } from "./style-parameters.ts";

export const convertToCsv = command({
  name: "ConvertTo-Csv",
  summary: "Writes objects as lines of CSV.",
  parameters: {
    InputObject: { type: "object", position: 0, mandatory: true, pipeline: "value", help: "The objects to write." },
    ...styleParameters,
  },
  state: (): { writer: CsvWriter | undefined } => ({ writer: undefined }),
  outputs: "System.String",
  examples: [
    {
      code: "[pscustomobject]@{ Name = 'web-01'; Cpus = 2 } | ConvertTo-Csv",
      note: "A header and a line.",
      output: '"Name","Cpus"\n"web-01","2"\n',
    },
  ],
  process(ctx, args) {
    const { InputObject } = args;
    const { writer } = ctx.state;
    if (writer !== undefined) return after(writer.line(InputObject), (line) => ctx.write(line));
    const first = new CsvWriter(csvStyle(args));
    ctx.state.writer = first;
    first.columns(InputObject);
    const head = [
      ...(args.IncludeTypeInformation ? [typeLine(InputObject)] : []),
      ...(args.NoHeader ? [] : [first.header()]),
    ];
    return after(first.line(InputObject), (line) => ctx.write([...head, line]));
  },
});
