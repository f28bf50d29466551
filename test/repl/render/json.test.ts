import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../../repl/commands/json/parse.ts";
import {
  DateTime,
  Decimal,
  Double,
  Hashtable,
  type Members,
  PSObject,
  ScriptError,
  type Value,
} from "../../../repl/language/index.ts";
import { toJson } from "../../../repl/render/json/from-value.ts";
import { JsonWriter } from "../../../repl/render/json/json-writer.ts";
import { jsonText } from "../../../repl/render/json/write.ts";
import { TextSink } from "../../../repl/render/sink.ts";

async function json(value: Value, depth = 2): Promise<string> {
  return jsonText(await toJson(value, { depth }), { compress: true });
}

describe("values as JSON", () => {
  test("numbers keep their type, text its characters, dates their clock", async () => {
    expect(await json([1, 2.5, new Double(3), 10n, Decimal.of(150n, 2), true, null])).toBe(
      "[1,2.5,3.0,10,1.50,true,null]",
    );
    expect(await json('ü"\\\n\u009b')).toBe('"ü\\"\\\\\\n\\u009b"');
    expect(await json(new DateTime(Date.UTC(2024, 1, 29, 1, 2, 3, 500), "Utc"))).toBe('"2024-02-29T01:02:03.5Z"');
    expect(await json(new DateTime(Date.UTC(2024, 1, 29)))).toBe('"2024-02-29T00:00:00"');
  });
  test("objects and hashtables keep the order of their properties, also of those named by numbers", async () => {
    expect(
      await json(
        PSObject.of({
          b: 1,
          a: Hashtable.from([
            ["10", "x"],
            ["2", "y"],
          ]),
        }),
      ),
    ).toBe('{"b":1,"a":{"10":"x","2":"y"}}');
  });
  test("what is deeper than asked for becomes text", async () => {
    const deep = PSObject.of({ a: PSObject.of({ b: PSObject.of({ c: 1 }) }) });
    expect(await json(deep, 1)).toBe('{"a":{"b":"@{c=1}"}}');
    const loop = new Hashtable();
    loop.set("self", loop);
    expect(await json(loop, 1)).toBe('{"self":{"self":"System.Collections.Hashtable"}}');
  });
  test("an inventory object inside another is its name", async () => {
    const host: Members = {
      typeNames: ["VMHost", "VIObject"],
      member: () => undefined,
      memberNames: () => [],
      asText: () => "esx-01",
    };
    expect(await json(PSObject.of({ Name: "web-01", VMHost: host }))).toBe('{"Name":"web-01","VMHost":"esx-01"}');
  });
  test("is written over several lines with two spaces a level", async () => {
    const node = await toJson(PSObject.of({ a: [1, 2], b: [], c: new PSObject() }), { depth: 2 });
    expect(jsonText(node)).toBe('{\n  "a": [\n    1,\n    2\n  ],\n  "b": [],\n  "c": {}\n}');
  });
});

describe("--json", () => {
  async function written(values: readonly Value[]): Promise<string> {
    const sink = new TextSink();
    const writer = new JsonWriter(sink);
    for (const value of values) void writer.write(value);
    await writer.end();
    await writer.end();
    return sink.take();
  }
  test("is one array of the output objects in their order", async () => {
    const slow: Members = {
      typeNames: ["Slow"],
      member: () => ({ name: "Name", kind: "Property", get: () => Promise.resolve("first") }),
      memberNames: () => ["Name"],
    };
    expect(JSON.parse(await written([slow, 2, null, "three"]))).toEqual([{ Name: "first" }, 2, "three"]);
  });
  test("is an empty array when there was no output", async () => {
    expect(await written([])).toBe("[]\n");
  });
});

describe("JSON as values", () => {
  const options = { asHashtable: false, depth: 100 };
  test("integers are long, other numbers double, dates dates, and order is kept", () => {
    const parsed = parseJson(
      '{"10": 1, "a": 1.0, "d": "2024-02-29T01:02:03Z", /* c */ "l": [true, null] // end\n}',
      options,
    );
    expect(parsed).toBeInstanceOf(PSObject);
    if (!(parsed instanceof PSObject)) return;
    expect(parsed.memberNames()).toEqual(["10", "a", "d", "l"]);
    expect(parsed.get("10")).toBe(1n);
    expect(parsed.get("a")).toEqual(new Double(1));
    expect(parsed.get("d")).toEqual(new DateTime(Date.UTC(2024, 1, 29, 1, 2, 3), "Utc"));
    expect(parsed.get("l")).toEqual([true, null]);
  });
  test("an error names the line and column", () => {
    expect(() => parseJson('{\n  "a": tru\n}', options)).toThrow(/'t' is not expected \(line 2, column 8\)/);
    expect(() => parseJson("[1, 2", options)).toThrow(/ends too early/);
    expect(() => parseJson("[[[1]]]", { ...options, depth: 1 })).toThrow(/deeper than 1/);
  });
  test("any text is read or refused, never a crash", () => {
    const pieces = fc.array(
      fc.constantFrom("{", "}", "[", "]", '"a"', ":", ",", "1", "-", "e9", "true", "\\", '"', " ", "//", "/*"),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((parts) => parts.join("")),
        ),
        (text) => {
          try {
            parseJson(text, options);
          } catch (error) {
            expect(error).toBeInstanceOf(ScriptError);
          }
        },
      ),
    );
  });
  test("what JSON.stringify writes is read with the same content", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        const text = JSON.stringify(value);
        if (/"\d{4}-\d{2}-\d{2}T/.test(text) || text.includes("__proto__")) return;
        const back: unknown = JSON.parse(await json(parseJson(text, options), 50));
        expect(back).toEqual(JSON.parse(text));
      }),
    );
  });
});
