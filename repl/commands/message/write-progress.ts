import { command } from "../../language/index.ts";

export const writeProgress = command({
  name: "Write-Progress",
  summary: "Shows how far something long is, as a bar on the terminal.",
  description: "Nothing is shown where there is no terminal.",
  parameters: {
    Activity: { type: "string", position: 0, default: "Processing", help: "What is being done." },
    Status: { type: "string", position: 1, help: "What is being done at the moment." },
    Id: { type: "int", position: 2, default: 0, range: [0, 2147483647], help: "Tells several bars apart." },
    PercentComplete: {
      type: "int",
      default: -1,
      range: [-1, 100],
      help: "How far it is, in per cent; -1 when that is not known.",
    },
    SecondsRemaining: { type: "int", help: "How long it will take." },
    CurrentOperation: { type: "string", help: "The step that is being done." },
    ParentId: { type: "int", default: -1, help: "The bar this one belongs to." },
    SourceId: { type: "int", help: "Accepted for compatibility." },
    Completed: { type: "switch", help: "Takes the bar away." },
  },
  examples: [
    {
      code: "1..3 | ForEach-Object { Write-Progress 'Forking' -Status $_ -PercentComplete ($_ * 33) }",
      note: "A bar on a terminal.",
      output: "",
    },
  ],
  process(ctx, { Activity, Status, Id, PercentComplete, SecondsRemaining, CurrentOperation, ParentId, Completed }) {
    return ctx.progress({
      activity: Activity,
      id: Id,
      done: Completed,
      ...(Status === undefined ? {} : { status: Status }),
      ...(CurrentOperation === undefined ? {} : { operation: CurrentOperation }),
      ...(PercentComplete < 0 ? {} : { current: PercentComplete, total: 100 }),
      ...(SecondsRemaining === undefined ? {} : { secondsRemaining: SecondsRemaining }),
      ...(ParentId < 0 ? {} : { parentId: ParentId }),
    });
  },
});
