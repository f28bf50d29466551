import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { complete } from "../../../repl/complete/complete.ts";
import type { Session } from "../../../repl/language/index.ts";
import { fakeSession, named, withFunction } from "./names.ts";

/** What Tab makes of a line with the cursor at its end (or at `|`): the line, or the list. */
async function tab(line: string, session: Session = fakeSession({})): Promise<string | readonly string[]> {
  const cursor = line.includes("¦") ? line.indexOf("¦") : line.length;
  const text = line.replace("¦", "");
  const found = await complete(session, text, cursor);
  const put = (by: string) => text.slice(0, found.from) + by + text.slice(found.to);
  if (found.items.length === 1) return put(found.items[0]?.text ?? "");
  return found.common !== "" ? put(found.common) : found.items.map(({ label }) => label);
}

const inventory = fakeSession({
  "Get-VM -Name '*' -ErrorAction Ignore": ["web-1", "web-2", "web-10", "my vm", "it's", "[x]"].map(named),
  "Get-VM -Name 'web*' -ErrorAction Ignore": ["web-1", "web-2", "web-10"].map(named),
  "Get-VM -Name 'my*' -ErrorAction Ignore": ["my vm", "my vms"].map(named),
  "Get-VM -Name 'my vm*' -ErrorAction Ignore": ["my vm", "my vms"].map(named),
  "Get-VM -Name 'it*' -ErrorAction Ignore": [named("it's")],
  "Get-VM -Name 'it''s*' -ErrorAction Ignore": [named("it's")],
  "Get-VM -Name '`[*' -ErrorAction Ignore": [named("[x]")],
  "Get-VM -Name 'esc*' -ErrorAction Ignore": [named("esc\u001b[2J")],
  "Get-VM -ErrorAction Ignore | Select-Object -First 1": [named("web-1")],
  "(Get-VM web-1)": [named("web-1")],
  $vm: [named("web-1")],
  "$vm.Name": ["web-1"],
});

test.each([
  ["Get-VMH", "Get-VMHost "],
  ["get-vmh", "Get-VMHost "],
  ["Get", "Get-VM"],
  ["Get-", "Get-VM"],
  ["if ($x) { Set", "if ($x) { Set-VM "],
  ["1 | sv", "1 | svm "],
  ["Get-Nothing", []],
  ["# Get-", []],
])("commands: %j gives %j", async (line, result) => {
  expect(await tab(line)).toEqual(result);
});

test.each([
  ["Get-VM -L", "Get-VM -Location "],
  ["Get-VM -", ["-Name", "-Location", "-NoRecursion"]],
  ["Get-VM -Name a -N", "Get-VM -Name a -NoRecursion "],
  ["Get-VM -ErrorA", "Get-VM -ErrorAction "],
  ["Get-VM -What", []],
  ["svm -What", "svm -WhatIf "],
  ["Set-VM -Ol", []],
  ["Set-VM -OutV", "Set-VM -OutVariable "],
])("parameters: %j gives %j", async (line, result) => {
  expect(await tab(line)).toEqual(result);
});

test.each([
  ["Set-VM a PoweredO", ["PoweredOn", "PoweredOff"].sort()],
  ["Set-VM a poweredof", "Set-VM a PoweredOff "],
  ["Set-VM -State:PoweredOn", "Set-VM -State:PoweredOn "],
  ["Get-VM -ErrorAction Sto", "Get-VM -ErrorAction Stop "],
])("values a parameter allows: %j gives %j", async (line, result) => {
  const found = await tab(line);
  expect(typeof found === "string" ? found : [...found].sort()).toEqual(result);
});

test.each([
  ["Get-VM web", "Get-VM web-"],
  ["Get-VM -NoRecursion web", "Get-VM -NoRecursion web-"],
  ["Get-VM web-1, it", "Get-VM web-1, 'it''s' "],
  ["Get-VM my", "Get-VM 'my vm"],
  ["Get-VM 'my vm", ["my vm", "my vms"]],
  ['Get-VM "it', 'Get-VM "it\'s" '],
  ["Get-VM 'it¦'", "Get-VM 'it''s' "],
  ["Get-VM '[", "Get-VM '`[x`]' "],
  ["Get-VM esc", 'Get-VM "esc`e``[2J" '],
  ["Get-VM -Location web", []],
])("names of the inventory: %j gives %j", async (line, result) => {
  expect(await tab(line, inventory)).toEqual(result);
});

test("functions of the session and their parameters", async () => {
  const session = await withFunction();
  expect(await tab("$x = 1; get-mi", session)).toBe("$x = 1; Get-Mine ");
  expect(await tab("Get-Mine -", session)).toEqual(["-Target", "-Force"]);
  expect(await tab("Get-Mine -T", session)).toBe("Get-Mine -Target ");
});

test("names are listed in the order people count", async () => {
  expect(
    await tab(
      "Set-VM web-",
      fakeSession({ "Get-VM -Name 'web-*' -ErrorAction Ignore": ["web-10", "web-2", "web-1"].map(named) }),
    ),
  ).toEqual(["web-1", "web-2", "web-10"]);
});

test.each([
  ["$VMS", "$vms"],
  ["$vm", ["vm", "vms"]],
  ["$my", `\${my var}`],
  ['"a $my', `"a \${my var}`],
  ["$env:PA", ["PAGER", "PATH"]],
  ["$env:PAT", "$env:PATH"],
  ["$tr", "$true"],
])("variables: %j gives %j", async (line, result) => {
  expect(await tab(line)).toEqual(result);
});

test.each([
  ["$vm.Num", "$vm.NumCpu"],
  ["$vm.", "$vm.N"],
  ["$vm.N", ["Name", "NumCpu"]],
  ["$vm.Name.ToU", "$vm.Name.ToUpper"],
  ["(Get-VM web-1).nu", "(Get-VM web-1).NumCpu"],
  ["Get-VM | Where-Object { $_.Num", "Get-VM | Where-Object { $_.NumCpu"],
  ["Get-VM | Where-Object { $a = 1; $_.Num", "Get-VM | Where-Object { $a = 1; $_.NumCpu"],
  ["Get-VM | Sort-Object Num", "Get-VM | Sort-Object NumCpu "],
  [
    "Get-VM | Where-Object { $_ } | Sort-Object -Descending Num",
    "Get-VM | Where-Object { $_ } | Sort-Object -Descending NumCpu ",
  ],
])("members: %j gives %j", async (line, result) => {
  expect(await tab(line, inventory)).toEqual(result);
});

test("completion never runs what could change something", async () => {
  const session = fakeSession({});
  for (const line of [
    "(Set-VM a).Na",
    "$vm.Destroy().Na",
    "$(rm x).",
    "Set-VM a | Sort-Object Na",
    "(Get-VM (Set-VM x)).",
    "(Get-VM > x).",
  ]) {
    await tab(line, session);
  }
  expect(session.asked).toEqual([]);
});

test.each([
  ["1 -l", ["-le", "-like", "-lt"]],
  ["$_.Name -lik", "$_.Name -like "],
  ["$a -clik", "$a -clike "],
])("operators: %j gives %j", async (line, result) => {
  expect(await tab(line)).toEqual(result);
});

test("files by their path, folders to go on into, quoted where needed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fargo-complete-"));
  mkdirSync(join(folder, "my dir"));
  mkdirSync(join(folder, "scripts"));
  for (const name of ["scripts/a.ps1", "my dir/x", ".hidden"]) writeFileSync(join(folder, name), "");
  const session = fakeSession({}, folder);
  expect(await tab("Import-Csv my", session)).toBe("Import-Csv 'my dir/");
  expect(await tab("Import-Csv 'my dir/", session)).toBe("Import-Csv 'my dir/x' ");
  expect(await tab("./sc", session)).toBe("./scripts/");
  expect(await tab(". ./scripts/", session)).toBe(". ./scripts/a.ps1 ");
  expect(await tab("Import-Csv .h", session)).toBe("Import-Csv .hidden ");
  expect(await tab("Get-VM nothing", session)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("any text at all is completed without an error", async () => {
  const part = fc.oneof(
    fc.constantFrom("Get-VM ", "-Name ", "$vm", ".", "{", "(", "'", '"', "|", ",", "@{", "-", ":", "\n", "`"),
    fc.string({ maxLength: 4 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.nat(40), async (parts, at) => {
      const line = parts.join("");
      const found = await complete(fakeSession({}), line, Math.min(at, line.length));
      expect(found.from).toBeLessThanOrEqual(found.to);
    }),
    { numRuns: 300 },
  );
});
