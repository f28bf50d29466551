import {
  after,
  type CommandContext,
  command,
  eachInTurn,
  type Maybe,
  toText,
  type Value,
} from "../../language/index.ts";
import { findProperty } from "../../render/properties.ts";
import { Measurement, type MeasureSwitches } from "./measurement.ts";
import { type PropertyExpression, propertyExpression } from "./property-expression.ts";
import { TextCount } from "./text-count.ts";

interface Column {
  readonly expression: PropertyExpression | undefined;
  readonly numbers: Measurement;
  readonly text: TextCount;
}

export const measureObject = command({
  name: "Measure-Object",
  aliases: ["measure"],
  summary: "Counts objects, and adds up, averages or compares their properties.",
  description:
    "With -Line, -Word or -Character it counts what text consists of. Figures that were not asked for are empty.",
  parameters: {
    Property: {
      type: "object[]",
      position: 0,
      help: "The properties, or script blocks, to measure; without it, the objects themselves.",
    },
    Sum: { type: "switch", sets: ["Figures"], help: "The sum." },
    Average: { type: "switch", sets: ["Figures"], help: "The average." },
    Maximum: { type: "switch", sets: ["Figures"], help: "The largest value." },
    Minimum: { type: "switch", sets: ["Figures"], help: "The smallest value." },
    StandardDeviation: { type: "switch", sets: ["Figures"], help: "The standard deviation of the sample." },
    AllStats: { type: "switch", sets: ["Figures"], help: "All of these." },
    Line: { type: "switch", sets: ["Text"], help: "The number of lines." },
    Word: { type: "switch", sets: ["Text"], help: "The number of words." },
    Character: { type: "switch", sets: ["Text"], help: "The number of characters." },
    IgnoreWhiteSpace: { type: "switch", sets: ["Text"], help: "Leaves blanks out of the number of characters." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  defaultSet: "Figures",
  state: (): { columns: readonly Column[] } => ({ columns: [] }),
  examples: [
    { code: "(1..4 | Measure-Object).Count", note: "How many objects.", output: "4\n" },
    {
      code: "(1..4 | Measure-Object -Sum -Average) | Select-Object Sum, Average",
      note: "Their sum and average.",
      output: "\nSum Average\n--- -------\n 10     2.5\n\n",
    },
    {
      code: "'one two', 'three' | Measure-Object -Word -Line",
      note: "Words and lines of text.",
      output: "\nLines Words Characters Property\n----- ----- ---------- --------\n    2     3\n\n",
    },
  ],
  begin(ctx, { Property }) {
    const specs: readonly Value[] = Property ?? [null];
    ctx.state.columns = specs.map((spec) => ({
      expression: spec === null ? undefined : propertyExpression(ctx, spec),
      numbers: new Measurement(),
      text: new TextCount(),
    }));
  },
  process(ctx, args) {
    const { InputObject = null } = args;
    if (InputObject === null && !ctx.isBound("InputObject")) return;
    return eachInTurn(ctx.state.columns, (column) => {
      const { expression } = column;
      if (expression?.name !== undefined && findProperty(InputObject, expression.name) === undefined) return;
      const read = expression === undefined ? InputObject : expression.read(InputObject);
      return after(read, (value) => add(ctx, column, value, args));
    });
  },
  end(ctx, args) {
    const textual = args.Line || args.Word || args.Character;
    return eachInTurn(ctx.state.columns, ({ expression, numbers, text }) => {
      const label = expression?.label ?? null;
      if (textual) return ctx.write(text.result(args, label));
      return ctx.write(numbers.result(args.AllStats ? everything : args, label));
    });
  },
});

const everything: MeasureSwitches = { Sum: true, Average: true, Maximum: true, Minimum: true, StandardDeviation: true };

interface Wanted extends MeasureSwitches {
  readonly AllStats: boolean;
  readonly Line: boolean;
  readonly Word: boolean;
  readonly Character: boolean;
  readonly IgnoreWhiteSpace: boolean;
}

function add(ctx: CommandContext<unknown>, column: Column, value: Value, args: Wanted): Maybe<void> {
  if (args.Line || args.Word || args.Character) return column.text.add(toText(value), args.IgnoreWhiteSpace);
  const wantsNumber = args.AllStats || args.Sum || args.Average || args.StandardDeviation;
  if (column.numbers.add(value, wantsNumber)) return;
  const options = { category: "InvalidType", id: "NonNumericInputObject", target: value } as const;
  return ctx.error(`Input object "${toText(value)}" is not numeric.`, options);
}
