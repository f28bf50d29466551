import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, type Script } from "../../../repl/language/index.ts";

const SAMPLES = [
  `<#
.SYNOPSIS
  Clones machines.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
  [Parameter(Mandatory, Position = 0, ValueFromPipeline)][ValidateNotNullOrEmpty()][string[]]$Name,
  [ValidateSet('a', 'b')]$Kind = 'a', [switch]$Force
)
begin { $total = 0; $h = [ordered]@{ a = 1; 'b c' = @{ d = { $_ } } } }
process {
  :outer foreach ($n in $Name) {
    if ($n -like "web-*" -and -not $Force) { continue outer } elseif ($n -eq '') { break }
    $vm = Get-VM -Name $n -ErrorAction:SilentlyContinue 2>$null | Where-Object { $_.PowerState -eq 'PoweredOn' }
    $vm.ExtensionData.Config.Hardware.Device[0].Key += 4KB / 2
    Write-Host "VM $($vm.Name) has \${total} of $env:HOME \`n" -ForegroundColor Green; $i++
  }
}
end {
  switch -Regex ($total) { '^\\d+$' { 'n' } { $_ -gt 3 } { "x" } default { 'd' } }
  try { [math]::Round(1.5, 2) } catch [System.Exception], [Foo] { throw } finally { $x = $y ? 1..5 : $z ?? 7 }
}`,
  `$text = @"
line $x and $($y.z[1])
"@
$raw = @'
no $x
'@
function global:Get-It($a, [int]$b = 3) { return ,@($a, $b) }
$a, $b = (1, 2), @(3; 4)
do { $n-- } until ($n -le 0 -or !$ok)
for ($i = 0; $i -lt 10; $i++) { & $cmd @args; . ./lib.ps1 }
Get-VM | Sort-Object Name, @{ E = { $_.Size }; Descending = $true } |
  Select-Object -First 3 && Write-Output done || exit 1
$obj?.Name; \${x}?[0]; [System.Collections.Generic.List[string]]::new() -join ','`,
];

/** Every character belongs to exactly one token, in order. */
function covers(script: Script, text: string): boolean {
  let at = 0;
  for (const { start, end } of script.tokens) {
    if (start !== at || end <= start) return false;
    at = end;
  }
  return at === text.length;
}

describe("The parser", () => {
  test("reads whole scripts without complaint", () => {
    for (const sample of SAMPLES) expect(parse(sample).errors).toEqual([]);
  });

  test("gives a tree and covering tokens for every prefix of a script", () => {
    for (const sample of SAMPLES) {
      for (let end = 0; end <= sample.length; end += 1) {
        const text = sample.slice(0, end);
        expect(covers(parse(text), text), text).toBe(true);
      }
    }
  });

  test("gives a tree and covering tokens for every script with a piece cut out", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.nat(2000), fc.nat(30), (sample, at, length) => {
        const text = sample.slice(0, at % sample.length) + sample.slice((at % sample.length) + length);
        return covers(parse(text), text);
      }),
      { numRuns: 600 },
    );
  });

  test("takes any text", () => {
    const pieces = fc.constantFrom(
      "$",
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "@",
      "'",
      '"',
      "`",
      "|",
      "&",
      ";",
      "\n",
      ",",
      ".",
      ":",
      "-",
      "=",
      "#",
      "<#",
      "#>",
      " ",
      "if",
      "foreach",
      "function",
      "param",
      "switch",
      "-eq",
      "a",
      "1",
      "$x",
      "@(",
      "@{",
      "$(",
      '@"\n',
      "class A {",
      "try",
      "::",
      "..",
      "?.",
      "–",
      "“",
      "\u{1F600}",
      "\ud800",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
        ),
        (text) => covers(parse(text), text),
      ),
      { numRuns: 3000 },
    );
  });

  test.each([
    "if ($x) {",
    "Get-VM |",
    "1 +",
    "(1",
    "@(1",
    "@{ a = 1",
    '"abc',
    "'abc",
    "@'\nabc",
    "Get-VM `",
    "$x =",
    "try { 1 }",
    "do { 1 }",
    "foreach ($x in",
    "function f",
    "param(",
    "[int",
    "<# abc",
    "a &&",
    "1,",
    "$x.",
    "Get-VM -Name:",
    "[math]::",
    "if (1) { } else",
    "switch (1) {",
    '"a $(1',
  ])("knows that %j is unfinished rather than wrong", (text) => {
    expect(parse(text).incomplete).toBe(true);
  });

  test.each([
    ["1 +* 2", "ExpectedExpression", 3],
    ["Get-VM )", "UnexpectedToken", 7],
    ["}", "UnexpectedToken", 0],
    ["if 5 { }", "MissingOpenParenthesisAfterKeyword", 3],
    ["$x y", "UnexpectedToken", 3],
    ["Get-VM | 5", "ExpressionsMustBeFirstInPipeline", 9],
    ["5 = 3", "InvalidLeftHandSide", 0],
    ["a | | b", "EmptyPipeElement", 4],
    ["@x", "SplattingNotPermitted", 0],
    ["$x = = 5", "ExpectedExpression", 5],
    ['"$x: y"', "InvalidVariableReferenceWithDrive", 3],
    ["Get-VM ,", "MissingArgument", 7],
    ["a < b", "RedirectionNotSupported", 2],
  ])("says what is wrong with %j", (text, id, start) => {
    const { errors, incomplete } = parse(text);
    expect(errors[0]).toMatchObject({ id, start });
    expect(incomplete).toBe(false);
  });

  test("goes on after an error and finds the next one", () => {
    const { errors, ast } = parse("1 +* 2\n$ok = 1\nfoo )\n$fine = 2");
    expect(errors.map((error) => error.id)).toEqual(["ExpectedExpression", "UnexpectedToken"]);
    expect(ast.parts.end?.statements.length).toBeGreaterThanOrEqual(4);
  });

  test("refuses what is nested too deeply, in any construct, instead of running out of stack", () => {
    for (const [open, close] of [
      ["(", ")"],
      ["$(", ")"],
      ["@(", ")"],
      ["{", "}"],
      ["@{a=", "}"],
      ["if(1){", "}"],
      ["!", ""],
      ["[int]", ""],
      ["$x[", "]"],
      ["f(", ")"],
      ["$a = ", ""],
      ["$x ? 1 : ", ""],
      ['"$(', ')"'],
      ["switch(1){1{", "}}"],
      ["a.b(", ")"],
    ] as const) {
      const text = open.repeat(50_000) + close.repeat(50_000);
      const script = parse(text);
      expect(
        script.errors.map((error) => error.id),
        open,
      ).toContain("NestedTooDeeply");
      expect(covers(script, text), open).toBe(true);
    }
  });

  test("takes hundreds of levels", () => {
    expect(parse(`${"(".repeat(300)}1${")".repeat(300)}`).errors).toEqual([]);
  });

  test("names what each piece of the text is", () => {
    const text = 'Get-VM -Name web-* | % { $_.Name -eq "a $x" } # all';
    const kinds = parse(text)
      .tokens.filter((token) => token.kind !== "space")
      .map((token) => `${token.kind}:${text.slice(token.start, token.end)}`);
    expect(kinds).toEqual([
      "command:Get-VM",
      "parameter:-Name",
      "argument:web-*",
      "operator:|",
      "command:%",
      "punctuation:{",
      "variable:$_",
      "operator:.",
      "member:Name",
      "operator:-eq",
      'string:"a ',
      "variable:$x",
      'string:"',
      "punctuation:}",
      "comment:# all",
    ]);
  });

  test("keeps comment-based help with the function or script it belongs to", () => {
    const { ast } = parse(
      "<#\n.SYNOPSIS\nThe script.\n#>\nparam($x)\n# .SYNOPSIS\n# Adds.\nfunction add { 1 }\nfunction sub {\n  <# .DESCRIPTION\n Takes. #>\n 2 }",
    );
    expect(ast.help).toContain("The script.");
    const helps = ast.parts.end?.statements.map((statement) =>
      statement.kind === "Function" ? statement.body.help : undefined,
    );
    expect(helps?.[0]).toContain("Adds.");
    expect(helps?.[1]).toContain("Takes.");
  });
});
