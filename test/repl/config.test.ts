import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openConfiguration } from "../../repl/config.ts";
import { openHistory } from "../../repl/history.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fargo-config-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("profiles and preferences are there in the next session, profiles by their name in any case", () => {
  const config = openConfiguration(folder);
  config.saveProfile("lab.example", { url: "https://vc.lab.example", user: "admin" });
  config.setPreference("historySize", 10);
  const again = openConfiguration(folder);
  expect(again.profile("LAB.example")).toEqual({ url: "https://vc.lab.example", user: "admin" });
  expect(again.preference("historySize")).toBe(10);
  expect(again.profile("constructor")).toBeUndefined();
});

test("the files are readable by their owner only", () => {
  openConfiguration(folder).setPreference("a", true);
  openHistory(folder).add("Get-VM");
  for (const name of ["config.json", "history.json"]) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
});

test("settings that are not settings are refused with the reason, and not overwritten", () => {
  writeFileSync(join(folder, "config.json"), '{"profiles": {"lab": {"uri": "x"}}}');
  expect(() => openConfiguration(folder)).toThrow(/settings .* cannot be read: .*profiles\/lab/);
  writeFileSync(join(folder, "config.json"), "{");
  expect(() => openConfiguration(folder)).toThrow(/cannot be read/);
  expect(readFileSync(join(folder, "config.json"), "utf8")).toBe("{");
});

test("the history keeps lines in order, once when repeated, and the newest when it is full", () => {
  const history = openHistory(folder, 3);
  for (const line of ["a", "b", "b", " ", "c\nd", "e"]) history.add(line);
  expect(openHistory(folder).read()).toEqual(["b", "c\nd", "e"]);
});

test("two sessions do not lose each other's lines", () => {
  const one = openHistory(folder);
  const two = openHistory(folder);
  one.add("a");
  two.add("b");
  one.add("c");
  expect(openHistory(folder).read()).toEqual(["a", "b", "c"]);
});

test("a secret never reaches the file", () => {
  openHistory(folder).add("Get-VM");
  openHistory(folder).add("Connect-VIServer vc -Password hunter2");
  expect(readFileSync(join(folder, "history.json"), "utf8")).not.toContain("hunter2");
});

test("a broken history is started again", () => {
  writeFileSync(join(folder, "history.json"), "[not json");
  openHistory(folder).add("a");
  writeFileSync(join(folder, "history.json"), '{"lines": {"a": 1}}');
  expect(openHistory(folder).read()).toEqual([]);
  openHistory(folder).add("b");
  expect(openHistory(folder).read()).toEqual(["b"]);
});
