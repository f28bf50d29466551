import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeName, unescapeName, wantedName } from "../../../../sdk/host/state/name.ts";
import { faultOf } from "../caller.ts";

describe("names", () => {
  it.each([
    ["a/b", "a%2fb"],
    ["a\\b", "a%5cb"],
    ["100%", "100%25"],
    ["%2f", "%252f"],
    ["'\"`$", "'\"`$"],
    ["\u0000\t\n\u001b[31m\u009b", "\u0000\t\n\u001b[31m\u009b"],
    ["🖥️ 1", "🖥️ 1"],
    ["\ud800", "\ud800"],
  ])("%o is shown as %o", (kept, shown) => {
    expect(escapeName(kept)).toBe(shown);
    expect(wantedName(shown)).toBe(kept);
  });

  it("may be asked for escaped or, where nothing can be mistaken, as they are", () => {
    expect(["a/b", "a%2fb", "a%2Fb"].map(wantedName)).toEqual(["a/b", "a/b", "a/b"]);
    expect(["100%", "100%25", "%zz", "%"].map(wantedName)).toEqual(["100%", "100%", "%zz", "%"]);
  });

  it("come back as they were kept, whatever they are", () => {
    const unit = fc.constantFrom("%", "/", "\\", "2", "5", "f", "F", "c", "C", "a", "é", "🖥", "\ud800", "\u0000", " ");
    fc.assert(fc.property(fc.string({ unit }), (name) => unescapeName(escapeName(name)) === name));
  });

  it.each(["", " ", "\t\n", "\u00a0"])("must not be blank: %o", (name) => {
    expect(faultOf(() => wantedName(name))).toMatchObject({ _typeName: "InvalidName", name });
  });

  it("have 80 characters at most, each counted once", () => {
    expect(wantedName("🖥".repeat(80))).toHaveLength(160);
    expect(wantedName("%2f".repeat(80))).toBe("/".repeat(80));
    const made = faultOf(() => wantedName("x".repeat(100_000)));
    expect(made._typeName).toBe("InvalidName");
    expect(made.message).toContain("100000 characters");
    expect(made.message.length).toBeLessThan(400);
  });
});
