import { command, Hashtable, List, toText, type Value } from "../../language/index.ts";
import { consoleColours } from "../../render/colour.ts";

export const writeHost = command({
  name: "Write-Host",
  summary: "Shows text to whoever runs the script; it is not output.",
  description:
    "The text goes to the terminal (standard error), so that it never mixes with output that is piped or kept.",
  parameters: {
    Object: {
      type: "object[]",
      position: 0,
      remaining: true,
      pipeline: "value",
      aliases: ["Msg", "Message"],
      allowEmpty: true,
      help: "What to show.",
    },
    NoNewline: { type: "switch", help: "Does not end the line." },
    Separator: { type: "object", default: " ", help: "What to put between several objects." },
    ForegroundColor: { type: "string", values: consoleColours, help: "Colour of the text." },
    BackgroundColor: { type: "string", values: consoleColours, help: "Colour behind the text." },
  },
  examples: [
    { code: "Write-Host 'Forking' -ForegroundColor Green", note: "A message in colour.", output: "" },
    { code: "Write-Host 1 2 3 -Separator ', '", note: "Several objects in one line.", output: "" },
  ],
  process(ctx, { Object: objects = [], NoNewline, Separator, ForegroundColor, BackgroundColor }) {
    const separator = toText(Separator);
    return ctx.host(objects.map((item) => hostText(item, separator)).join(separator), {
      newline: !NoNewline,
      ...(ForegroundColor === undefined ? {} : { foreground: ForegroundColor }),
      ...(BackgroundColor === undefined ? {} : { background: BackgroundColor }),
    });
  },
});

function hostText(value: Value, separator: string): string {
  if (value instanceof List) return value.items.map((item) => hostText(item, separator)).join(separator);
  if (value instanceof Hashtable)
    return [...value.entries()].map(([key, held]) => `[${toText(key)}, ${toText(held)}]`).join(separator);
  return toText(value, separator);
}
