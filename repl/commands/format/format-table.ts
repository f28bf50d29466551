import { command } from "../../language/index.ts";
import { defaultShape } from "../../render/present.ts";
import { formatParameters } from "./format-parameters.ts";
import { Layout } from "./layout.ts";

export const formatTable = command({
  name: "Format-Table",
  aliases: ["ft"],
  summary: "Shows objects as a table.",
  description: "What it puts out is for the screen, a file or Out-String: other commands cannot use it.",
  parameters: {
    ...formatParameters,
    AutoSize: { type: "switch", help: "Fits the columns to all objects before the first is shown." },
    HideTableHeaders: { type: "switch", help: "Leaves out the labels of the columns." },
    RepeatHeader: { type: "switch", help: "Accepted for compatibility: labels are shown once." },
    Wrap: { type: "switch", help: "Lets long text go on in further lines instead of cutting it." },
  },
  state: (): { layout: Layout | undefined } => ({ layout: undefined }),
  examples: [
    {
      code: "[pscustomobject]@{ Name = 'web-01'; Cpus = 2; GB = 4.5 } | Format-Table Name, GB",
      note: "Two of the properties.",
      output: "\nName    GB\n----    --\nweb-01 4.5\n\n",
    },
  ],
  begin(ctx, { Property, GroupBy, AutoSize, HideTableHeaders, Wrap }) {
    ctx.state.layout = new Layout(ctx, {
      kind: "table",
      property: Property,
      groupBy: GroupBy,
      shape: (columns, item) => {
        const base = Property === undefined ? defaultShape(item, "table") : { columns, fit: true };
        const sized = AutoSize ? base.columns.map((column) => ({ ...column, width: undefined })) : base.columns;
        return {
          kind: "table",
          columns: sized,
          fit: base.fit || AutoSize,
          all: AutoSize,
          wrap: Wrap,
          hideHeaders: HideTableHeaders,
        };
      },
    });
  },
  process(ctx, { InputObject }) {
    if (InputObject !== undefined && InputObject !== null) return ctx.state.layout?.put(InputObject);
  },
});
