import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brokenImports, importRules, tooLong, unrepeatable } from "./house/rules.ts";
import { type Breach, filesUnder, importsOf, root, textOf } from "./house/source.ts";

/** What may lie at the top, besides dot files and what npm and the build put there (git ignores it). */
const top = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "README.md",
  "LICENSE",
  "sdk",
  "repl",
  "examples",
  "test",
];
const ignored = ["node_modules", "dist"];

const files = ["sdk", "repl", "examples"].flatMap(filesUnder).map((file) => ({ file, text: textOf(file) }));
const imports = files.flatMap(({ file, text }) => importsOf(file, text));

function expectNone(breaches: readonly Breach[]): void {
  const lines = breaches.map(({ file, line, message }) => `  ${file}:${line} ${message}`);
  if (lines.length > 0) throw new Error(`this rule of the house is broken:\n${lines.join("\n")}`);
}

describe("the house", () => {
  it.each(Object.entries(importRules))("%s", (_name, rule) => {
    expectNone(brokenImports(rule, imports));
  });

  it("keeps files under sdk/ and repl/ to 300 lines, but for generated ones", () => {
    const written = files.filter(({ file }) => !file.startsWith("examples/") && !file.includes("/generated/"));
    expectNone(written.flatMap(({ file, text }) => tooLong(file, text)));
  });

  it("has no time and no chance in sdk/host/ but from clock.ts and random.ts", () => {
    const sources = ["sdk/host/clock.ts", "sdk/host/random.ts"];
    const repeatable = files.filter(({ file }) => file.startsWith("sdk/host/") && !sources.includes(file));
    expectNone(repeatable.flatMap(({ file, text }) => unrepeatable(file, text)));
  });

  it("has nothing at its top but what belongs there", () => {
    const strangers = readdirSync(root).filter((name) => !name.startsWith(".") && ![...top, ...ignored].includes(name));
    const message = "does not belong at the top of the repository: put it into sdk/, repl/, examples/ or test/";
    expectNone(strangers.map((file) => ({ file, line: 1, message })));
  });
});

describe("the rules of the house", () => {
  const broken = (file: string, text: string) =>
    Object.entries(importRules).flatMap(([name, rule]) =>
      brokenImports(rule, importsOf(file, text)).map(({ line }) => `${line} ${name}`),
    );

  it.each([
    [
      "repl/shell.ts",
      'import { find } from "../sdk/inventory/find.ts";',
      "repl/ reaches the SDK through its front doors only",
    ],
    [
      "repl/shell.ts",
      'type T = import("../sdk/errors.ts").VsphereError;',
      "repl/ reaches the SDK through its front doors only",
    ],
    ["sdk/session.ts", 'export * from "../repl/config.ts";', "sdk/ knows nothing of repl/"],
    ["examples/fork.ts", 'import { connect } from "../sdk/index.ts";', 'examples import "fargo" by name, as users do'],
    ["sdk/vim/ref.ts", 'import "../../test/model.ts";', "what is shipped does not import tests or examples"],
    [
      "sdk/host/host.ts",
      'import { E } from "../errors.ts";',
      "sdk/host/ imports only sdk/host/, sdk/vim/, sdk/soap/ and sdk/vmdk/",
    ],
    [
      "sdk/host/host.ts",
      'import { connect } from "fargo";',
      "sdk/host/ imports only sdk/host/, sdk/vim/, sdk/soap/ and sdk/vmdk/",
    ],
    [
      "sdk/connect.ts",
      'import { startHost } from "./host/index.ts";',
      "sdk/ loads the simulated vCenter only when it is needed",
    ],
    [
      "sdk/index.ts",
      'export { startHost } from "./host/index.ts";',
      "sdk/ loads the simulated vCenter only when it is needed",
    ],
    ["sdk/host/methods/a.ts", 'import { b } from "./b.ts";', "files in sdk/host/methods/ do not import each other"],
    ["sdk/host/cow/a.ts", 'import type { R } from "../state/record.ts";', "sdk/host/cow/ imports nothing of the house"],
    [
      "sdk/session.ts",
      'import type { Host } from "./host/index.ts";',
      "outside sdk/host/, only connect.ts, transport/memory.ts and index.ts import from it",
    ],
  ])("name the line in %s that says %s", (file, text, rule) => {
    expect(broken(file, `// first line\n${text}\n`)).toEqual([`2 ${rule}`]);
  });

  it("let pass what is in order", () => {
    expect(broken("repl/shell.ts", 'import { connect } from "fargo"; import { a } from "../sdk/index.ts";')).toEqual(
      [],
    );
    expect(
      broken("sdk/connect.ts", 'import type { Host } from "./host/index.ts"; await import("./host/index.ts");'),
    ).toEqual([]);
    expect(broken("sdk/host/methods/index.ts", 'import { task } from "./task.ts";')).toEqual([]);
    expect(broken("examples/fork.ts", 'import { connect } from "fargo"; import { table } from "./table.ts";')).toEqual(
      [],
    );
    expect(
      broken("sdk/host/cow/a.ts", '// import "../state/record.ts"\nimport "node:os"; const s = "../../vim";'),
    ).toEqual([]);
  });

  it("find the real clock and real chance however they are written, and nothing else", () => {
    const text = `
      const a = Date.now() + performance.now();
      const b = [new Date(), new Date, Date()];
      const c = globalThis.setTimeout(f), d = setTimeout;
      import { randomUUID } from "node:crypto";
      const e = crypto.randomUUID() + Math.random();
      const fine = new Date(0).toISOString() + Date.UTC(2024) + Math.max(1) + "Date.now()"; // Math.random()
      const own = { setTimeout: clock.setTimeout(f) };
      const timers = { setInterval };
    `;
    const lines = unrepeatable("sdk/host/a.ts", text).map(({ line }) => line);
    expect(lines).toEqual([2, 2, 3, 3, 3, 4, 4, 5, 6, 6, 9]);
  });

  it("count the lines of a file", () => {
    expect(tooLong("sdk/a.ts", "x\n".repeat(300))).toEqual([]);
    expect(tooLong("sdk/a.ts", "x\n".repeat(301)).map(({ file, line }) => [file, line])).toEqual([["sdk/a.ts", 301]]);
  });
});
