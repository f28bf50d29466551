import { setTimeout as wait } from "node:timers/promises";
import { command } from "../../language/index.ts";

// A timer of Node fires at once beyond this.
const longest = 2_147_483_647;

export const startSleep = command({
  name: "Start-Sleep",
  aliases: ["sleep"],
  summary: "Waits.",
  description: "Ctrl-C ends the wait.",
  parameters: {
    Seconds: {
      type: "double",
      position: 0,
      pipeline: "value",
      range: [0, 2147483],
      sets: ["Seconds"],
      mandatory: true,
      help: "How long, in seconds.",
    },
    Milliseconds: {
      type: "int",
      aliases: ["ms"],
      range: [0, 2147483647],
      sets: ["Milliseconds"],
      mandatory: true,
      help: "How long, in milliseconds.",
    },
    Duration: { type: "timespan", aliases: ["ts"], sets: ["Duration"], mandatory: true, help: "How long." },
  },
  defaultSet: "Seconds",
  examples: [{ code: "Start-Sleep -Milliseconds 5", note: "Five milliseconds.", output: "" }],
  async process(ctx, { Seconds = 0, Milliseconds = 0, Duration }) {
    const total = Seconds * 1000 + Milliseconds + (Duration?.ms ?? 0);
    await wait(Math.min(longest, Math.max(0, total)), undefined, { signal: ctx.signal });
  },
});
