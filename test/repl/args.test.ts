import fc from "fast-check";
import { expect, test } from "vitest";
import { parseArguments } from "../../repl/args.ts";
import { plainInvocation } from "../../repl/options.ts";

const plain = { args: [], json: false, server: undefined, input: true };

test("a terminal and no arguments make an interactive shell, a pipe is read for commands", () => {
  expect(plainInvocation([], true)).toEqual({ ...plain, source: { kind: "interactive" } });
  expect(plainInvocation([], false)).toEqual({ ...plain, source: { kind: "stdin" } });
  expect(plainInvocation(["-"], true)).toEqual({ ...plain, source: { kind: "stdin" } });
});

test("-c takes the next word whatever it looks like", () => {
  for (const text of ["1", "-join (1,2)", "--json", "", "a=b"]) {
    expect(plainInvocation(["-c", text], true)).toEqual({ ...plain, source: { kind: "text", text } });
  }
});

test("words behind -c and its commands belong to the commands, as in PowerShell", () => {
  expect(plainInvocation(["-c", "Get-VM", "golden", "--json"], true)).toEqual({
    ...plain,
    source: { kind: "text", text: "Get-VM golden --json" },
  });
});

test("what follows the script is the script's own, untouched", () => {
  const args = ["-Name", "web-01", "--json", "-c", "--", "-", ""];
  expect(plainInvocation(["--no-input", "report.ps1", ...args], true)).toEqual({
    ...plain,
    source: { kind: "file", path: "report.ps1" },
    args,
    input: false,
  });
});

test("a script whose name begins with a dash stands behind --", () => {
  expect(plainInvocation(["--", "-x.ps1", "1"], true)?.source).toEqual({ kind: "file", path: "-x.ps1" });
});

test.each([
  [["--jsno", "-c", "1"], /unknown option "--jsno"; did you mean --json\?/],
  [["-Command", "1"], /did you mean --command/],
  [["-c"], /-c needs a value/],
  [["--server"], /--server needs a value/],
  [["--server=", "-c", "1"], /--server needs a URL/],
  [["--json"], /--json needs commands/],
  [[""], /name of the script is empty/],
])("a wrong command line is explained: %j", async (argv, message) => {
  expect(plainInvocation(argv, true)).toBeUndefined();
  const answer = await parseArguments(argv, true);
  expect(answer.kind === "usage" ? answer.message : answer).toMatch(message);
});

test("--help lists every option and the exit codes, --version prints the version", async () => {
  const help = await parseArguments(["--help"], true);
  for (const word of ["--command", "--json", "--server", "--no-input", "--version", "--help", "130"]) {
    expect(help.kind === "print" ? help.text : "").toContain(word);
  }
  expect(await parseArguments(["--version"], false)).toEqual({ kind: "print", text: expect.stringMatching(/^\d+\./) });
});

test("the quick way and yargs understand every command line alike", async () => {
  const word = fc.oneof(
    fc.constantFrom("-c", "--command", "--json", "--server", "--no-input", "--", "-", "-c=1", "--command=x y", "a.ps1"),
    fc.constantFrom("--server=https://u@h/sdk", "-Name", "-join 1", "--no-input=x", "-h", ""),
    fc.string({ maxLength: 5 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), fc.boolean(), async (argv, terminal) => {
      const quick = plainInvocation(argv, terminal);
      const full = await parseArguments(argv, terminal);
      if (quick !== undefined) expect(full).toEqual({ kind: "run", invocation: quick });
      else expect(full.kind === "run" && full.invocation.source.kind === "interactive").toBe(false);
    }),
    { numRuns: 300 },
  );
});
