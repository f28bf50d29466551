import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { session } from "./support.ts";

const folder = mkdtempSync(join(tmpdir(), "language-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const shell = () => session({ location: folder });

describe("Script files", () => {
  test("run in a scope of their own with their parameters", async () => {
    file("add.ps1", "param([int]$a, [int]$b = 1)\n$sum = $a + $b\n$sum");
    expect((await shell().run("./add.ps1 4; .\\add.ps1 -b 5 -a 1; $null -eq $sum")).text).toBe("5|6|True");
  });

  test("leave their functions behind when they are dot-sourced", async () => {
    file("lib.ps1", "function triple($n) { $n * 3 }\n$loaded = $true");
    expect((await shell().run(". ./lib.ps1; triple 3; $loaded")).text).toBe("9|True");
  });

  test("know where they are", async () => {
    file("where.ps1", "$PSScriptRoot\n$PSCommandPath\n$MyInvocation.MyCommand.Name");
    expect((await shell().run("& ./where.ps1")).text).toBe(`${folder}|${join(folder, "where.ps1")}|where.ps1`);
  });

  test("see $script: as their own and $global: as everybody's", async () => {
    file("scopes.ps1", "$x = 1; function f { $script:x = 2; $global:y = 3 }; f; $x");
    expect((await shell().run("$x = 0; ./scopes.ps1; $x; $y")).text).toBe("2|0|3");
  });

  test("set $LASTEXITCODE when they exit, and the caller goes on", async () => {
    file("leave.ps1", "'before'; exit 5; 'never'");
    expect((await shell().run("./leave.ps1; $?; $LASTEXITCODE; 'after'")).text).toBe("before|False|5|after");
  });

  test("are named in the position of their errors", async () => {
    const path = file("fails.ps1", "# comment\n1 / 0\n'next'");
    const { text, errors } = await shell().run("./fails.ps1");
    expect(text).toBe("next");
    expect(errors[0]?.position).toMatchObject({ file: path, line: 2, column: 1, text: "1 / 0" });
  });

  test("that are modules keep their variables to themselves and export what they name", async () => {
    const path = file(
      "tools.psm1",
      "$script:count = 0\nfunction Step { $script:count++; Helper }\nfunction Helper { \"$count in $(Split $PSScriptRoot)\" }\nfunction Split($p) { $p.Split('/')[-1] }\nExport-ModuleMember -Function Step",
    );
    const shell2 = shell();
    const { functions } = await shell2.interpreter.session.importModule(path);
    expect(functions).toEqual(["Step"]);
    const name = folder.split("/").at(-1);
    expect((await shell2.run("$count = 9; Step; Step; $count")).text).toBe(`1 in ${name}|2 in ${name}|9`);
    expect((await shell2.run("Helper")).errors).toHaveLength(1);
  });

  test("with a syntax error do not start", async () => {
    file("broken.ps1", "'before'\nif ($x {");
    const { text, errors } = await shell().run("./broken.ps1; 'after'");
    expect(text).toBe("");
    expect(errors[0]?.category).toBe("ParserError");
  });

  test("can be missing", async () => {
    const { errors } = await shell().run("./nope.ps1");
    expect(errors[0]?.message).toContain("'./nope.ps1' is not recognized");
  });

  test("redirect their output to files", async () => {
    const { text } = await shell().run(
      "'a','b' > out.txt; 'c' >> out.txt; 1 / 0 2> err.txt; [IO.File]::ReadAllText('out.txt')",
    );
    expect(text).toBe("a\nb\nc\n");
    expect(readFileSync(join(folder, "out.txt"), "utf8")).toBe("a\nb\nc\n");
  });

  test("switch on the lines of a file", async () => {
    file("lines.txt", "one\ntwo\n");
    expect((await shell().run("switch -File lines.txt { 'two' { 'found' } default { \"no $_\" } }")).text).toBe(
      "no one|found",
    );
  });
});
