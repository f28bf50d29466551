import type { Statement, StatementList } from "../ast/statements.ts";
import type { Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import { type Completion, LoopExit, RETURN } from "../run/signals.ts";
import { Collector } from "../run/sink.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { compileAssignmentValue } from "./assignment.ts";
import { type Code, maybe, type Unit } from "./code.ts";
import { rawExpression } from "./expression.ts";
import { compileStatement } from "./statement.ts";
import { compileList } from "./statement-list.ts";

/** What was put out as one value: nothing, the one object, or an array of them. */
export function collected(items: readonly Value[]): Value {
  return items.length === 1 ? (items[0] ?? null) : items.length === 0 ? NOTHING : items;
}

/**
 * The value of a statement: what stands in parentheses, behind `=`, in a hashtable. An expression is its own value
 * (an array stays the same array); everything else is what it puts out. `assigns`: an assignment gives what it
 * assigned, as in `($x = 5)`.
 */
export function statementValue(statement: Statement, unit: Unit, assigns: boolean): Code {
  if (statement.kind === "Pipeline" && statement.stages.length === 1) {
    const [stage] = statement.stages;
    if (stage?.kind === "ExpressionStage" && stage.redirections.length === 0)
      return rawExpression(stage.expression, unit);
  }
  if (statement.kind === "Assignment" && assigns) return compileAssignmentValue(statement, unit);
  const { run } = compileStatement(statement, unit);
  return maybe((frame) => {
    const items = gathered(run, frame);
    return items instanceof Promise ? items.then(collected) : collected(items);
  });
}

/** What a list of statements puts out. */
export function gather(list: StatementList, unit: Unit): (frame: Frame) => Maybe<Value[]> {
  const { run } = compileList(list, unit);
  return (frame) => gathered(run, frame);
}

/** Runs with the output going to a list. A `break` or `continue` goes on to the loop around. */
export function gathered(run: (frame: Frame) => Maybe<Completion>, frame: Frame): Maybe<Value[]> {
  const collector = new Collector();
  const { out } = frame;
  frame.out = collector;
  let completion: Maybe<Completion>;
  try {
    completion = run(frame);
  } catch (error) {
    frame.out = out;
    throw error;
  }
  if (completion instanceof Promise) {
    return completion.finally(() => (frame.out = out)).then((ended) => finish(ended, collector.items));
  }
  frame.out = out;
  return finish(completion, collector.items);
}

function finish(ended: Completion, items: Value[]): Value[] {
  if (ended && ended !== RETURN) throw new LoopExit(ended);
  return items;
}
