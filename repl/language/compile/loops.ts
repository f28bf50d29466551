import type { Expression } from "../ast/expressions.ts";
import type { ForEachNode, ForNode, Statement, WhileNode } from "../ast/statements.ts";
import { scriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import { rangeBounds } from "../operators/range.ts";
import type { Frame } from "../run/frame.ts";
import { type Loop, runLoop } from "../run/loop.ts";
import type { Completion } from "../run/signals.ts";
import { Char } from "../values/char.ts";
import { itemsOf } from "../values/items.ts";
import { List } from "../values/list.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { holds } from "./if.ts";
import { compileStatement } from "./statement.ts";
import { compileList } from "./statement-list.ts";
import { statementValue } from "./statement-value.ts";
import { compileTarget } from "./targets.ts";
import { writeVariable } from "./variables.ts";

type Test = (frame: Frame) => Maybe<boolean>;

function compileTest(node: Statement, unit: Unit, until = false): Test {
  const code = statementValue(node, unit, true);
  if (code.pure) {
    const { run } = code;
    return until ? (frame) => !holds(run(frame)) : (frame) => holds(run(frame));
  }
  return (frame) => after(code.run(frame), (value) => holds(value) !== until);
}

/** A statement run for its effect (the parts of `for`): what it puts out is dropped unless it is a command's. */
function compileStep(node: Statement, unit: Unit): (frame: Frame) => Maybe<void> {
  const { run } = compileStatement(node, unit);
  return (frame) => {
    const ended = run(frame);
    return ended instanceof Promise ? ended.then(() => undefined) : undefined;
  };
}

function label(text: string | undefined): string | undefined {
  return text?.toLowerCase();
}

export function compileFor(node: ForNode, unit: Unit): StatementCode {
  const initial = node.initial && compileStep(node.initial, unit);
  const body = compileList(node.body, unit);
  const loop: Loop = {
    label: label(node.label),
    test: node.condition ? compileTest(node.condition, unit) : () => true,
    body: body.run,
    step: node.step && compileStep(node.step, unit),
    bodyFirst: false,
    plain: body.plain,
  };
  return { plain: body.plain, run: (frame) => after(initial?.(frame), () => runLoop(loop, frame)) };
}

export function compileWhile(node: WhileNode, unit: Unit): StatementCode {
  const body = compileList(node.body, unit);
  const loop: Loop = {
    label: label(node.label),
    test: compileTest(node.condition, unit, node.until),
    body: body.run,
    step: undefined,
    bodyFirst: node.bodyFirst,
    plain: body.plain,
  };
  return { plain: body.plain, run: (frame) => runLoop(loop, frame) };
}

export function compileForEach(node: ForEachNode, unit: Unit): StatementCode {
  if (node.parallel) return notSupported("foreach -parallel");
  const body = compileList(node.body, unit);
  const write = compileWrite(node.variable, unit);
  const source = compileSource(node.collection, unit);
  const run = (frame: Frame, next: Next): Maybe<Completion> => {
    const loop: Loop = {
      label: label(node.label),
      test(here) {
        const item = next();
        if (item === undefined) return false;
        write(here, item);
        return true;
      },
      body: body.run,
      step: undefined,
      bodyFirst: false,
      plain: body.plain,
    };
    return runLoop(loop, frame);
  };
  return { plain: false, run: (frame) => after(source(frame), (next) => run(frame, next)) };
}

function notSupported(what: string): StatementCode {
  return {
    plain: true,
    run() {
      throw scriptError(`'${what}' is not supported in this shell.`, {
        category: "NotImplemented",
        id: "NotSupported",
        reach: "script",
      });
    },
  };
}

function compileWrite(node: Expression, unit: Unit): (frame: Frame, value: Value) => void {
  if (node.kind === "Variable") return writeVariable(node);
  const target = compileTarget(node, unit);
  return (frame, value) => {
    target.assign(frame, value);
  };
}

/** Gives the next element; undefined at the end. */
type Next = () => Value | undefined;

/** Where the elements come from; a range is counted, not built. */
function compileSource(node: Statement, unit: Unit): (frame: Frame) => Maybe<Next> {
  const range = rangeOf(node);
  if (range) {
    const [first, last] = [compileExpression(range.left, unit), compileExpression(range.right, unit)];
    return (frame) => after(first.run(frame), (from) => after(last.run(frame), (to) => counting(from, to)));
  }
  const code = statementValue(node, unit, true);
  return (frame) => after(code.run(frame), elements);
}

function rangeOf(node: Statement) {
  const stage = node.kind === "Pipeline" && node.stages.length === 1 ? node.stages[0] : undefined;
  const expression =
    stage?.kind === "ExpressionStage" && stage.redirections.length === 0 ? stage.expression : undefined;
  return expression?.kind === "Binary" && expression.operator === ".." ? expression : undefined;
}

function counting(from: Value, to: Value): Next {
  const { first, last, chars } = rangeBounds(from, to);
  const step = first <= last ? 1 : -1;
  let at = first - step;
  return () => {
    if (at === last) return undefined;
    at += step;
    return chars ? new Char(at) : at;
  };
}

function elements(value: Value): Next {
  if (value === null || value === NOTHING) return () => undefined;
  const items = itemsOf(value) ?? [value];
  const size = value instanceof List ? items.length : -1;
  let at = 0;
  return () => {
    if (size >= 0 && items.length !== size && at > 0) {
      throw scriptError("Collection was modified; enumeration operation may not execute.", {
        type: "System.InvalidOperationException",
        category: "OperationStopped",
        id: "InvalidOperationException",
      });
    }
    if (at >= items.length) return undefined;
    at += 1;
    return items[at - 1] ?? null;
  };
}
