import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { run, session } from "./support.ts";

/** Presses Ctrl-C after a while; how long the run went on after that, in milliseconds. */
async function interrupted(script: string): Promise<{ readonly exitCode: number; readonly after: number }> {
  const control = new AbortController();
  let pressed = 0;
  setTimeout(() => {
    pressed = performance.now();
    control.abort();
  }, 60);
  const { exitCode } = await session().run(script, { signal: control.signal });
  return { exitCode, after: performance.now() - pressed };
}

describe("Ctrl-C", () => {
  test.each([
    ["an endless while loop", "while ($true) { }"],
    ["an endless for loop with a body", "for (;;) { $x = $x + 1; if ($x -lt 0) { 'never' } }"],
    ["an endless do loop that puts something out", "do { 1 } while ($true)"],
    ["a gigantic range in a pipeline", "1..1000000000 | ForEach-Object { $_ } | Out-Null"],
    ["a gigantic foreach", "foreach ($i in 1..1000000000) { $i * 2 | Out-Null }"],
    ["calls that never end", "function f { 1 | Out-Null }; while ($true) { f }"],
    ["a sleep", "Start-Sleep 60000"],
    ["loops that are waiting again and again", "while ($true) { Start-Sleep 1 }"],
    ["a loop inside an expression", "$x = $(while ($true) { 1 })"],
    ["a loop that catches everything", "while ($true) { try { throw 'x' } catch { } }"],
  ])("ends %s", async (_what, script) => {
    const { exitCode, after } = await interrupted(script);
    expect(exitCode).toBe(130);
    expect(after).toBeLessThan(5000);
  });

  test("keeps an interrupted script from going on when what it waited for ends at last", async () => {
    const shell = session();
    const control = new AbortController();
    setTimeout(() => control.abort(), 20);
    const { exitCode } = await shell.run("Start-Sleep 200; $global:late = 'yes'", { signal: control.signal });
    expect(exitCode).toBe(130);
    await delay(250);
    expect((await shell.run("$null -eq $late")).text).toBe("True");
  });

  test("lets commands in a finally block do their work", async () => {
    const shell = session();
    const control = new AbortController();
    setTimeout(() => control.abort(), 20);
    await shell.run("try { while ($true) { } } finally { Start-Sleep 5; $global:cleaned = 'yes' }", {
      signal: control.signal,
    });
    expect((await shell.run("$cleaned")).text).toBe("yes");
  });

  test("runs finally blocks, and the session goes on", async () => {
    const shell = session();
    const control = new AbortController();
    setTimeout(() => control.abort(), 30);
    await shell.run("try { while ($true) { } } finally { $global:cleaned = 'yes' }", { signal: control.signal });
    expect((await shell.run("$cleaned")).text).toBe("yes");
  });

  test("gives timers a turn while a loop runs", async () => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
    }, 5);
    await run("for ($i = 0; $i -lt 3000000; $i++) { }");
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });
});

describe("Errors in pipelines", () => {
  test("in a block end that object's turn only", async () => {
    const { text, errors } = await run("3,0,1 | ForEach-Object { 6 / $_ }; 3,0,1 | Where-Object { 6 / $_ }");
    expect(text).toBe("2|6|3|1");
    expect(errors).toHaveLength(2);
  });

  test("are not blamed on the commands before them", async () => {
    const { errors } = await run("1 | Write-Output | ForEach-Object { throw 'here' }");
    expect(errors[0]?.command).toBeUndefined();
    expect(errors[0]?.position?.text).toBe("throw 'here'");
  });

  test("thrown by a function's $PSCmdlet end the function, not its caller", async () => {
    const script =
      "function f { [CmdletBinding()]param() $PSCmdlet.ThrowTerminatingError([Exception]'te'); 'never' }; f; 'next'";
    const { text, errors } = await run(script);
    expect(text).toBe("next");
    expect(errors.map((error) => error.message)).toEqual(["te"]);
  });
});

describe("Streaming", () => {
  test("a range flows as it is counted and stops when nobody wants more", async () => {
    expect((await run("1..1000000000 | Select-Object -First 3")).text).toBe("1|2|3");
  });

  test("a stage that has enough ends the ones before it and lets the ones after it finish", async () => {
    const script =
      "1..1000000000 | ForEach-Object { $_ * 2 } | Select-Object -First 2 | ForEach-Object { \"<$_>\" }; 'after'";
    expect((await run(script)).text).toBe("<2>|<4>|after");
  });

  test("a foreach over a range leaves with break", async () => {
    expect((await run("foreach ($i in 1..1000000000) { if ($i -gt 3) { break }; $i }")).text).toBe("1|2|3");
  });

  test("a range too large for an array is an error, not a crash", async () => {
    const { errors } = await run("$x = 1..1000000000");
    expect(errors[0]?.message).toContain("too large for an array");
  });

  test("objects keep their order through stages that wait", async () => {
    const script = '1..5 | ForEach-Object { if ($_ % 2) { Start-Sleep 2 }; $_ } | ForEach-Object { "a$_" }';
    expect((await run(script)).text).toBe("a1|a2|a3|a4|a5");
  });

  test("functions whose process blocks wait keep it too", async () => {
    const script =
      "function f { process { Start-Sleep 1; $_ } end { Start-Sleep 1; 'end' } }; 1..3 | f | f | ForEach-Object { \"<$_>\" }";
    expect((await run(script)).text).toBe("<1>|<2>|<3>|<end>|<end>");
  });

  test("each object goes all the way before the next one starts", async () => {
    const script = '1..2 | ForEach-Object { "in $_" | Write-Output; $_ } | ForEach-Object { "out $_" }';
    expect((await run(script)).text).toBe("out in 1|out 1|out in 2|out 2");
  });

  test("a stage that waits in the middle of a loop and a try keeps everything in place", async () => {
    const script = `
      foreach ($i in 1..3) {
        try { Start-Sleep 1; if ($i -eq 2) { throw "at $i" }; "ok $i" }
        catch { Start-Sleep 1; "caught $_" }
        finally { Start-Sleep 1; "done $i" }
      }`;
    expect((await run(script)).text).toBe("ok 1|done 1|caught at 2|done 2|ok 3|done 3");
  });

  test("values of statements that wait are collected", async () => {
    expect((await run("$x = foreach ($i in 1..3) { Start-Sleep 1; $i }; $x -join ','")).text).toBe("1,2,3");
    expect((await run('"a $(Start-Sleep 1; 5) b"')).text).toBe("a 5 b");
    expect((await run("@{ k = $(Start-Sleep 1; 7) }.k")).text).toBe("7");
    expect((await run("if ($(Start-Sleep 1; 1)) { 'yes' }")).text).toBe("yes");
  });
});

describe("Runaway scripts", () => {
  test("recursion without end is a PowerShell error", async () => {
    const { errors, exitCode } = await run("function f { f }; f; 'after'");
    expect(errors.map((error) => error.message)).toEqual(["The script failed due to call depth overflow."]);
    expect(exitCode).toBe(1);
  });

  test("recursion through script blocks is one too, and ends the script at once", async () => {
    const { errors } = await run("$b = { 1 | ForEach-Object $b; 1 | ForEach-Object $b }; & $b; 'after'");
    expect(errors.map((error) => error.message)).toEqual(["The script failed due to call depth overflow."]);
  });

  test("recursion that ends may be a thousand calls deep", async () => {
    expect((await run("function f($n) { if ($n -eq 0) { 'bottom' } else { f ($n - 1) } }; f 1000")).text).toBe(
      "bottom",
    );
  });

  test("ten thousand operators in a row are no problem", async () => {
    expect((await run(`${"1 + ".repeat(10_000)}1`)).text).toBe("10001");
    expect((await run(`('a' ${"+ 'b' ".repeat(5000)}).Length`)).text).toBe("5001");
  });

  test("a text that grows beyond all bounds is an error", async () => {
    const { errors } = await run("$x = 'x' * 400000000; $x = $x * 10");
    expect(errors[0]?.message).toContain("too large");
  });

  test("a failure inside a command never shows a JavaScript stack", async () => {
    const { errors } = await run("Test-Failure");
    expect(errors[0]?.message).toBe("broken inside");
    expect(errors[0]?.position?.text).toBe("Test-Failure");
  });
});

describe("A session", () => {
  test("keeps variables and functions from one run to the next", async () => {
    const shell = session();
    await shell.run("$x = 4; function twice($n) { $n * 2 }");
    expect((await shell.run("twice $x")).text).toBe("8");
  });

  test("says how a run ended", async () => {
    expect((await run("1")).exitCode).toBe(0);
    expect((await run("throw 'x'")).exitCode).toBe(1);
    expect((await run("Write-Error 'x'")).exitCode).toBe(1);
    expect((await run("Write-Error 'x'; 1")).exitCode).toBe(0);
    expect(await run("exit 7")).toMatchObject({ exitCode: 7, exited: true });
    expect((await run("if (")).exitCode).toBe(2);
    expect((await run("break")).exitCode).toBe(0);
  });

  test("binds a script's arguments as the command line gives them", async () => {
    const script = 'param([string]$Name, [int]$Count = 1, [switch]$Force) "$Name $Count $Force"';
    const shell = session();
    expect((await shell.run(script, { args: ["web", "-Count", "3", "-Force"] })).text).toBe("web 3 True");
    expect((await shell.run(script, { args: ["-Force:$false", "-Name:x"] })).text).toBe("x 1 False");
    expect((await shell.run("$args -join ','", { args: ["a", "b"] })).text).toBe("a,b");
  });

  test("tells where an error stands", async () => {
    const { errors } = await run("$a = 1\nif ($a) {\n  1 / 0\n}");
    expect(errors[0]?.position).toMatchObject({ line: 3, column: 3, text: "1 / 0" });
  });

  test("asks for mandatory parameters when there is somebody to ask", async () => {
    const shell = session({ answers: ["here"] });
    expect((await shell.run("Set-Place")).text).toBe("ByPath here -");
  });

  test("asks before a change with -Confirm", async () => {
    expect((await session({ answers: ["2"] }).run("Get-Thing x -Confirm")).text).toBe("");
    expect((await session({ answers: ["0"] }).run("Get-Thing x -Confirm")).text).toBe("Name=x");
    expect((await session({ answers: ["1"] }).run("'a','b' | ForEach-Object { Get-Thing $_ -Confirm }")).text).toBe(
      "Name=a|Name=b",
    );
  });

  test("says what -WhatIf would have done", async () => {
    const { host, text } = await run("Get-Thing x -WhatIf");
    expect(text).toBe("");
    expect(host).toBe('What if: Performing the operation "Get-Thing" on target "thing".\n');
  });

  test("reads and writes its own environment only", async () => {
    const shell = session();
    expect((await shell.run("$env:Colour; $env:COLOUR; $env:New = 'n'; $env:New; $env:None")).text).toBe(
      "red|red|n|<null>",
    );
    expect(process.env.New).toBeUndefined();
  });

  test("waits for an output that is slow", async () => {
    const shell = session();
    const seen: string[] = [];
    await shell.interpreter.run("1..3; 'end'", {
      async onOutput(value) {
        await delay(1);
        seen.push(String(value));
      },
    });
    expect(seen).toEqual(["1", "2", "3", "end"]);
  });
});
