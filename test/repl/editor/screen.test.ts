import fc from "fast-check";
import { expect, test } from "vitest";
import { layOut } from "../../../repl/editor/layout.ts";
import { Screen } from "../../../repl/editor/screen.ts";
import { Emulator } from "./emulator.ts";

const view = { prompt: "> ", more: ". ", styles: [], below: [], columns: 10 };
const rowsOf = (frame: ReturnType<typeof layOut>) => frame.rows.map(({ text }) => text);

test("a text longer than the terminal goes on in the next row", () => {
  const frame = layOut({ ...view, text: "abcdefghijkl", cursor: 12 });
  expect(rowsOf(frame)).toEqual(["> abcdefgh", "ijkl"]);
  expect([frame.row, frame.column]).toEqual([1, 4]);
});

test("a full row leaves the cursor at the start of the next", () => {
  const frame = layOut({ ...view, text: "abcdefgh", cursor: 8 });
  expect([frame.row, frame.column]).toEqual([1, 0]);
});

test("a wide character does not stand half in the next row", () => {
  const frame = layOut({ ...view, text: "abcdefg😀", cursor: 7 });
  expect(rowsOf(frame)).toEqual(["> abcdefg", "😀"]);
  expect([frame.row, frame.column]).toEqual([1, 0]);
});

test("lines after the first have their own prompt, control characters and tabs their signs", () => {
  const frame = layOut({ ...view, text: "a\tb\n\u001b[2J", cursor: 0 });
  expect(rowsOf(frame)).toEqual(["> a b", ". ␛[2J"]);
  expect([frame.row, frame.column]).toEqual([0, 2]);
});

test("styles are switched on and off around their part, and again after a row's end", () => {
  const styles = [{ from: 1, to: 10, sgr: "36" }];
  const frame = layOut({ ...view, text: "abcdefghijkl", cursor: 0, styles });
  expect(rowsOf(frame)).toEqual(["> a\u001b[36mbcdefgh\u001b[m", "\u001b[36mij\u001b[mkl"]);
});

test("the terminal shows the last text drawn, whatever was drawn before", () => {
  const character = fc.constantFrom("a", "b", " ", "\n", "é", "漢", "😀", "e\u0301", "\t");
  const text = fc.array(character, { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), fc.integer({ min: 4, max: 12 }), (texts, columns) => {
      const emulator = new Emulator(columns, 40);
      const screen = new Screen((out) => emulator.write(out));
      emulator.write("before\r\n".slice(0, columns + 2));
      const top = emulator.row;
      for (const one of texts) {
        const graphemes = [...new Intl.Segmenter().segment(one)];
        const cursor = graphemes[graphemes.length >> 1]?.index ?? 0;
        const frame = layOut({ ...view, columns, text: one, cursor });
        screen.draw(frame, { columns, rows: 40 });
        const shown = emulator.text.split("\n").slice(top).join("\n");
        expect(shown).toBe(
          frame.rows
            .map((row) => row.text.trimEnd())
            .join("\n")
            .trimEnd(),
        );
        expect([emulator.row - top, emulator.column]).toEqual([frame.row, frame.column]);
      }
      screen.finish(layOut({ ...view, columns, text: "end", cursor: 3 }), { columns, rows: 40 });
      expect(emulator.column).toBe(0);
      expect(emulator.text.endsWith("> end") || columns < 5).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("on a terminal too low for the text, the rows around the cursor are shown", () => {
  const emulator = new Emulator(10, 4);
  const screen = new Screen((out) => emulator.write(out));
  const text = Array.from({ length: 9 }, (_, line) => `l${line}`).join("\n");
  screen.draw(layOut({ ...view, text, cursor: text.length }), { columns: 10, rows: 4 });
  expect(emulator.text).toBe(". l5\n. l6\n. l7\n. l8");
  screen.draw(layOut({ ...view, text, cursor: 3 }), { columns: 10, rows: 4 });
  expect(emulator.text).toBe("> l0\n. l1\n. l2\n. l3");
  expect(emulator.row).toBe(1);
});

test("what is listed below stays below the text and goes away again", () => {
  const emulator = new Emulator(10, 10);
  const screen = new Screen((out) => emulator.write(out));
  screen.draw(layOut({ ...view, text: "ab", cursor: 1, below: ["one", "two"] }), { columns: 10, rows: 10 });
  expect([emulator.text, emulator.row, emulator.column]).toEqual(["> ab\none\ntwo", 0, 3]);
  screen.draw(layOut({ ...view, text: "abc", cursor: 3 }), { columns: 10, rows: 10 });
  expect(emulator.text).toBe("> abc");
});

test("after a change of width the text is found again where the terminal has moved it", () => {
  const text = "abcdefghijklmnopqrstuvwxyz";
  const drawn: string[] = [];
  const screen = new Screen((out) => drawn.push(out));
  screen.draw(layOut({ ...view, columns: 20, text, cursor: 26 }), { columns: 20, rows: 10 });
  for (const [columns, up] of [
    [10, "\u001b[2A"],
    [40, ""],
    [7, "\u001b[4A"],
  ] as const) {
    screen.resized(columns);
    screen.draw(layOut({ ...view, columns, text, cursor: 26 }), { columns, rows: 10 });
    expect(drawn.at(-1)?.startsWith(`\u001b[?25l\r${up}> `)).toBe(true);
  }
});
