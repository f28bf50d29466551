import { after, command, TimeSpan } from "../../language/index.ts";

export const measureCommand = command({
  name: "Measure-Command",
  summary: "Measures how long a script block takes.",
  description: "What the block puts out is dropped.",
  parameters: {
    Expression: { type: "scriptblock", position: 0, mandatory: true, help: "What to run." },
    InputObject: { type: "object", pipeline: "value", help: "Objects to run it for, one after the other." },
  },
  state: () => ({ ms: 0 }),
  outputs: "System.TimeSpan",
  examples: [
    {
      code: "(Measure-Command { Start-Sleep -Milliseconds 20 }).TotalMilliseconds -ge 15",
      note: "At least so long.",
      output: "True\n",
    },
  ],
  process(ctx, { Expression, InputObject = null }) {
    const start = performance.now();
    return after(ctx.block(Expression).value(InputObject), () => {
      ctx.state.ms += performance.now() - start;
    });
  },
  end(ctx) {
    return ctx.write(new TimeSpan(ctx.state.ms));
  },
});
