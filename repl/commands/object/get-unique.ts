import { command, toText, typeNameOf, type Value } from "../../language/index.ts";
import { sameness } from "./order.ts";

export const getUnique = command({
  name: "Get-Unique",
  aliases: ["gu"],
  summary: "Leaves out objects that equal the one before them; for sorted lists.",
  parameters: {
    AsString: { type: "switch", help: "Compares the objects as text." },
    OnType: { type: "switch", help: "Keeps one object of each type." },
    CaseInsensitive: { type: "switch", help: "Text in different case is equal." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: (): { last: string | undefined } => ({ last: undefined }),
  examples: [{ code: "1, 1, 2, 2, 1 | Get-Unique", note: "Only neighbours are compared.", output: "1\n2\n1\n" }],
  process(ctx, { InputObject = null, AsString, OnType, CaseInsensitive }) {
    const compared: Value = OnType ? typeNameOf(InputObject) : AsString ? toText(InputObject) : InputObject;
    const key = sameness(compared, !CaseInsensitive);
    if (key === ctx.state.last) return;
    ctx.state.last = key;
    return ctx.writeWhole(InputObject);
  },
});
