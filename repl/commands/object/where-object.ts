import { after, type BlockRunner, command, type Maybe, toBoolean, type Value } from "../../language/index.ts";
import { readProperty } from "../../render/properties.ts";
import { comparisonTest } from "./comparison.ts";
import { type ComparisonName, comparisonParameters } from "./comparison-parameters.ts";
import { isOfType } from "./is-of-type.ts";

interface State {
  test: (item: Value) => Maybe<boolean>;
}

export const whereObject = command({
  name: "Where-Object",
  aliases: ["?", "where"],
  summary: "Passes on the objects that meet a condition.",
  description:
    "The condition is a script block in which $_ is the object, or a property, a comparison and a value. A property alone means that it is true, not zero and not empty.",
  parameters: {
    FilterScript: { type: "scriptblock", position: 0, mandatory: true, sets: ["Script"], help: "The condition." },
    Property: { type: "string", position: 0, mandatory: true, sets: ["Property"], help: "The property to compare." },
    Value: { type: "object", position: 1, sets: ["Property"], help: "What to compare it with." },
    ...comparisonParameters,
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  defaultSet: "Script",
  state: (): State => ({ test: () => true }),
  examples: [
    { code: "1..6 | Where-Object { $_ % 2 -eq 0 }", note: "Even numbers.", output: "2\n4\n6\n" },
    {
      code: "'web-01', 'db-01', 'web-02' | Where-Object Length -GT 5",
      note: "Longer names.",
      output: "web-01\nweb-02\n",
    },
  ],
  begin(ctx, args) {
    if (args.FilterScript !== undefined) {
      const runner: BlockRunner = ctx.block(args.FilterScript);
      ctx.state.test = (item) => runner.test(item);
      return;
    }
    const { Property: property = "", Value: value = null } = args;
    const name = names.find((each) => args[each]);
    const test = name === undefined ? toBoolean : testOf(name, value);
    ctx.state.test = (item) => after(readProperty(item, property), test);
  },
  process(ctx, { InputObject = null }) {
    return after(ctx.state.test(InputObject), (passed) => (passed ? ctx.writeWhole(InputObject) : undefined));
  },
});

const names = Object.keys(comparisonParameters).filter((name): name is ComparisonName => name in comparisonParameters);

function testOf(name: ComparisonName, value: Value): (left: Value) => boolean {
  if (name === "Is" || name === "IsNot") return (left) => isOfType(left, value) === (name === "Is");
  const test = comparisonTest(name);
  return (left) => test(left, value);
}
