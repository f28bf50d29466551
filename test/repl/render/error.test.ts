import { describe, expect, test } from "vitest";
import { ErrorRecord, Position, Source } from "../../../repl/language/index.ts";
import { coloursFor, painter, plainColours } from "../../../repl/render/colour.ts";
import { errorLines } from "../../../repl/render/error.ts";
import { messageLines } from "../../../repl/render/message.ts";

function at(text: string, fragment: string, file?: string): Position {
  const start = text.indexOf(fragment);
  return new Position(new Source(text, file), { start, end: start + fragment.length });
}

describe("an error on the terminal", () => {
  test("of a script shows file, line, the line's text and a caret below the place", () => {
    const position = at("$a = 1\n  Get-VM nothere | Out-Null\n", "Get-VM nothere", "report.ps1");
    const record = ErrorRecord.of("VM with name 'nothere' was not found.", { command: "Get-VM", position });
    expect(errorLines(record, plainColours)).toEqual([
      "Get-VM: report.ps1:2",
      "Line |",
      "   2 |  Get-VM nothere | Out-Null",
      "     |  ^~~~~~~~~~~~~~",
      "     | VM with name 'nothere' was not found.",
    ]);
  });
  test("of a single typed line is one line", () => {
    const record = ErrorRecord.of("It failed.", { command: "Start-VM", position: at("Start-VM x", "Start-VM") });
    expect(errorLines(record, plainColours)).toEqual(["Start-VM: It failed."]);
  });
  test("of syntax points at the place even in a single line", () => {
    const record = ErrorRecord.of("Missing closing ')'.", { category: "ParserError", position: at("(1 + 2", "(") });
    expect(errorLines(record, plainColours).slice(2, 4)).toEqual(["   1 |  (1 + 2", "     |  ^"]);
  });
  test("counts wide characters and tabs in the columns of the caret", () => {
    const record = ErrorRecord.of("No.", { position: at("'日本'\t+ $x\n", "$x", "a.ps1") });
    expect(errorLines(record, plainColours).slice(2, 4)).toEqual(["   1 |  '日本'  + $x", "     |            ^~"]);
  });
  test("cuts a long line around the place", () => {
    const text = `${"x".repeat(300)} bad ${"y".repeat(300)}`;
    const lines = errorLines(ErrorRecord.of("No.", { position: at(text, "bad", "a.ps1") }), plainColours, 80);
    expect(lines[2]).toMatch(/…x+ bad y+…$/);
    expect(lines.every((line) => line.length <= 80)).toBe(true);
    expect(lines[3]?.indexOf("^")).toBe(lines[2]?.indexOf("bad"));
  });
  test("shows no control character of names, messages or script lines", () => {
    const position = at("Get-VM '\u001b[2J'\n\n", "Get-VM", "\u001b]0;title\u0007.ps1");
    const record = ErrorRecord.of("No VM '\u001b[31m'\nhere.", { command: "Get-VM", position });
    expect(errorLines(record, plainColours).join("")).not.toMatch(/\p{Cc}/u);
  });
});

describe("messages and colours", () => {
  test("a warning is marked, on each of its lines in yellow where there are colours", () => {
    const colours = coloursFor({ getColorDepth: () => 8 }, {});
    expect(messageLines("warning", "full\nsoon", plainColours)).toEqual(["WARNING: full", "soon"]);
    expect(messageLines("verbose", "x", colours)).toEqual(["\u001b[33mVERBOSE: x\u001b[39m"]);
  });
  test("there are no colours in a pipe, on a terminal without them, or with NO_COLOR", () => {
    for (const [stream, environment] of [
      [{}, {}],
      [{ getColorDepth: () => 1 }, {}],
      [{ getColorDepth: () => 24 }, { NO_COLOR: "1" }],
    ] as const) {
      expect(coloursFor(stream, environment).red("x")).toBe("x");
    }
  });
  test("Write-Host's colours go by name in any case, and unknown names change nothing", () => {
    const colours = coloursFor({ getColorDepth: () => 8 }, {});
    expect(painter(colours, "DARKRED")("x")).toBe("\u001b[31mx\u001b[39m");
    expect(painter(colours, "constructor", "__proto__")("x")).toBe("x");
  });
});
