import { expect, test } from "vitest";
import { Editor, type EditorOptions } from "../../../repl/editor/editor.ts";
import type { Completions } from "../../../repl/editor/menu.ts";
import { FakeTerminal } from "./fake-terminal.ts";

function completions(items: readonly string[], from: number, to: number, common = ""): Completions {
  return { from, to, common, items: items.map((text) => ({ text, label: text })) };
}

function begin(options: Partial<EditorOptions> = {}) {
  const terminal = new FakeTerminal();
  const editor = new Editor(terminal, {
    history: [],
    finished: (text) => !text.endsWith("{"),
    highlight: () => [],
    complete: () => completions([], 0, 0),
    ...options,
  });
  return { terminal, editor };
}

test("a line is typed, changed, and read", async () => {
  const { terminal, editor } = begin();
  const answer = editor.read("> ");
  await terminal.type("Get-M\u007fVM");
  expect(terminal.screen.text).toBe("> Get-VM");
  await terminal.type("\r");
  expect(await answer).toEqual({ kind: "line", text: "Get-VM" });
  expect([terminal.screen.row, terminal.screen.column]).toEqual([1, 0]);
});

test("an unfinished line goes on behind the continuation prompt", async () => {
  const { terminal, editor } = begin();
  const answer = editor.read("> ");
  await terminal.type("if (1) {\r2 }\r");
  expect(terminal.screen.text).toBe("> if (1) {\n>> 2 }");
  expect(await answer).toEqual({ kind: "line", text: "if (1) {\n2 }" });
});

test("what is typed ahead is kept for the next line", async () => {
  const { terminal, editor } = begin();
  const first = editor.read("> ");
  await terminal.type("one\rtwo\rthr");
  expect(await first).toEqual({ kind: "line", text: "one" });
  expect(await editor.read("> ")).toEqual({ kind: "line", text: "two" });
  const third = editor.read("> ");
  await terminal.type("ee\r");
  expect(await third).toEqual({ kind: "line", text: "three" });
});

test("Ctrl-C gives a line up, Ctrl-D leaves, and so does the end of the terminal", async () => {
  const { terminal, editor } = begin();
  const answers = [editor.read("> ")];
  await terminal.type("Get-\u0003");
  answers.push(editor.read("> "));
  await terminal.type("\u0003");
  answers.push(editor.read("> "));
  await terminal.type("\u0004");
  answers.push(editor.read("> "));
  terminal.listener?.end();
  expect(await Promise.all(answers)).toEqual([
    { kind: "interrupt", empty: false },
    { kind: "interrupt", empty: true },
    { kind: "leave" },
    { kind: "leave" },
  ]);
});

test("Tab puts the only completion in, what several have in common, and then lists them", async () => {
  const { terminal, editor } = begin({
    complete: (text) => {
      if (text === "Get-VMH") return completions(["Get-VMHost "], 0, 7);
      if (text === "Get") return completions(["Get-VM", "Get-VMHost"], 0, 3, "Get-VM");
      return completions(text === "Get-VM" ? ["Get-VM", "Get-VMHost"] : [], 0, 6);
    },
  });
  const answer = editor.read("> ");
  await terminal.type("Get\t");
  expect(terminal.screen.text).toBe("> Get-VM");
  await terminal.type("\t");
  expect(terminal.screen.text).toBe("> Get-VM\nGet-VM      Get-VMHost");
  await terminal.type("H");
  expect(terminal.screen.text).toBe("> Get-VMH");
  await terminal.type("\tx\t");
  expect(terminal.screen.text).toBe("> Get-VMHost x");
  expect(terminal.bells).toBe(1);
  await terminal.type("\r");
  expect(await answer).toEqual({ kind: "line", text: "Get-VMHost x" });
});

test("Tab and Shift-Tab walk through the list", async () => {
  const { terminal, editor } = begin({ complete: () => completions(["alpha", "beta", "gamma"], 0, 0) });
  void editor.read("> ");
  await terminal.type("\t\t");
  expect(terminal.screen.text).toBe("> alpha\n>alpha  beta   gamma");
  await terminal.type("\u001b[Z");
  expect(terminal.screen.text.split("\n")[0]).toBe("> gamma");
  await terminal.type("!");
  expect(terminal.screen.text).toBe("> gamma!");
});

test("keys wait while completion is busy, and Ctrl-C gives it up", async () => {
  let answer: (found: Completions) => void = () => {};
  const signals: AbortSignal[] = [];
  const complete = (_text: string, _cursor: number, signal: AbortSignal) => {
    signals.push(signal);
    return new Promise<Completions>((resolve) => {
      answer = resolve;
    });
  };
  const { terminal, editor } = begin({ complete });
  void editor.read("> ");
  await terminal.type("Get\t -Name");
  expect(terminal.screen.text).toBe("> Get");
  answer(completions(["Get-VM"], 0, 3));
  await terminal.settled();
  expect(terminal.screen.text).toBe("> Get-VM -Name");
  await terminal.type("\tx\u0003");
  expect(terminal.screen.text).toBe("> Get-VM -Namex");
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test("a completer that throws has found nothing", async () => {
  const { terminal, editor } = begin({
    complete: () => {
      throw new Error("no");
    },
  });
  void editor.read("> ");
  await terminal.type("a\tb");
  expect([terminal.screen.text, terminal.bells]).toEqual(["> ab", 1]);
});

test("Ctrl-L clears, Ctrl-Z stops the program and the line is there again afterwards", async () => {
  const { terminal, editor } = begin();
  void editor.read("> ");
  await terminal.type("abc\u000c");
  expect([terminal.screen.text, terminal.screen.row]).toEqual(["> abc", 0]);
  await terminal.type("\u001a");
  expect(terminal.suspended).toBe(1);
  terminal.write("stopped\r\n");
  terminal.listener?.resume();
  await terminal.settled();
  expect(terminal.screen.text).toBe("> abc\nstopped\n> abc");
});

test("a long list is cut to the screen and the rest is counted", async () => {
  const names = Array.from({ length: 100 }, (_, index) => `desk-${String(index).padStart(4, "0")}`);
  const { terminal, editor } = begin({ complete: () => completions(names, 0, 0) });
  void editor.read("> ");
  await terminal.type("\t");
  const lines = terminal.screen.text.split("\n");
  expect(lines.length).toBeLessThan(10);
  expect(lines.at(-1)).toMatch(/^\.\.\. and \d+ more$/);
});
