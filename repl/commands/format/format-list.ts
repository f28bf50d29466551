import { command } from "../../language/index.ts";
import { defaultShape } from "../../render/present.ts";
import { formatParameters } from "./format-parameters.ts";
import { Layout } from "./layout.ts";

export const formatList = command({
  name: "Format-List",
  aliases: ["fl"],
  summary: "Shows objects as lists of their properties, one below the other.",
  description: "What it puts out is for the screen, a file or Out-String: other commands cannot use it.",
  parameters: formatParameters,
  state: (): { layout: Layout | undefined } => ({ layout: undefined }),
  examples: [
    {
      code: "[pscustomobject]@{ Name = 'web-01'; Cpus = 2 } | Format-List",
      note: "All properties.",
      output: "\nName : web-01\nCpus : 2\n\n",
    },
  ],
  begin(ctx, { Property, GroupBy }) {
    ctx.state.layout = new Layout(ctx, {
      kind: "list",
      property: Property,
      groupBy: GroupBy,
      shape: (columns, item) => {
        const { columns: own } = Property === undefined ? defaultShape(item, "list") : { columns };
        return { kind: "list", columns: own, fit: true };
      },
    });
  },
  process(ctx, { InputObject }) {
    if (InputObject !== undefined && InputObject !== null) return ctx.state.layout?.put(InputObject);
  },
});
