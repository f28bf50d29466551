import { describe, expect, test } from "vitest";
import { commands } from "../../../repl/commands/index.ts";
import { inDirectory, run } from "./run.ts";

// Commands of other modules work on a vCenter; their examples are run with one.
const core = [...commands.entries()].filter((entry) => entry.module === "Fargo.Core");
const examples = (
  await Promise.all(
    core.map(async (entry) => (await entry.load()).examples.map((example) => ({ name: entry.name, ...example }))),
  )
).flat();

describe("the examples of the core commands", () => {
  test.each(examples)("$name: $code", async ({ code, output }) => {
    const ran = await inDirectory((location) => run(code, { location }));
    expect(ran.errors.map(String)).toEqual([]);
    if (output !== undefined) expect(ran.text).toBe(output);
    expect(ran.exitCode).toBe(0);
  });
});
