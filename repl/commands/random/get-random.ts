import {
  command,
  isNumber,
  scriptError,
  toDouble,
  toFloat,
  toInteger,
  toText,
  type Value,
} from "../../language/index.ts";
import { type RandomSource, random, seeded } from "./source.ts";

export const getRandom = command({
  name: "Get-Random",
  summary: "A random number, or objects picked at random.",
  parameters: {
    Maximum: { type: "object", position: 0, help: "The number stays below this; a fraction here gives fractions." },
    Minimum: { type: "object", help: "The number is this or more; 0 unless told otherwise." },
    Count: { type: "int", range: [1, 2147483647], help: "How many numbers or objects; 1 unless told otherwise." },
    InputObject: { type: "object", pipeline: "value", help: "The objects to pick from, none of them twice." },
    Shuffle: { type: "switch", help: "All the objects, in random order." },
    SetSeed: { type: "int", help: "Starts a series that is the same each time." },
  },
  state: () => ({ items: [] as Value[] }),
  examples: [
    { code: "$n = Get-Random -Minimum 1 -Maximum 7; $n -ge 1 -and $n -le 6", note: "A die.", output: "True\n" },
    { code: "(1..10 | Get-Random -Count 3).Count", note: "Three of ten.", output: "3\n" },
  ],
  begin(ctx, { SetSeed }) {
    if (SetSeed !== undefined) ctx.session.service(random).source = seeded(SetSeed);
  },
  process(ctx, { InputObject = null }) {
    if (ctx.hasInput || ctx.isBound("InputObject")) {
      ctx.state.items.push(...(Array.isArray(InputObject) ? InputObject : [InputObject]));
    }
  },
  end(ctx, { Maximum = null, Minimum = null, Count = 1, Shuffle }) {
    const { source } = ctx.session.service(random);
    const { items } = ctx.state;
    if (ctx.hasInput || ctx.isBound("InputObject")) {
      return ctx.write(picked(items, Shuffle ? items.length : Count, source));
    }
    return ctx.write(Array.from({ length: Count }, () => numberBetween(Minimum, Maximum, source)));
  },
});

/** Fisher and Yates, as far as objects are wanted. */
function picked(items: readonly Value[], count: number, source: RandomSource): Value[] {
  const pool = [...items];
  const wanted = Math.min(count, pool.length);
  for (let index = 0; index < wanted; index++) {
    const other = index + Math.floor(source.next() * (pool.length - index));
    const chosen = pool[other] ?? null;
    pool[other] = pool[index] ?? null;
    pool[index] = chosen;
  }
  return pool.slice(0, wanted);
}

function numberBetween(minimum: Value, maximum: Value, source: RandomSource): Value {
  const low = minimum === null ? 0 : toFloat(minimum);
  const high = maximum === null ? 2_147_483_647 : toFloat(maximum);
  if (!(low < high)) {
    const text = `The Minimum value (${toText(minimum ?? 0)}) must be less than the Maximum value (${toText(maximum ?? 2147483647)}).`;
    throw scriptError(text, { category: "InvalidArgument", id: "MinGreaterThanOrEqualMax" });
  }
  const fractional = [minimum, maximum].some((bound) => bound !== null && !isWhole(bound));
  const drawn = low + source.next() * (high - low);
  return fractional ? toDouble(drawn) : toInteger(Math.floor(drawn));
}

// Text such as "10" counts as the integer it names.
function isWhole(bound: Value): boolean {
  if (typeof bound === "string") return /^\s*[+-]?\d+\s*$/.test(bound);
  return typeof bound === "bigint" || (isNumber(bound) && typeof bound === "number" && Number.isInteger(bound));
}
