import { command, DateTime, TimeSpan } from "../../language/index.ts";

export const newTimeSpan = command({
  name: "New-TimeSpan",
  summary: "A span of time: between two dates, or of so many days, hours and so on.",
  parameters: {
    Start: {
      type: "datetime",
      position: 0,
      pipeline: "both",
      aliases: ["LastWriteTime"],
      sets: ["Dates"],
      help: "Where it begins; without it, now.",
    },
    End: { type: "datetime", position: 1, sets: ["Dates"], help: "Where it ends; without it, now." },
    Days: { type: "int", default: 0, sets: ["Parts"], help: "Days." },
    Hours: { type: "int", default: 0, sets: ["Parts"], help: "Hours." },
    Minutes: { type: "int", default: 0, sets: ["Parts"], help: "Minutes." },
    Seconds: { type: "int", default: 0, sets: ["Parts"], help: "Seconds." },
    Milliseconds: { type: "int", default: 0, sets: ["Parts"], help: "Milliseconds." },
  },
  defaultSet: "Dates",
  outputs: "System.TimeSpan",
  examples: [
    { code: "(New-TimeSpan -Hours 1 -Minutes 30).TotalMinutes", note: "An hour and a half.", output: "90\n" },
    { code: "(New-TimeSpan '2024-02-28' '2024-03-01').Days", note: "Between two dates.", output: "2\n" },
  ],
  process(ctx, { Start, End, Days = 0, Hours = 0, Minutes = 0, Seconds = 0, Milliseconds = 0 }) {
    if (Start !== undefined || End !== undefined) {
      return ctx.write((End ?? DateTime.now()).subtract(Start ?? DateTime.now()));
    }
    return ctx.write(
      TimeSpan.of({ days: Days, hours: Hours, minutes: Minutes, seconds: Seconds, milliseconds: Milliseconds }),
    );
  },
});
