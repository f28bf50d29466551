import { describe, expect, test } from "vitest";
import { commands } from "../../../repl/commands/index.ts";
import { inDirectory, run } from "./run.ts";

const examples = (
  await Promise.all(
    [...commands.entries()].map(async (entry) =>
      (await entry.load()).examples.map((example) => ({ name: entry.name, ...example })),
    ),
  )
).flat();

describe("the examples of all commands, each in a session and a simulated lab of its own", () => {
  test.each(examples)("$name: $code", async ({ code, output }) => {
    const ran = await inDirectory((location) => run(code, { location }));
    expect(ran.errors.map(String)).toEqual([]);
    if (output !== undefined) expect(ran.text).toBe(output);
    expect(ran.exitCode).toBe(0);
  });
});
