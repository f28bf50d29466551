import { command, PSObject } from "../../language/index.ts";
import { sessionHistory } from "./session-history.ts";

export const getHistory = command({
  name: "Get-History",
  aliases: ["history", "ghy", "h"],
  summary: "Lists what was typed in this session.",
  parameters: {
    Id: { type: "long[]", position: 0, pipeline: "value", help: "Numbers of the lines." },
    Count: { type: "int", position: 1, range: [0, 32767], help: "How many of the last lines." },
  },
  outputs: "Microsoft.PowerShell.Commands.HistoryInfo",
  examples: [{ code: "Get-History -Count 3", note: "The last three lines." }],
  process(ctx, { Id, Count }) {
    const { entries } = ctx.session.service(sessionHistory);
    const wanted = Id && new Set(Id.map(Number));
    const found = entries.filter(({ id }) => wanted === undefined || wanted.has(id));
    const taken = Count === undefined ? found : found.slice(Math.max(0, found.length - Count));
    return ctx.write(
      taken.map(({ id, text, start, end, succeeded }) =>
        PSObject.of(
          {
            Id: id,
            CommandLine: text,
            ExecutionStatus: succeeded ? "Completed" : "Failed",
            StartExecutionTime: start,
            EndExecutionTime: end,
            Duration: end.subtract(start),
          },
          "Microsoft.PowerShell.Commands.HistoryInfo",
        ),
      ),
    );
  },
});
