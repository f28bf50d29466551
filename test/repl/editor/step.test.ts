import fc from "fast-check";
import { expect, test } from "vitest";
import { bindings } from "../../../repl/editor/bindings.ts";
import { Typist } from "./typing.ts";

const open = (text: string) => (text.match(/\{/g) ?? []).length <= (text.match(/\}/g) ?? []).length;

test.each([
  ["Get-VM<ctrl-a>x", "x|Get-VM"],
  ["ab<left>x", "ax|b"],
  ["ab<home><delete>", "|b"],
  ["one two_2 three<alt-b><alt-b>", "one |two_2 three"],
  ["one two<ctrl-a><alt-f>", "one| two"],
  ["a👨‍👩‍👧b<left><left>", "a|👨‍👩‍👧b"],
  ["a👨‍👩‍👧<backspace>", "a|"],
  ["e\u0301x<left><left>", "|e\u0301x"],
  ["abcd<left><left><ctrl-t>", "acb|d"],
  ["ab<ctrl-t>", "ba|"],
  ["<backspace><delete><left><right><alt-b><alt-f><ctrl-k><ctrl-u><ctrl-w><ctrl-t><ctrl-y><alt-y>", "|"],
])("moving and deleting: %j leaves %j", (keys, line) => {
  expect(new Typist().type(keys).line).toBe(line);
});

test.each([
  ["Get-VM web-01<ctrl-w>", "Get-VM |"],
  ["Get-VM web-01<ctrl-w><ctrl-w><ctrl-y>", "Get-VM web-01|"],
  ["Get-VM web-01<ctrl-a><alt-d><alt-d><ctrl-y>", "Get-VM| web-01"],
  ["one two<ctrl-w><ctrl-a><ctrl-k><ctrl-y><alt-y>", "two|"],
  ["abc<ctrl-u>x<ctrl-y>", "xabc|"],
])("cut and paste: %j leaves %j", (keys, line) => {
  expect(new Typist().type(keys).line).toBe(line);
});

test("undo takes back words and edits, not characters", () => {
  const typist = new Typist().type("Get-VM web<ctrl-w><ctrl-_>");
  expect(typist.line).toBe("Get-VM web|");
  expect(typist.type("<ctrl-_>").line).toBe("Get-VM|");
  expect(typist.type("<ctrl-_>").line).toBe("|");
  expect(typist.type("<ctrl-_>").effect).toBe("bell");
});

test("Enter runs what is finished and goes on with what is not", () => {
  const typist = new Typist([], open).type("if ($a) {\n1");
  expect(typist.line).toBe("if ($a) {\n1|");
  expect(typist.type("\n}\n").effect).toBe("submit");
  expect(typist.state.line.text).toBe("if ($a) {\n1\n}");
});

test("Up and Down move between the lines of a text before they move in the history", () => {
  const typist = new Typist(["old"], open).type("{\nabc\nd<up>");
  expect(typist.line).toBe("{\na|bc\nd");
  expect(typist.type("<up>").line).toBe("{|\nabc\nd");
  expect(typist.type("<up>").line).toBe("old|");
  expect(typist.type("<down>").line).toBe("{\nabc\nd|");
});

test("an entry of the history can be changed, and what was typed is there on the way back", () => {
  const typist = new Typist(["one", "two"]).type("new<up><up>!<down><down>");
  expect(typist.line).toBe("new|");
  expect(typist.type("<up><up>").line).toBe("one!|");
  expect(typist.rules.history).toEqual(["one", "two"]);
});

test("Ctrl-R finds the newest entry that holds what is typed, then older ones", () => {
  const typist = new Typist(["Get-VM a", "Get-VMHost", "get-vm b"]).type("x<ctrl-r>VM");
  expect(typist.line).toBe("get-|vm b");
  expect(typist.type("<ctrl-r><ctrl-r>").state.line.text).toBe("Get-VM a");
  expect(typist.type("<ctrl-r>").state.search?.found).toBe(false);
  expect(typist.type("<ctrl-a>!").line).toBe("!|Get-VM a");
});

test("Ctrl-G and Ctrl-C give a search up and bring the line back", () => {
  for (const key of ["<ctrl-g>", "<ctrl-c>"]) {
    const typist = new Typist(["Get-VM"]).type(`mine<ctrl-r>get${key}`);
    expect(typist.line).toBe("mine|");
    expect(typist.effect).toBe("none");
  }
});

test("Enter in a search runs what was found", () => {
  const typist = new Typist(["Get-VM", "x"]).type("<ctrl-r>Get\n");
  expect([typist.effect, typist.state.line.text]).toEqual(["submit", "Get-VM"]);
});

test("a paste is text: its lines do not run and its tabs do not complete", () => {
  const typist = new Typist().type("a<paste-start>1\t2\n3\n<paste-end>");
  expect(typist.line).toBe("a1\t2\n3|");
  expect(typist.effect).toBe("none");
});

test("Ctrl-D deletes, and leaves from an empty line", () => {
  expect(new Typist().type("ab<ctrl-a><ctrl-d>").line).toBe("|b");
  expect(new Typist().type("<ctrl-d>").effect).toBe("leave");
});

test("whatever keys come, the cursor stays between characters and history is untouched", () => {
  const names = [...Object.keys(bindings), "paste-start", "paste-end", "escape", "unknown", "ctrl-g"];
  const key = fc.oneof(
    fc.constantFrom(...names).map((name) => ({ name, text: "" })),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }).map((text) => ({ name: "text", text })),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
      const typist = new Typist(["Get-VM", "if (1) {\n  2\n}"], open);
      for (const one of keys) typist.press(one);
      const { text, cursor } = typist.state.line;
      expect(cursor).toBeGreaterThanOrEqual(0);
      expect(cursor).toBeLessThanOrEqual(text.length);
      const split = /^[\udc00-\udfff]/.test(text.slice(cursor)) && /[\ud800-\udbff]$/.test(text.slice(0, cursor));
      expect(split).toBe(false);
    }),
    { numRuns: 500 },
  );
});
