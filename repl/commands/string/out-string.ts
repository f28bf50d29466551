import { EOL } from "node:os";
import { after, command } from "../../language/index.ts";
import { Formatter } from "../../render/formatter.ts";
import { TextSink } from "../../render/sink.ts";

interface State {
  readonly sink: TextSink;
  formatter: Formatter;
}

export const outString = command({
  name: "Out-String",
  aliases: ["oss"],
  summary: "Makes the text that objects are shown as.",
  parameters: {
    Stream: { type: "switch", help: "Puts out each line on its own as it is ready." },
    Width: { type: "int", range: [2, 2147483647], default: 120, help: "Columns a line may take." },
    NoNewline: { type: "switch", help: "Leaves out the line breaks." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: (): State => {
    const sink = new TextSink();
    return { sink, formatter: new Formatter(sink) };
  },
  outputs: "System.String",
  examples: [
    { code: "('a', 'b' | Out-String -Stream).Count", note: "Line by line.", output: "2\n" },
    { code: "(1..3 | Out-String -NoNewline)", note: "In one line.", output: "123\n" },
  ],
  begin(ctx, { Width }) {
    ctx.state.formatter = new Formatter(ctx.state.sink, { columns: () => Width });
  },
  process(ctx, { InputObject = null, Stream }) {
    const { formatter, sink } = ctx.state;
    return after(formatter.write(InputObject), () => {
      if (Stream) return ctx.write(lines(sink.take()));
    });
  },
  end(ctx, { Stream, NoNewline }) {
    const { formatter, sink } = ctx.state;
    return after(formatter.end(), () => {
      const text = sink.take();
      if (Stream) return ctx.write(lines(text));
      return ctx.write(NoNewline ? text.replaceAll("\n", "") : text.replaceAll("\n", EOL));
    });
  },
});

function lines(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}
