import { after, command, eachInTurn, PSObject, type Value } from "../../language/index.ts";
import { all } from "../../render/all.ts";
import { sameness } from "./order.ts";
import { type PropertyExpression, propertyExpression } from "./property-expression.ts";

interface Keyed {
  readonly item: Value;
  readonly values: readonly Value[];
  readonly key: string;
}

export const compareObject = command({
  name: "Compare-Object",
  aliases: ["compare", "diff"],
  summary: "Tells which objects two sets have in common and which only one of them has.",
  description:
    "`=>` marks what only the difference set has, `<=` what only the reference set has, `==` what both have.",
  parameters: {
    ReferenceObject: {
      type: "object[]",
      position: 0,
      mandatory: true,
      allowEmpty: true,
      help: "The set to compare with.",
    },
    DifferenceObject: {
      type: "object[]",
      position: 1,
      mandatory: true,
      allowEmpty: true,
      pipeline: "value",
      help: "The set to compare.",
    },
    Property: { type: "object[]", position: 2, help: "The properties to compare; without it, the objects themselves." },
    IncludeEqual: { type: "switch", help: "Also tells what both sets have." },
    ExcludeDifferent: { type: "switch", help: "Tells only what both sets have." },
    PassThru: { type: "switch", help: "Puts out the objects themselves." },
    CaseSensitive: { type: "switch", help: "Capital and small letters differ." },
    SyncWindow: { type: "int", help: "Accepted for compatibility: the whole sets are compared." },
  },
  state: () => ({ difference: [] as Value[] }),
  examples: [
    {
      code: "Compare-Object 'web', 'db' 'db', 'mail'",
      note: "What differs.",
      output: "\nInputObject SideIndicator\n----------- -------------\nmail        =>\nweb         <=\n\n",
    },
  ],
  process(ctx, { DifferenceObject }) {
    ctx.state.difference.push(...DifferenceObject);
  },
  end(ctx, { ReferenceObject, Property = [], IncludeEqual, ExcludeDifferent, PassThru, CaseSensitive }) {
    const expressions = Property.map((spec) => propertyExpression(ctx, spec));
    const keyed = (items: readonly Value[]) => all(items.map((item) => keyOf(item, expressions, CaseSensitive)));
    return after(keyed(ReferenceObject), (reference) =>
      after(keyed(ctx.state.difference), (difference) => {
        const left = leftOver(reference, difference);
        const right = leftOver(difference, reference);
        const put = (side: string) => (one: Keyed) => ctx.write(PassThru ? one.item : report(one, side, expressions));
        const common = reference.filter((one) => !left.has(one));
        const shownCommon = IncludeEqual || ExcludeDifferent ? common : [];
        return after(eachInTurn(shownCommon, put("==")), () => {
          if (ExcludeDifferent) return;
          return after(eachInTurn(right, put("=>")), () => eachInTurn(left, put("<=")));
        });
      }),
    );
  },
});

function keyOf(item: Value, expressions: readonly PropertyExpression[], caseSensitive: boolean) {
  const read = expressions.length === 0 ? [item] : all(expressions.map((expression) => expression.read(item)));
  return after(read, (values): Keyed => ({ item, values, key: sameness(values, caseSensitive) }));
}

/** What of `items` has no counterpart in `others`; each counterpart counts once. */
function leftOver(items: readonly Keyed[], others: readonly Keyed[]): Set<Keyed> {
  const counts = new Map<string, number>();
  for (const { key } of others) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Set(
    items.filter(({ key }) => {
      const count = counts.get(key) ?? 0;
      counts.set(key, count - 1);
      return count <= 0;
    }),
  );
}

function report({ item, values }: Keyed, side: string, expressions: readonly PropertyExpression[]): PSObject {
  const object = new PSObject();
  if (expressions.length === 0) object.note("InputObject", item);
  expressions.forEach(({ label }, index) => {
    object.note(label, values[index] ?? null);
  });
  return object.note("SideIndicator", side);
}
