import {
  after,
  type CommandContext,
  command,
  eachInTurn,
  type Maybe,
  PSObject,
  type Value,
} from "../../language/index.ts";
import { findProperty, propertyNames, readProperty } from "../../render/properties.ts";
import { sameness } from "./order.ts";
import { type PropertyExpression, propertyExpression } from "./property-expression.ts";
import { expandInto, selectProperties } from "./selection.ts";
import { Window } from "./window.ts";

interface State {
  window: Window;
  expressions: readonly PropertyExpression[] | undefined;
  readonly seen: Set<string>;
}

export const selectObject = command({
  name: "Select-Object",
  aliases: ["select"],
  summary: "Takes properties of objects, or some of the objects, or both.",
  description:
    "-First ends the pipeline before it as soon as it has its objects. A calculated property is a hashtable with a name (N, Name, Label) and an expression (E, Expression), in which $_ is the object.",
  parameters: {
    Property: {
      type: "object[]",
      position: 0,
      wildcard: true,
      help: "Names of properties, script blocks or calculated properties.",
    },
    ExcludeProperty: { type: "string[]", wildcard: true, help: "Properties to leave out; without -Property, of all." },
    ExpandProperty: { type: "string", help: "The property whose value, or whose elements, to put out." },
    First: { type: "int", range: [0, 2147483647], help: "How many objects to take from the start." },
    Last: { type: "int", range: [0, 2147483647], help: "How many objects to take from the end." },
    Skip: { type: "int", range: [0, 2147483647], help: "How many objects to pass over; with -Last, at the end." },
    SkipLast: { type: "int", range: [0, 2147483647], help: "How many objects to leave out at the end." },
    Index: { type: "int[]", help: "Positions of the objects to take, from 0." },
    SkipIndex: { type: "int[]", help: "Positions of the objects to leave out, from 0." },
    Unique: { type: "switch", help: "Leaves out what equals an object before it." },
    CaseInsensitive: { type: "switch", help: "With -Unique, text in different case is equal." },
    Wait: { type: "switch", help: "Lets the pipeline before it go on after -First has its objects." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: (): State => ({ window: new Window({}), expressions: undefined, seen: new Set() }),
  examples: [
    { code: "1..10 | Select-Object -First 2", note: "The first two.", output: "1\n2\n" },
    { code: "1..10 | Select-Object -Last 2 -Skip 1", note: "The two before the last.", output: "8\n9\n" },
    {
      code: "[pscustomobject]@{ Name = 'web-01'; MB = 2048 } | Select-Object Name, @{ N = 'GB'; E = { $_.MB / 1024 } }",
      note: "A calculated property.",
      output: "\nName   GB\n----   --\nweb-01  2\n\n",
    },
    {
      code: "[pscustomobject]@{ Tags = 'a', 'b' } | Select-Object -ExpandProperty Tags",
      note: "The elements of a property.",
      output: "a\nb\n",
    },
  ],
  begin(ctx, args) {
    ctx.state.window = new Window(args);
    if (args.Property !== undefined || args.ExcludeProperty !== undefined) {
      ctx.state.expressions = (args.Property ?? ["*"]).map((spec) => propertyExpression(ctx, spec));
    }
    if (args.First === 0 && args.Last === undefined && !args.Wait) ctx.stop();
  },
  process(ctx, args) {
    const { window } = ctx.state;
    const kept = eachInTurn(window.take(args.InputObject ?? null), (item) => choose(ctx, args, item));
    return after(kept, () => {
      if (window.full && !args.Wait) ctx.stop();
    });
  },
  end(ctx, args) {
    return eachInTurn(ctx.state.window.rest(), (item) => choose(ctx, args, item));
  },
});

interface Choice {
  readonly ExpandProperty: string | undefined;
  readonly ExcludeProperty: readonly string[] | undefined;
  readonly Unique: boolean;
  readonly CaseInsensitive: boolean;
}

function choose(ctx: CommandContext<State>, args: Choice, item: Value): Maybe<void> {
  const { expressions } = ctx.state;
  const { ExpandProperty, ExcludeProperty = [] } = args;
  const selected = expressions && selectProperties(item, expressions, ExcludeProperty);
  return after(selected, (object) => {
    if (ExpandProperty === undefined) return put(ctx, args, object ?? item);
    if (findProperty(item, ExpandProperty) === undefined) {
      const options = { category: "InvalidArgument", id: "ExpandPropertyNotFound", target: item } as const;
      return ctx.error(`Property "${ExpandProperty}" cannot be found.`, options);
    }
    return after(readProperty(item, ExpandProperty), (value) =>
      eachInTurn(expandInto(value, object), (element) => put(ctx, args, element)),
    );
  });
}

function put(ctx: CommandContext<State>, args: Choice, value: Value): Maybe<void> {
  if (args.Unique) {
    const key = contentKey(value, !args.CaseInsensitive);
    if (ctx.state.seen.has(key)) return;
    ctx.state.seen.add(key);
  }
  return ctx.writeWhole(value);
}

function contentKey(value: Value, caseSensitive: boolean): string {
  if (!(value instanceof PSObject)) return sameness(value, caseSensitive);
  const fields = propertyNames(value).map((name) => [name, sameness(value.get(name) ?? null, caseSensitive)]);
  return `p${JSON.stringify(fields)}`;
}
