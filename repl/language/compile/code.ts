import type { Source } from "../errors/position.ts";
import type { Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import type { Completion } from "../run/signals.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";

/**
 * A compiled expression. A pure one never returns a promise (and never runs commands), so what is built of pure
 * parts needs no checks.
 */
export type Code =
  | { readonly pure: true; readonly run: (frame: Frame) => Value }
  | { readonly pure: false; readonly run: (frame: Frame) => Maybe<Value> };

/** A compiled statement: undefined when it went through, otherwise how it left. */
export interface StatementCode {
  readonly run: (frame: Frame) => Maybe<Completion>;
  /** Nothing in it can throw a `LoopExit`: it calls no commands and no blocks. */
  readonly plain: boolean;
}

/** What is the same for all code of one text. */
export interface Unit {
  readonly source: Source;
}

export function pure(run: (frame: Frame) => Value): Code {
  return { pure: true, run };
}

export function maybe(run: (frame: Frame) => Maybe<Value>): Code {
  return { pure: false, run };
}

export function constant(value: Value): Code {
  return pure(() => value);
}

/** What a caller may see of a value: `$null` where there is nothing. */
export function seen(value: Value): Value {
  return value === NOTHING ? null : value;
}

/** A function of one compiled value. */
export function map(code: Code, apply: (value: Value, frame: Frame) => Value): Code {
  const { run } = code;
  if (code.pure) return pure((frame) => apply(code.run(frame), frame));
  return maybe((frame) => {
    const value = run(frame);
    return value instanceof Promise ? value.then((there) => apply(there, frame)) : apply(value, frame);
  });
}

/** The same when the function itself may have to wait. */
export function chain(code: Code, apply: (value: Value, frame: Frame) => Maybe<Value>): Code {
  const { run } = code;
  return maybe((frame) => {
    const value = run(frame);
    return value instanceof Promise ? value.then((there) => apply(there, frame)) : apply(value, frame);
  });
}

/** A function of two compiled values, the left one first. */
export function map2(left: Code, right: Code, apply: (left: Value, right: Value, frame: Frame) => Value): Code {
  if (left.pure && right.pure) {
    const [first, second] = [left.run, right.run];
    return pure((frame) => apply(first(frame), second(frame), frame));
  }
  return chain2(left, right, apply);
}

export function chain2(
  left: Code,
  right: Code,
  apply: (left: Value, right: Value, frame: Frame) => Maybe<Value>,
): Code {
  return maybe((frame) => {
    const first = left.run(frame);
    if (first instanceof Promise) return first.then((value) => second(right, value, frame, apply));
    return second(right, first, frame, apply);
  });
}

function second(
  right: Code,
  first: Value,
  frame: Frame,
  apply: (left: Value, right: Value, frame: Frame) => Maybe<Value>,
): Maybe<Value> {
  const value = right.run(frame);
  return value instanceof Promise ? value.then((there) => apply(first, there, frame)) : apply(first, value, frame);
}

/** Evaluates several codes in order. */
export function all(codes: readonly Code[]): { pure: boolean; run: (frame: Frame) => Maybe<Value[]> } {
  const runs = codes.map((code) => code.run);
  const run = (frame: Frame): Maybe<Value[]> => {
    const values: Value[] = [];
    for (const each of runs) {
      const value = each(frame);
      if (value instanceof Promise) return rest(value, values, runs, frame);
      values.push(value);
    }
    return values;
  };
  return { pure: codes.every((code) => code.pure), run };
}

async function rest(
  pending: Promise<Value>,
  values: Value[],
  runs: readonly ((frame: Frame) => Maybe<Value>)[],
  frame: Frame,
): Promise<Value[]> {
  values.push(await pending);
  for (const run of runs.slice(values.length)) values.push(await run(frame));
  return values;
}
