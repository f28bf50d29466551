import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench } from "./bench.ts";

const modules = {
  "speed.ts": `
    export const group = "speed";
    export async function run(report) {
      console.log("warming up");
      report("speed.read_us", 1 / 3, "us");
      for (const size of ["10k", "100k"]) report(\`speed.fork_us.\${size}\`, 7, "us");
    }`,
  "more-speed.ts": `
    export const group = "speed";
    export const run = async (report) => report("light.c", 299792458, "m/s");`,
  "room.ts": `
    export const group = "room";
    export async function run(report) {
      report("room.bytes", typeof gc === "function" ? 1 : 0, "bytes");
      setInterval(() => {}, 1000);
    }`,
  "helper.ts": "export const PAGE = 4096;",
  "broken.test.ts": 'export const group = "tests are not measured";',
};
const faults = {
  "bad.ts":
    'export const group = "bad"; export async function run(report) { report("bad.a", 1, "us"); throw new Error("out of paper"); }',
  "good.ts": 'export const group = "good"; export async function run(report) { report("good.a", 2, "us"); }',
  "nan.ts": 'export const group = "nan"; export async function run(report) { report("nan.a", 0 / 0, "us"); }',
  "idle.ts": 'export const group = "idle";',
};

let folders: { modules: string; faults: string };
beforeAll(() => {
  folders = { modules: folderOf(modules), faults: folderOf(faults) };
});
afterAll(() => {
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "fargo-bench-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function measured(folder: string, ...words: string[]) {
  const lines: string[] = [];
  let messages = "";
  const code = await bench({ folder, words, out: (line) => lines.push(line), err: (text) => (messages += text) });
  return { code, messages, names: lines.map((line): unknown => JSON.parse(line).name), lines };
}

describe("npm run bench", () => {
  it("prints one line of JSON per figure and nothing else, all groups, each with garbage collection at hand", async () => {
    const { code, lines, messages } = await measured(folders.modules);
    expect(code).toBe(0);
    expect(lines).toEqual([
      '{"name":"light.c","value":299792458,"unit":"m/s"}',
      '{"name":"room.bytes","value":1,"unit":"bytes"}',
      '{"name":"speed.read_us","value":0.333333,"unit":"us"}',
      '{"name":"speed.fork_us.10k","value":7,"unit":"us"}',
      '{"name":"speed.fork_us.100k","value":7,"unit":"us"}',
    ]);
    expect(messages).toBe("warming up\n");
  });

  it("measures one group, which may consist of several modules", async () => {
    const { names } = await measured(folders.modules, "speed");
    expect(names).toEqual(["light.c", "speed.read_us", "speed.fork_us.10k", "speed.fork_us.100k"]);
  });

  it.each([
    ["light", ["light.c"]],
    ["speed.fork_us.100k", ["speed.fork_us.100k"]],
    ["speed.fork", ["speed.fork_us.10k", "speed.fork_us.100k"]],
  ])("measures the figures whose names begin with %s, in any group", async (word, expected) => {
    expect(await measured(folders.modules, word)).toMatchObject({ code: 0, names: expected });
  });

  it.each(["sped", "speed.write", "tests are not measured", "speed.fork_us.5k"])(
    "refuses %s and lists the groups",
    async (word) => {
      const { code, names, messages } = await measured(folders.modules, word);
      expect([code, names]).toEqual([2, []]);
      expect(messages).toContain(`"${word}". The groups are: room, speed\n`);
    },
  );

  it("goes on after a group that fails, says which, and ends with 1", async () => {
    const { code, names, messages } = await measured(folders.faults);
    expect([code, names]).toEqual([1, ["bad.a", "good.a"]]);
    expect(messages).toContain("out of paper");
    expect(messages).toContain("bench: group bad failed: bad.ts ended with exit code 1");
    expect(messages).toContain(
      'bench: group nan failed: it reported something that is no figure: {"name":"nan.a","value":null',
    );
    expect(messages).toContain("exports a group, so it has to export run(report), too");
  });
});
