import { after, command, eachInTurn, type Maybe, toBoolean, type Value } from "../../language/index.ts";
import { all } from "../../render/all.ts";
import { findProperty } from "../../render/properties.ts";
import { order } from "./order.ts";
import { type PropertyExpression, propertyExpression } from "./property-expression.ts";

interface Row {
  readonly item: Value;
  readonly keys: readonly Value[];
  /** Keys the object has; those it lacks come last. */
  readonly has: readonly boolean[];
}

interface State {
  expressions: readonly PropertyExpression[];
  readonly rows: Row[];
}

export const sortObject = command({
  name: "Sort-Object",
  aliases: ["sort"],
  summary: "Sorts objects by themselves, by properties or by what script blocks make of them.",
  description:
    "Objects that compare equal keep their order. An entry of -Property may be @{ Expression = ...; Descending = $true }.",
  parameters: {
    Property: { type: "object[]", position: 0, help: "What to sort by: names, script blocks or hashtables." },
    Descending: { type: "switch", help: "Largest first." },
    Unique: { type: "switch", help: "Keeps one of the objects that compare equal." },
    Top: { type: "int", range: [1, 2147483647], help: "How many objects to take from the start of the sorted list." },
    Bottom: { type: "int", range: [1, 2147483647], help: "How many objects to take from the end of the sorted list." },
    CaseSensitive: { type: "switch", help: "Capital and small letters differ." },
    Stable: { type: "switch", help: "Accepted for compatibility: sorting is always stable." },
    Culture: { type: "string", help: "Accepted for compatibility: text is sorted as in en-US." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: (): State => ({ expressions: [], rows: [] }),
  examples: [
    { code: "3, 10, 2 | Sort-Object", note: "Numbers by value.", output: "2\n3\n10\n" },
    {
      code: "'web-10', 'web-9' | Sort-Object { [int]($_ -replace '\\D') } -Descending",
      note: "By the number in the name.",
      output: "web-10\nweb-9\n",
    },
    { code: "'b', 'A', 'B', 'a' | Sort-Object -Unique", note: "Without duplicates.", output: "A\nb\n" },
  ],
  begin(ctx, { Property = [] }) {
    ctx.state.expressions = Property.map((spec) => propertyExpression(ctx, spec));
  },
  process(ctx, { InputObject = null }) {
    const { rows } = ctx.state;
    return after(readRow(InputObject, ctx.state.expressions), (row) => {
      rows.push(row);
    });
  },
  end(ctx, { Descending, Unique, CaseSensitive, Top, Bottom }) {
    const { expressions, rows } = ctx.state;
    const signs = expressions.length === 0 ? [Descending ? -1 : 1] : expressions.map((each) => sign(each, Descending));
    const compare = (left: Row, right: Row) => compareRows(left, right, signs, CaseSensitive);
    // toSorted is stable, and an inconsistent comparison can at worst give a wrong order.
    const sorted = rows.toSorted(compare);
    const kept = Unique ? sorted.filter((row, index) => index === 0 || !same(sorted[index - 1], row, compare)) : sorted;
    const taken = Top !== undefined ? kept.slice(0, Top) : Bottom !== undefined ? kept.slice(-Bottom) : kept;
    return eachInTurn(taken, (row) => ctx.writeWhole(row.item));
  },
});

function readRow(item: Value, expressions: readonly PropertyExpression[]): Maybe<Row> {
  if (expressions.length === 0) return { item, keys: [item], has: [true] };
  const has = expressions.map(({ name }) => name === undefined || findProperty(item, name) !== undefined);
  return after(all(expressions.map((expression) => expression.read(item))), (keys) => ({ item, keys, has }));
}

function sign({ option }: PropertyExpression, descending: boolean): 1 | -1 {
  const own = option("descending");
  if (own !== undefined) return toBoolean(own) ? -1 : 1;
  const ascending = option("ascending");
  if (ascending !== undefined) return toBoolean(ascending) ? 1 : -1;
  return descending ? -1 : 1;
}

function compareRows(left: Row, right: Row, signs: readonly number[], caseSensitive: boolean): number {
  for (let index = 0; index < signs.length; index++) {
    const lacking = Number(left.has[index] === false) - Number(right.has[index] === false);
    if (lacking !== 0) return lacking;
    const found = order(left.keys[index] ?? null, right.keys[index] ?? null, caseSensitive);
    if (found !== 0) return found * (signs[index] ?? 1);
  }
  return 0;
}

function same(before: Row | undefined, row: Row, compare: (left: Row, right: Row) => number): boolean {
  return before !== undefined && compare(before, row) === 0;
}
