import { describe, expect, test } from "vitest";
import { commands } from "../../../repl/commands/index.ts";
import type { Command, CommandEntry } from "../../../repl/language/index.ts";

const entries = [...commands.entries()];
const loaded = await Promise.all(
  entries.map(async (entry): Promise<[CommandEntry, Command]> => [entry, await entry.load()]),
);

describe("the table of commands", () => {
  test.each(loaded)("$name's line says what its declaration says", (entry, declaration) => {
    const { name, aliases, summary } = declaration;
    expect({ name: entry.name, aliases: entry.aliases, summary: entry.summary }).toEqual({ name, aliases, summary });
  });
  test("is sorted by name within each module, and no name or alias stands for two commands", () => {
    for (const module of new Set(entries.map((entry) => entry.module))) {
      const names = entries.filter((entry) => entry.module === module).map((entry) => entry.name);
      expect(names).toEqual(names.toSorted());
    }
    const all = entries.flatMap((entry) => [entry.name, ...entry.aliases]).map((name) => name.toLowerCase());
    expect(all).toEqual([...new Set(all)]);
  });
  test("finds commands by name and alias in any case, and hands a loaded command over at once", () => {
    expect(commands.find("WHERE-object")?.name).toBe("Where-Object");
    expect(commands.find("%")?.name).toBe("ForEach-Object");
    expect(commands.find("no-such-thing")).toBeUndefined();
    expect(commands.find("Get-Date")?.load()).not.toBeInstanceOf(Promise);
  });
});

describe("each command", () => {
  test.each(loaded)("$name has a summary, an example, and help on all its parameters", (_entry, declaration) => {
    expect(declaration.summary).toMatch(/^[A-Z].*\.$/);
    expect(declaration.examples.length).toBeGreaterThan(0);
    for (const { note } of declaration.examples) expect(note).toMatch(/\.$/);
    for (const [name, { help }] of Object.entries(declaration.parameters))
      expect([name, help]).toEqual([name, expect.stringMatching(/^[A-Z].*\.$/s)]);
  });
  test.each(loaded)("$name's parameters have names and aliases of their own", (_entry, declaration) => {
    const names = Object.entries(declaration.parameters).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
    const folded = names.map((name) => name.toLowerCase());
    expect(folded).toEqual([...new Set(folded)]);
  });
});
