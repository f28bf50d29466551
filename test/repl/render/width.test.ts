import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { visible, visibleLines, visibleText } from "../../../repl/render/safe.ts";
import { cut, head, pad, tail, width, wrap } from "../../../repl/render/width.ts";

const controls = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
const anyText = fc.string({ unit: "binary", maxLength: 60 });

describe("text of data on a terminal", () => {
  test("an escape sequence, a line break and a bell in a name become visible signs", () => {
    expect(visible("web\u001b[2J\n01\u0007")).toBe("web␛[2J␊01␇");
  });
  test("a C1 control, DEL, bidi overrides and zero width spaces are named by their code", () => {
    expect(visible("a\u009bb\u007fc\u202ed\u200be")).toBe("a\\u{9b}b␡c\\u{202e}d\\u{200b}e");
  });
  test("emoji with joiners and variation selectors, combining marks and other scripts are left alone", () => {
    for (const text of ["👩‍💻", "❤️", "e\u0301", "日本語", "नमस्ते", "🏴\u{e0067}\u{e0062}\u{e007f}"]) {
      expect(visible(text)).toBe(text);
    }
  });
  test("half of a surrogate pair becomes the replacement character", () => {
    expect(visible("a\ud800b")).toBe("a\ufffdb");
  });
  test("a string that a script prints keeps its lines and tabs and nothing else", () => {
    expect(visibleLines("one\r\ntwo\tx\n\rthree")).toEqual(["one", "two\tx", "␍three"]);
    expect(visibleText("a\nb\u001b")).toBe("a\nb␛");
  });
  test("no control character of any text remains", () => {
    fc.assert(fc.property(anyText, (text) => !controls.test(visible(text))));
  });
});

describe("widths", () => {
  test("wide characters count two columns and combining marks none", () => {
    expect(width("日本")).toBe(4);
    expect(width("e\u0301")).toBe(1);
    expect(width("👩‍💻")).toBe(2);
  });
  test("are those of string-width for every character, on the short way too", () => {
    for (let code = 0x20; code < 0x2400; code++) {
      const character = String.fromCodePoint(code);
      if (visible(character) === character) expect([code, width(character)]).toEqual([code, stringWidth(character)]);
    }
  });
  test("a cut never exceeds the columns and never splits a character", () => {
    expect(cut("desktop-0001", 8)).toBe("desktop…");
    expect(cut("日本語版", 6)).toBe("日本…");
    expect(cut("👩‍💻👩‍💻👩‍💻", 5)).toBe("👩‍💻👩‍💻…");
    fc.assert(fc.property(anyText, fc.nat(40), (text, columns) => width(cut(visible(text), columns)) <= columns));
  });
  test("right-aligned text keeps its end", () => {
    expect(cut("1234567", 5, "right")).toBe("…4567");
    expect(tail("abc", 0)).toBe("");
    expect(head("日本", 3)).toBe("日");
    expect(tail("日本", 3)).toBe("本");
  });
  test("padding fills to the width on either side", () => {
    expect(pad("日", 4)).toBe("日  ");
    expect(pad("7", 3, "right")).toBe("  7");
    expect(pad("7", 4, "center")).toBe(" 7  ");
  });
  test("wrapping breaks at spaces, inside a long word only if it must, and loses nothing but spaces", () => {
    expect(wrap("the quick brown fox", 10)).toEqual(["the quick", "brown fox"]);
    expect(wrap("abcdefghij kl", 4)).toEqual(["abcd", "efgh", "ij", "kl"]);
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 20 }), (raw, columns) => {
        const text = visible(raw);
        const lines = wrap(text, columns);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        const alone = (line: string) => [...new Intl.Segmenter().segment(line)].length === 1;
        for (const line of lines) expect(width(line) <= columns || alone(line)).toBe(true);
      }),
    );
  });
});
