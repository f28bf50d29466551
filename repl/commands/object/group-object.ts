import {
  after,
  command,
  Hashtable,
  type Maybe,
  PSObject,
  toText,
  typeNameOf,
  type Value,
} from "../../language/index.ts";
import { all } from "../../render/all.ts";
import { order, sameness } from "./order.ts";
import { type PropertyExpression, propertyExpression } from "./property-expression.ts";

interface Group {
  readonly values: readonly Value[];
  readonly items: Value[];
}

interface State {
  expressions: readonly PropertyExpression[];
  readonly groups: Map<string, Group>;
}

export const groupObject = command({
  name: "Group-Object",
  aliases: ["group"],
  summary: "Puts objects with the same value of a property together.",
  description:
    "Groups come in the order of their values where these are of one type, otherwise as they were first seen.",
  parameters: {
    Property: {
      type: "object[]",
      position: 0,
      help: "Names of properties or script blocks; without it, the objects themselves.",
    },
    NoElement: { type: "switch", help: "Leaves out the objects: only how many there are." },
    AsHashTable: { type: "switch", aliases: ["AHT"], help: "Puts out one hashtable from value to objects." },
    AsString: { type: "switch", help: "The hashtable's keys are text." },
    CaseSensitive: { type: "switch", help: "Capital and small letters differ." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: (): State => ({ expressions: [], groups: new Map() }),
  examples: [
    {
      code: "'web-01', 'web-02', 'db-01' | Group-Object { $_.Split('-')[0] } -NoElement",
      note: "How many machines of each kind.",
      output: "\nCount Name\n----- ----\n    1 db\n    2 web\n\n",
    },
    {
      code: "$even = 1..5 | Group-Object { $_ % 2 } -AsHashTable; $even[0]",
      note: "As a hashtable.",
      output: "2\n4\n",
    },
  ],
  begin(ctx, { Property = [] }) {
    ctx.state.expressions = Property.map((spec) => propertyExpression(ctx, spec));
  },
  process(ctx, { InputObject = null, CaseSensitive }) {
    if (InputObject === null) return;
    const { expressions, groups } = ctx.state;
    const read: Maybe<Value[]> =
      expressions.length === 0 ? [InputObject] : all(expressions.map((expression) => expression.read(InputObject)));
    return after(read, (values) => {
      const key = sameness(values, CaseSensitive);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { values, items: [InputObject] });
      else group.items.push(InputObject);
    });
  },
  end(ctx, { NoElement, AsHashTable, AsString, CaseSensitive }) {
    const groups = sorted([...ctx.state.groups.values()], CaseSensitive);
    if (AsHashTable) {
      const keyOf = ({ values }: Group): Value =>
        values.length === 1 && !AsString ? (values[0] ?? "") : values.map((value) => toText(value)).join(", ");
      return groups.length === 0
        ? undefined
        : ctx.write(Hashtable.from(groups.map((group) => [keyOf(group), group.items])));
    }
    return ctx.write(groups.map((group) => groupInfo(group, NoElement)));
  },
});

function sorted(groups: readonly Group[], caseSensitive: boolean): readonly Group[] {
  const types = new Set(groups.map(({ values }) => values.map(typeNameOf).join()));
  if (types.size !== 1) return groups;
  return groups.toSorted((left, right) => {
    for (const [index, value] of left.values.entries()) {
      const found = order(value, right.values[index] ?? null, caseSensitive);
      if (found !== 0) return found;
    }
    return 0;
  });
}

function groupInfo({ values, items }: Group, noElement: boolean): PSObject {
  const name = values.map((value) => toText(value)).join(", ");
  const info = { Values: values, Count: items.length };
  return noElement
    ? PSObject.of({ ...info, Name: name }, "Microsoft.PowerShell.Commands.GroupInfoNoElement")
    : PSObject.of({ ...info, Group: items, Name: name }, "Microsoft.PowerShell.Commands.GroupInfo");
}
