import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inDirectory, run } from "./run.ts";

async function text(script: string): Promise<string> {
  const ran = await run(script);
  expect(ran.errors.map(String)).toEqual([]);
  return ran.text;
}

describe("help", () => {
  test("of a command has its syntax, parameters and examples", async () => {
    const page = await text("Get-Help Export-Csv -Full");
    expect(page).toContain("SYNTAX\n    Export-Csv [-Path] <string> [[-Delimiter] <char>]");
    expect(page).toContain("[-UseQuotes {Always | AsNeeded | Never}]");
    expect(page).toContain("        [-Confirm] [<CommonParameters>]\n");
    expect(page).toContain("        Aliases                       LiteralPath, PSPath, LP");
    expect(page).toContain("        fargo> 1..3 | Select-Object");
  });
  test("of a function is its comment", async () => {
    const page = await text(`function Get-Twice {
      <#
        .SYNOPSIS
        Doubles a number.
        .PARAMETER Number
        What to double.
        .EXAMPLE
        Get-Twice 4
        Puts out eight.
      #>
      param([Parameter(Mandatory)][int]$Number, [switch]$Loud)
      $Number * 2
    }
    Get-Help Get-Twice -Detailed; Get-Command Get-Twice -Syntax; (Get-Command Get-Tw*).Summary`);
    expect(page).toContain("SYNOPSIS\n    Doubles a number.");
    expect(page).toMatch(/-Number <int\d*>\n {8}What to double\./);
    expect(page).toContain("fargo> Get-Twice 4");
    expect(page).toMatch(/Get-Twice \[-Number\] <int\d*> \[-Loud\] \[<CommonParameters>\]\nDoubles a number\.\n$/);
  });
  test("of an alias is the command's; a word lists what it fits; nonsense is an error", async () => {
    expect(await text("Get-Help ft")).toContain("NAME\n    Format-Table");
    expect(await text("(Get-Help csv).Name -join ' '")).toBe("ConvertFrom-Csv ConvertTo-Csv Export-Csv Import-Csv\n");
    expect(await text("(Get-Help 'waits').Name -contains 'Start-Sleep'; Get-Help")).toContain("Get-Command");
    const { errors, exitCode } = await run("Get-Help xyzzy");
    expect(errors.map(String)).toEqual([expect.stringContaining("could not find xyzzy")]);
    expect(exitCode).toBe(1);
  });
});

describe("commands and aliases", () => {
  test("are listed by verb, noun and kind", async () => {
    expect(await text("(Get-Command -Verb Format).Name -join ' '")).toBe("Format-List Format-Table\n");
    expect(await text("(Get-Command -CommandType Alias s*).Name -join ' '")).toBe(
      "sal select set Shutdown-VMGuest sleep sort sv\n",
    );
    expect(await text("(Get-Command | Where-Object CommandType -EQ Alias | Measure-Object).Count")).toBe("0\n");
    expect(await text("function foo {}; (Get-Command foo).CommandType; (Get-Command ?).Definition")).toBe(
      "Function\nWhere-Object\n",
    );
    const { errors } = await run("Get-Command no-such-thing");
    expect(errors.map((record) => record.category)).toEqual(["ObjectNotFound"]);
  });
  test("of one's own stand for commands from then on", async () => {
    expect(await text("Set-Alias say Write-Output; say hello; Get-Alias say | % DisplayName")).toBe(
      "hello\nsay -> Write-Output\n",
    );
    const { errors } = await run("New-Alias ft Get-Date");
    expect(errors.map(String)).toEqual(["The alias 'ft' is there already."]);
  });
  test("a script file is a command too", async () => {
    await inDirectory(async (location) => {
      await writeFile(join(location, "go.ps1"), "'ran'");
      const ran = await run("(Get-Command ./go.ps1).CommandType", { location });
      expect(ran.text).toBe("ExternalScript\n");
    });
  });
});

describe("members", () => {
  test("are listed once for each type, by kind and name", async () => {
    const page = await text("1, 'a', 'b' | Get-Member Length, CompareTo, ToUpper");
    expect(page.match(/TypeName: \S+/g)).toEqual(["TypeName: System.Int32", "TypeName: System.String"]);
    expect(page).toMatch(/Length +Property +int Length \{get;\}/);
    expect(await text("[pscustomobject]@{ B = 1; A = 'x' } | gm -MemberType Properties | % Definition")).toBe(
      "string A=x\nint B=1\n",
    );
  });
});

describe("variables", () => {
  test.each([
    ["Set-Variable a 1; Get-Variable a -ValueOnly", "1\n"],
    ["1..3 | Set-Variable a; $a -join ','", "1,2,3\n"],
    ["function f { Set-Variable x 5 -Scope Global }; f; $x", "5\n"],
    ["function f { Set-Variable x 5 }; f; $null -eq $x", "True\n"],
    ["$x = 1; function f { Set-Variable x 5 -Scope 1 }; f; $x", "5\n"],
    ["$x = 1; Remove-Variable x; Get-Variable x -ErrorAction SilentlyContinue | Measure-Object | % Count", "0\n"],
    ["$x = 1; Clear-Variable x; (Get-Variable x).Name", "x\n"],
    ["New-Variable k 1; try { New-Variable k 2 -ErrorAction Stop } catch { 'there' }", "there\n"],
    ["$a1 = 1; $a2 = 2; (Get-Variable a? -Exclude a1).Name", "a2\n"],
  ])("%s", async (script, expected) => {
    expect(await text(script)).toBe(expected);
  });
  test("that are read-only stay as they are", async () => {
    const { text: shown, errors } = await run("Set-Variable fixed 1 -Option ReadOnly; $fixed = 2; $fixed");
    expect(errors).toHaveLength(1);
    expect(shown).toBe("1\n");
  });
});

describe("dates, spans, random numbers and time", () => {
  test.each([
    ["Get-Date '2024-02-29 13:05:06' -Format 'dd.MM.yy HH:mm:ss'", "29.02.24 13:05:06\n"],
    ["Get-Date '2024-02-29' -Format FileDate", "20240229\n"],
    ["(Get-Date -Date '2024-02-29 10:00' -Hour 3 -Minute 4 -Second 5).ToString('s')", "2024-02-29T03:04:05\n"],
    ["(Get-Date -UnixTimeSeconds 86400 -AsUTC).ToString('yyyy-MM-dd HH')", "1970-01-02 00\n"],
    ["'2024-01-01' | Get-Date -UFormat %j", "001\n"],
    ["(New-TimeSpan -Start '2024-01-01' -End '2024-01-02 12:00').TotalHours", "36\n"],
    ["$now = Get-Date; ($now - $now.AddDays(-1)).Days", "1\n"],
    ["(New-TimeSpan -Days 1 -Hours 2).ToString()", "1.02:00:00\n"],
    [
      "$a = Get-Random -SetSeed 7 -Count 3; $b = Get-Random -SetSeed 7 -Count 3; ($a -join ' ') -eq ($b -join ' ')",
      "True\n",
    ],
    ["(1..5 | Get-Random -Shuffle | Sort-Object) -join ''", "12345\n"],
    ["$n = Get-Random -Minimum 0.0 -Maximum 1.0; $n -is [double]", "True\n"],
    ["(Measure-Command { 1..3 | % { $x = $_ } }).GetType().Name; $x", "TimeSpan\n3\n"],
  ])("%s", async (script, expected) => {
    expect(await text(script)).toBe(expected);
  });
  test("Ctrl-C ends a sleep", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const started = performance.now();
    const { exitCode } = await run("Start-Sleep 60; 'later'", { signal: abort.signal });
    expect(exitCode).toBe(130);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("messages", () => {
  test("go to the host, not to the output", async () => {
    const {
      text: shown,
      messages,
      errors,
    } = await run(`
      Write-Host 'a' 'b' -Separator '-'; Write-Host @(1, 2); Write-Warning 'w'; Write-Verbose 'v'; Write-Verbose 'V' -Verbose
      Write-Error 'e' -Category ResourceBusy -TargetObject 5; Write-Output 'out'`);
    expect(shown).toBe("out\n");
    expect(messages).toEqual(["a-b", "1 2", "WARNING: w", "VERBOSE: V"]);
    expect(errors.map((record) => [String(record), record.category, record.target])).toEqual([
      ["e", "ResourceBusy", 5],
    ]);
  });
  test("Out-Host shows what a function does not give back", async () => {
    expect(await text("function f { 'shown' | Out-Host; 5 }; $x = f; \"kept $x\"")).toBe("shown\nkept 5\n");
  });
  test("a question is put to whoever is there, and is an error when nobody is", async () => {
    const ran = await run("$n = Read-Host 'How many'; \"$n!\"; (Read-Host -AsSecureString).Length", {
      answer: (request) => (request.kind === "text" && request.message === "How many" ? "3" : "secret"),
    });
    expect(ran.text).toBe("3!\n6\n");
    const { errors } = await run("Read-Host 'x'");
    expect(errors.map(String)).toEqual([expect.stringContaining("nobody to answer")]);
  });
});
