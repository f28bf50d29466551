import { after, command, type Value } from "../../language/index.ts";
import { toJson } from "../../render/json/from-value.ts";
import { jsonText } from "../../render/json/write.ts";

export const convertToJson = command({
  name: "ConvertTo-Json",
  summary: "Writes objects as JSON text.",
  description:
    "Several objects become one array. What lies deeper than -Depth is written as text. Inventory objects inside another object are written as their names.",
  parameters: {
    InputObject: {
      type: "object",
      position: 0,
      mandatory: true,
      pipeline: "value",
      allowEmpty: true,
      help: "The objects to write.",
    },
    Depth: { type: "int", default: 2, range: [0, 100], help: "How many levels below the top are written out." },
    Compress: { type: "switch", help: "Leaves out blanks and line breaks." },
    AsArray: { type: "switch", help: "Writes an array even for a single object." },
    EnumsAsStrings: { type: "switch", help: "Accepted for compatibility: enumerations are always written as text." },
    EscapeHandling: {
      type: "string",
      values: ["Default", "EscapeNonAscii", "EscapeHtml"],
      default: "Default",
      help: "Which characters beyond those that must be are written as \\u escapes.",
    },
  },
  state: () => ({ values: [] as Value[] }),
  outputs: "System.String",
  examples: [
    {
      code: "[pscustomobject]@{ Name = 'web-01'; Tags = 'a','b' } | ConvertTo-Json -Compress",
      note: "One object in one line.",
      output: '{"Name":"web-01","Tags":["a","b"]}\n',
    },
    { code: "1..3 | ConvertTo-Json", note: "Several objects are one array.", output: "[\n  1,\n  2,\n  3\n]\n" },
  ],
  process(ctx, { InputObject }) {
    ctx.state.values.push(InputObject);
  },
  end(ctx, { Depth, Compress, AsArray, EscapeHandling }) {
    const { values } = ctx.state;
    const [only = null] = values;
    const several = values.length !== 1 || (AsArray && !Array.isArray(only));
    let truncated = false;
    const onTruncate = () => {
      truncated = true;
    };
    const json = toJson(several ? values : only, { depth: several ? Depth + 1 : Depth, onTruncate });
    const escaping =
      EscapeHandling === "EscapeNonAscii" || EscapeHandling === "EscapeHtml" ? EscapeHandling : "Default";
    return after(json, (node) => {
      const warned = truncated
        ? ctx.warn(`Resulting JSON is truncated as serialization has exceeded the set depth of ${Depth}.`)
        : undefined;
      return after(warned, () => ctx.write(jsonText(node, { compress: Compress, escape: escaping })));
    });
  },
});
