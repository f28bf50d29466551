import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCsv } from "../../../repl/commands/csv/parse.ts";
import { csvLine } from "../../../repl/commands/csv/write.ts";

const field = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("", " ", '"', "a,b", "x\r\ny", "\n", " pad "),
);

describe("CSV text", () => {
  test("every field is quoted, quotes are doubled and null stays empty", () => {
    expect(csvLine(["a", 'say "hi"', null, ""], ["A", "B", "C", "D"], { delimiter: ",", quoting: "Always" })).toBe(
      '"a","say ""hi""",,""',
    );
  });
  test("quotes only where needed when asked", () => {
    expect(csvLine(["a", "b;c", "d"], ["A", "B", "C"], { delimiter: ";", quoting: "AsNeeded" })).toBe('a;"b;c";d');
    expect(csvLine(["a", "b"], ["A", "B"], { delimiter: ",", quoting: "Never" })).toBe("a,b");
    const quoteFields = new Set(["b"]);
    expect(csvLine(["a", "b"], ["A", "B"], { delimiter: ",", quoting: "Always", quoteFields })).toBe('a,"b"');
  });
  test("reads blanks around fields, text behind quotes and quotes inside text as spreadsheets do", () => {
    expect([...parseCsv('  a ,"b" x, c"d" ,"e\n""f"\r\n1,,3,\n')]).toEqual([
      ["a", "b x", 'c"d"', 'e\n"f'],
      ["1", "", "3", ""],
    ]);
  });
  test("reads past a byte order mark, and a quote that is never closed to the end", () => {
    expect([...parseCsv('\ufeffa,b\n1,"2\n3')]).toEqual([
      ["a", "b"],
      ["1", "2\n3"],
    ]);
  });
  test("what is written reads back the same, whatever the text, delimiter and quoting", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("Always" as const, "AsNeeded" as const),
        (records, delimiter, quoting) => {
          const text = records.map((record) => `${csvLine(record, [], { delimiter, quoting })}\n`).join("");
          expect([...parseCsv(text, delimiter)]).toEqual(records);
        },
      ),
    );
  });
});
