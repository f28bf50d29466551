import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { bundle, temporaryFolder } from "./program.ts";
import { hasTmux, TerminalSession } from "./tmux.ts";

if (!hasTmux) console.warn("tmux is not installed: the tests on a real terminal are skipped.");

describe.skipIf(!hasTmux)("on a real terminal", () => {
  let folder: string;
  let terminal: TerminalSession;

  beforeAll(bundle);

  beforeEach(async () => {
    folder = temporaryFolder();
    terminal = new TerminalSession(folder);
    await terminal.shows(/^fargo>$/m);
  });

  afterEach(() => {
    terminal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the first screen says where one is, three things to try, and how to leave", async () => {
    const { screen } = terminal;
    expect(screen).toContain("simulated vCenter");
    expect(screen).toMatch(/Three things to try:\n( {2}\S.*\n){3}/);
    expect(screen).toMatch(/leave: exit, or Ctrl-D/);
    terminal.enter("1 + 1");
    await terminal.shows(/\n2\nfargo>$/);
  });

  test("exit and Ctrl-D leave, exit with its code", async () => {
    terminal.enter("exit 3");
    expect(await terminal.ends()).toBe(3);
    const other = new TerminalSession(folder);
    await other.shows(/fargo>$/);
    other.press("C-d");
    expect(await other.ends()).toBe(0);
    other.close();
  });

  test("an error leaves the shell there", async () => {
    terminal.enter("Get-Nothing");
    await terminal.shows(/Get-Nothing[\s\S]*\nfargo>$/);
    terminal.enter("throw 'no'; 1");
    await terminal.shows(/no\nfargo>$/);
    terminal.enter("1 +* 2");
    await terminal.shows(/\^[\s\S]*\nfargo>$/);
  });

  test("Tab completes commands, parameters and names of machines", async () => {
    terminal.type("get-vmh");
    terminal.press("Tab");
    await terminal.shows(/fargo> Get-VMHost$/m);
    terminal.press("C-u");
    terminal.type("Get-VM gold");
    terminal.press("Tab");
    await terminal.shows(/fargo> Get-VM golden$/m);
    terminal.type("-Loc");
    terminal.press("Tab");
    await terminal.shows(/fargo> Get-VM golden -Location$/m);
    terminal.press("C-u");
    terminal.type("Get-V");
    terminal.press("Tab");
    await terminal.shows(/fargo> Get-V[\s\S]*Get-VM +(\S+ +)*Get-VMHost/);
  });

  test("Ctrl-C stops an endless loop and the shell goes on", async () => {
    terminal.enter("$n = 0; while ($true) { $n++ }");
    await new Promise((resolve) => setTimeout(resolve, 300));
    terminal.press("C-c");
    await terminal.shows(/\nfargo>$/);
    terminal.enter("$n -gt 100");
    await terminal.shows(/\nTrue\nfargo>$/);
  });

  test("Ctrl-C on an empty line says how to leave, and gives up a line that is typed", async () => {
    terminal.press("C-c");
    await terminal.shows(/To leave: exit, or Ctrl-D\.\nfargo>$/);
    terminal.type("Remove-VM *");
    terminal.press("C-c");
    await terminal.shows(/fargo> Remove-VM \*\nfargo>$/);
  });

  test("an unfinished line goes on behind another prompt", async () => {
    terminal.enter("if ($true) {");
    await terminal.shows(/\n>>$/);
    terminal.enter('"inside"');
    terminal.enter("}");
    await terminal.shows(/>> \}\ninside\nfargo>$/);
  });

  test("a paste of several lines is shown before it runs", async () => {
    terminal.paste("foreach ($i in 1..2) {\n\t$i * 10\n}\n'done'");
    await terminal.shows(/>> 'done'$/);
    expect(terminal.screen).not.toMatch(/^10$/m);
    terminal.press("Enter");
    await terminal.shows(/10\n20\ndone\nfargo>$/);
  });

  test("the history is there in the next session, without its secrets", async () => {
    terminal.enter("'first' + 1");
    await terminal.shows(/\nfirst1\n/);
    terminal.enter("$password = 'hunter2'");
    terminal.enter("'last'");
    await terminal.shows(/\nlast\nfargo>$/);
    terminal.enter("exit");
    await terminal.ends();
    expect(readFileSync(join(folder, "history.json"), "utf8")).not.toContain("hunter2");
    const next = new TerminalSession(folder);
    await next.shows(/fargo>$/);
    next.press("Up", "Up", "Up");
    await next.shows(/fargo> 'first' \+ 1$/);
    next.press("C-c", "C-r");
    next.type("las");
    await next.shows(/search 'las': 'last'/);
    next.press("Enter");
    await next.shows(/\nlast\nfargo>$/);
    next.close();
  });

  test("a line longer than the terminal, wide characters, and a change of width", async () => {
    const text = `'${"漢字😀".repeat(20)}'`;
    terminal.type(text);
    await terminal.shows(/😀'$/);
    terminal.resize(60, 30);
    terminal.press("C-a", "Right");
    terminal.type("x");
    terminal.resize(90, 30);
    terminal.press("C-e");
    terminal.type(".Length");
    await terminal.shows(/\.Length$/);
    terminal.press("Enter");
    await terminal.shows(/\n81\nfargo>$/);
  });

  test("a missing value is asked for, a password without showing it, and Ctrl-C gives up", async () => {
    terminal.enter('function f([Parameter(Mandatory)]$Target) { "got $Target" }; f');
    await terminal.shows(/Target/);
    terminal.enter("desk 1");
    await terminal.shows(/\ngot desk 1\nfargo>$/);
    terminal.enter("f; 'after'");
    await terminal.shows(/Target:?$/);
    terminal.press("C-c");
    await terminal.shows(/\nfargo>$/);
    expect(terminal.screen).not.toMatch(/^after$/m);
  });

  test("--no-input: nothing is asked, a missing value is an error", async () => {
    const other = new TerminalSession(folder, ["--no-input"]);
    await other.shows(/^fargo>$/m);
    other.enter("function f([Parameter(Mandatory)]$Target) { 'ran' }; f");
    await other.shows(/Target[\s\S]*\nfargo>$/);
    expect(other.screen).not.toMatch(/^ran$/m);
    other.close();
  });

  test("Write-Host without a line end does not hide the prompt", async () => {
    terminal.enter("Write-Host -NoNewline begun");
    await terminal.shows(/\nbegun\nfargo>$/);
  });
});
