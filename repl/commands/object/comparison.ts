import { toBoolean, toText, type Value } from "../../language/index.ts";
import { contains, filtered, isIn } from "../../language/operators/collections.ts";
import { compare, equals } from "../../language/operators/compare.ts";
import { like, match, notMatch } from "../../language/operators/match.ts";
import type { ComparisonName } from "./comparison-parameters.ts";

type Test = (left: Value, right: Value, caseSensitive: boolean) => Value;

const single =
  (test: (item: Value, right: Value, caseSensitive: boolean) => boolean): Test =>
  (left, right, caseSensitive) =>
    filtered(left, (item) => test(item, right, caseSensitive));

const tests: Readonly<Record<string, Test>> = {
  EQ: single(equals),
  NE: single((item, right, exact) => !equals(item, right, exact)),
  GT: single((item, right, exact) => compare(item, right, exact) > 0),
  GE: single((item, right, exact) => compare(item, right, exact) >= 0),
  LT: single((item, right, exact) => compare(item, right, exact) < 0),
  LE: single((item, right, exact) => compare(item, right, exact) <= 0),
  Like: single((item, right, exact) => like(item, toText(right), exact)),
  NotLike: single((item, right, exact) => !like(item, toText(right), exact)),
  Match: (left, right, exact) => match(left, right, exact).result,
  NotMatch: (left, right, exact) => notMatch(left, right, exact).result,
  Contains: contains,
  NotContains: (left, right, exact) => !contains(left, right, exact),
  In: isIn,
  NotIn: (left, right, exact) => !isIn(left, right, exact),
  Not: (left) => !toBoolean(left),
};

/** The test that a comparison's name stands for. */
export function comparisonTest(name: ComparisonName): (left: Value, right: Value) => boolean {
  const caseSensitive = /^C[A-Z]/.test(name);
  const test = tests[caseSensitive ? name.slice(1) : name];
  return (left, right) => test !== undefined && toBoolean(test(left, right, caseSensitive));
}
