import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle, fargo, mainPath, temporaryFolder } from "./program.ts";

const folder = temporaryFolder();

const script = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

beforeAll(bundle);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["everything went well", ["-c", "1 + 1"], 0],
  ["nothing to do", ["-c", ""], 0],
  ["a command failed", ["-c", "Write-Error no"], 1],
  ["an error was thrown", ["-c", "throw 'no'"], 1],
  ["there is no such command", ["-c", "Get-Nothing"], 1],
  ["the script says so", ["-c", "exit 7"], 7],
  ["an unknown option", ["--nope", "-c", "1"], 2],
  ["an option without its value", ["-c"], 2],
  ["a syntax error", ["-c", "1 +"], 2],
  ["no such script", ["nothere.ps1"], 2],
  ["a folder as script", ["."], 2],
])("exit code: %s", async (_case, args, code) => {
  const done = await fargo(args);
  expect([done.code, done.stderr !== ""]).toEqual([code, code === 1 || code === 2]);
});

test("the version and the help go to standard output", async () => {
  expect(await fargo(["--version"])).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: "",
  });
  const help = await fargo(["--help"]);
  expect([help.code, help.stderr]).toEqual([0, ""]);
  for (const word of ["-c", "--json", "--server", "--no-input", "130"]) expect(help.stdout).toContain(word);
});

test("a wrong command line is explained on standard error", async () => {
  const done = await fargo(["--jsno", "-c", "1"]);
  expect(done).toEqual({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining('unknown option "--jsno"; did you mean --json?'),
  });
});

test("only output goes to standard output, messages go to standard error", async () => {
  const done = await fargo(["-c", "Write-Host host; Write-Warning warning; Write-Error error; 'output'"]);
  expect(done.stdout).toBe("output\n");
  for (const word of ["host", "warning", "error"]) expect(done.stderr).toContain(word);
});

test("commands are read from standard input, to its end before the first one runs", async () => {
  expect(await fargo([], { input: "$x = 20\n$x + 1\n" })).toEqual({ code: 0, stdout: "21\n", stderr: "" });
  expect(await fargo(["-"], { input: "'dash'" })).toEqual({ code: 0, stdout: "dash\n", stderr: "" });
  expect((await fargo([], { input: "'first'\n1 +" })).stdout).toBe("");
});

test("what follows a script is the script's own", async () => {
  const path = script(
    "args.ps1",
    'param($Name, [switch]$Json, [Parameter(ValueFromRemainingArguments)]$Rest) "$Name|$Json|$Rest"',
  );
  expect((await fargo([path, "-Name", "web 01", "-Json", "x", "y"])).stdout).toBe("web 01|True|x y\n");
  expect((await fargo(["-c", "Write-Output", "a,", "b"])).stdout).toBe("a\nb\n");
});

test("a script that Windows wrote runs: a byte order mark, UTF-16, carriage returns", async () => {
  expect((await fargo([script("bom.ps1", "\ufeff'é'\r\n'b'\r\n")])).stdout).toBe("é\nb\n");
  expect((await fargo([script("utf16.ps1", Buffer.from("\ufeff'é'\r\n", "utf16le"))])).stdout).toBe("é\n");
});

test("a syntax error shows file, line, the text and a caret, and nothing of the script runs", async () => {
  const path = script("broken.ps1", "'started'\nif ($true) {\n  1 +* 2\n}\n");
  const done = await fargo([path]);
  expect([done.code, done.stdout]).toEqual([2, ""]);
  expect(done.stderr).toContain("broken.ps1:3");
  expect(done.stderr).toMatch(/3 \|\s+1 \+\* 2\n.*\^/);
});

test("an error in a script shows file, line, the text and a caret", async () => {
  const done = await fargo([script("fails.ps1", "'before'\nGet-Item nothere\n'after'\n")]);
  expect(done.stderr).toContain("fails.ps1:2");
  expect(done.stderr).toMatch(/2 \|\s+Get-Item nothere\n.*\^~+/);
});

test("--json prints the output objects as one JSON array", async () => {
  const done = await fargo([
    "--json",
    "-c",
    "1; 'two'; [pscustomobject]@{ Name = 'three'; List = 1, 2 }; Write-Host no",
  ]);
  expect(JSON.parse(done.stdout)).toEqual([1, "two", { Name: "three", List: [1, 2] }]);
  expect(JSON.parse((await fargo(["--json", "-c", "$null = 1"])).stdout)).toEqual([]);
});

test("--json is an array even when the script fails on its way", async () => {
  const done = await fargo(["--json", "-c", "1; throw 'no'"]);
  expect([done.code, JSON.parse(done.stdout)]).toEqual([1, [1]]);
});

test("without a terminal there is nobody to ask: a missing value is an error that names it", async () => {
  const done = await fargo(["-c", "function f([Parameter(Mandatory)]$Target) { $Target }; f"]);
  expect(done.code).toBe(1);
  expect(done.stderr).toContain("Target");
});

test("Ctrl-C ends a script that would not end", async () => {
  const done = await fargo(["-c", "'begun'; while ($true) { }; 'after'"], { interrupt: "SIGINT" });
  expect(done).toEqual({ code: 130, stdout: "begun\n", stderr: "" });
});

test("a reader that has seen enough ends the program quietly", () => {
  const done = spawnSync("bash", ["-c", `"${process.execPath}" "${mainPath}" -c '1..100000' | head -1`], {
    encoding: "utf8",
  });
  expect([done.stdout, done.stderr]).toEqual(["1\n", ""]);
});

test("it can be started by its name: the first line says how, and the file may be executed", () => {
  expect(statSync(mainPath).mode & 0o111).not.toBe(0);
  const done = spawnSync(mainPath, ["-c", "'hello'"], { encoding: "utf8" });
  expect([done.stdout, done.stderr]).toEqual(["hello\n", ""]);
});

test("what was not asked for is not loaded", () => {
  const done = spawnSync(process.execPath, [mainPath, "-c", "1"], {
    encoding: "utf8",
    env: { ...process.env, NODE_DEBUG: "esm" },
  });
  expect(done.stdout).toBe("1\n");
  const folderOfMain = join(dirname(mainPath), "..");
  const loaded = new Set(done.stderr.match(/dist\/[\w/-]+\.js/g));
  expect(loaded.size).toBeGreaterThan(1);
  const signs = [
    "envPaths(",
    "createPromptModule",
    "yargs",
    "class PageStore",
    "InstantClone_Task",
    "emitKeypressEvents",
  ];
  for (const file of loaded) {
    const text = readFileSync(join(folderOfMain, file.slice("dist/".length)), "utf8");
    for (const sign of signs) expect(text.includes(sign), `${file} holds ${sign}`).toBe(false);
  }
});

test("--server: a profile by its name, the lab by its own; a server that cannot be reached has its exit code", async () => {
  const configuration = temporaryFolder();
  const profiles = { Test: { url: "lab" } };
  writeFileSync(join(configuration, "config.json"), JSON.stringify({ profiles }));
  const env = { FARGO_CONFIG_DIR: configuration };
  expect(await fargo(["--server", "test", "-c", "$DefaultVIServer.Name"], { env })).toMatchObject({
    stdout: "lab\n",
    code: 0,
  });
  const done = await fargo(["--server", "nowhere.example", "-c", "'not run'"], { env });
  expect([done.code, done.stdout]).toEqual([3, ""]);
  expect(done.stderr).toContain("nowhere.example");
  expect((await fargo(["-c", "Disconnect-VIServer * -Confirm:$false; Get-VM"])).code).toBe(3);
  writeFileSync(join(configuration, "config.json"), "{");
  expect(await fargo(["--server", "test", "-c", "1"], { env })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(configuration),
  });
  rmSync(configuration, { recursive: true });
});

test("a bulk command that fails in part has its exit code", async () => {
  const done = await fargo([
    "-c",
    "$a = New-InstantClone -VM golden -Name desk-2; (New-InstantClone -VM golden -Count 3 -Name 'desk-{0}').Count",
  ]);
  expect([done.code, done.stdout]).toEqual([4, "2\n"]);
  expect(done.stderr).toContain("desk-2");
});

test("a folder with an odd name and a script with an odd name work", async () => {
  const odd = join(folder, "a b'ü😀");
  mkdirSync(odd);
  writeFileSync(join(odd, "s $x.ps1"), '"$PSScriptRoot".EndsWith("😀"); Get-Nothing');
  const done = await fargo([join(odd, "s $x.ps1")]);
  expect(done.stdout).toBe("True\n");
  expect(done.stderr).toContain("s $x.ps1:1");
});
