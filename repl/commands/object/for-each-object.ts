import { type BlockRunner, command, eachInTurn, type ScriptBlock } from "../../language/index.ts";
import { callOrRead } from "./call-or-read.ts";

interface Runners {
  process: readonly BlockRunner[];
  end: BlockRunner | undefined;
}

export const forEachObject = command({
  name: "ForEach-Object",
  aliases: ["%", "foreach"],
  summary: "Runs a script block for each object, or reads a property or calls a method of each.",
  description:
    "In the block, $_ is the object. Of several blocks the first runs before the first object, and of three or more the last one after the last object, unless -Begin and -End say otherwise.",
  parameters: {
    Process: {
      type: "scriptblock[]",
      position: 0,
      mandatory: true,
      sets: ["ScriptBlock"],
      help: "What to run for each object.",
    },
    Begin: { type: "scriptblock", sets: ["ScriptBlock"], help: "What to run before the first object." },
    End: { type: "scriptblock", sets: ["ScriptBlock"], help: "What to run after the last object." },
    RemainingScripts: {
      type: "scriptblock[]",
      remaining: true,
      sets: ["ScriptBlock"],
      help: "Further blocks, as if they had been given to -Process.",
    },
    MemberName: {
      type: "string",
      position: 0,
      mandatory: true,
      sets: ["Member"],
      help: "The property to read, or the method to call, of each object.",
    },
    ArgumentList: {
      type: "object[]",
      aliases: ["Args"],
      remaining: true,
      sets: ["Member"],
      help: "Arguments of the method.",
    },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  defaultSet: "ScriptBlock",
  state: (): Runners => ({ process: [], end: undefined }),
  examples: [
    { code: "1..3 | ForEach-Object { $_ * $_ }", note: "Squares.", output: "1\n4\n9\n" },
    {
      code: "1..3 | ForEach-Object -Begin { $sum = 0 } -Process { $sum += $_ } -End { $sum }",
      note: "A sum, printed at the end.",
      output: "6\n",
    },
    { code: '"web","db" | ForEach-Object ToUpper', note: "Calls a method of each.", output: "WEB\nDB\n" },
  ],
  begin(ctx, { Process = [], Begin, End, RemainingScripts = [] }) {
    const runner = (block: ScriptBlock) => ctx.block(block);
    const blocks = [...(Begin === undefined ? [] : [Begin]), ...Process, ...RemainingScripts];
    const first = blocks.length > 1 ? blocks.shift() : undefined;
    const last = End ?? (blocks.length > 1 ? blocks.pop() : undefined);
    ctx.state.process = blocks.map(runner);
    ctx.state.end = last && runner(last);
    if (first !== undefined) return runner(first).each(null);
  },
  process(ctx, { InputObject = null, MemberName, ArgumentList = [] }) {
    if (MemberName !== undefined) return callOrRead(ctx, InputObject, MemberName, ArgumentList);
    return eachInTurn(ctx.state.process, (runner) => runner.each(InputObject));
  },
  end(ctx) {
    return ctx.state.end?.each(null);
  },
});
