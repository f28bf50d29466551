import type { Expression } from "../ast/expressions.ts";
import type { CommandNode, ExpressionStageNode, PipelineNode } from "../ast/statements.ts";
import { scriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import { rangeBounds } from "../operators/range.ts";
import { emit, emitRange } from "../run/emit.ts";
import type { Frame } from "../run/frame.ts";
import { collectInTurn } from "../run/in-turn.ts";
import { type Feed, runStages } from "../run/pipeline.ts";
import type { Completion } from "../run/signals.ts";
import type { Sink } from "../run/sink.ts";
import type { Stage } from "../run/stage.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileCommand, type PrepareStage } from "./command.ts";
import { compileExpression, rawExpression } from "./expression.ts";
import { compileRedirections } from "./redirections.ts";

export function compilePipeline(node: PipelineNode, unit: Unit): StatementCode {
  if (node.background) return notSupported("Background jobs ('&')");
  const [first] = node.stages;
  if (first === undefined) return { plain: true, run: () => undefined };
  if (node.stages.length === 1 && first.kind === "ExpressionStage" && first.redirections.length === 0) {
    return compileStatementExpression(first.expression, unit);
  }
  const commands = node.stages.filter((stage): stage is CommandNode => stage.kind === "Command");
  const prepare = commands.map((stage) => compileCommand(stage, unit));
  const source = first.kind === "ExpressionStage" ? compileSource(first, unit) : undefined;
  const [only] = prepare;
  if (only && prepare.length === 1 && source === undefined)
    return { plain: false, run: (frame) => runOne(only, frame) };
  return { plain: false, run: (frame) => runMany(prepare, source, frame) };
}

function notSupported(what: string): StatementCode {
  return {
    plain: true,
    run() {
      throw scriptError(`${what} are not supported in this shell.`, {
        category: "NotImplemented",
        id: "NotSupported",
        reach: "script",
      });
    },
  };
}

/** An expression as a statement puts out its value; `$x++` and casts to void put out nothing. */
function compileStatementExpression(node: Expression, unit: Unit): StatementCode {
  const code = rawExpression(node, unit);
  const { run } = code;
  const silent = node.kind === "Step";
  if (code.pure && silent) {
    return {
      plain: true,
      run(frame) {
        code.run(frame);
        frame.engine.succeeded = true;
        return undefined;
      },
    };
  }
  if (code.pure) {
    return {
      plain: false,
      run(frame) {
        const value = code.run(frame);
        frame.engine.succeeded = true;
        const busy = emit(value, frame.out);
        return busy instanceof Promise ? busy.then(() => undefined) : undefined;
      },
    };
  }
  return {
    plain: false,
    run(frame): Maybe<Completion> {
      return after(run(frame), (value) => {
        frame.engine.succeeded = true;
        return silent ? undefined : after(emit(value, frame.out), () => undefined);
      });
    },
  };
}

/** One command by itself. */
function runOne(prepare: PrepareStage, frame: Frame): Maybe<Completion> {
  const { engine } = frame;
  const failures = engine.failures;
  const done = (): undefined => {
    engine.succeeded = engine.failures === failures;
    return undefined;
  };
  const make = prepare(frame, false);
  if (make instanceof Promise) return make.then((there) => after(runStages([there(frame.out)], undefined), done));
  const pending = runStages([make(frame.out)], undefined);
  return pending instanceof Promise ? pending.then(done) : done();
}

type Source = (frame: Frame, first: Sink) => Maybe<void>;

function runMany(prepare: readonly PrepareStage[], source: Source | undefined, frame: Frame): Maybe<Completion> {
  const { engine } = frame;
  const failures = engine.failures;
  const made = collectInTurn(prepare, (each, index) => each(frame, source !== undefined || index > 0));
  return after(made, (makers) => {
    const stages: Stage[] = [];
    let next: Sink = frame.out;
    for (const make of [...makers].reverse()) {
      const stage = make(next);
      stages.unshift(stage);
      next = stage;
    }
    const feed: Feed = source && ((first) => source(frame, first));
    const done = (): undefined => {
      engine.succeeded = engine.failures === failures;
      return undefined;
    };
    if (stages.length === 0 && source) return after(source(frame, frame.out), done);
    return after(runStages(stages, feed), done);
  });
}

/** The expression that feeds a pipeline; a range is counted, not built. */
function compileSource(stage: ExpressionStageNode, unit: Unit): Source {
  const { expression, redirections } = stage;
  if (expression.kind === "Binary" && expression.operator === ".." && redirections.length === 0) {
    const [left, right] = [compileExpression(expression.left, unit), compileExpression(expression.right, unit)];
    return (frame, first) =>
      after(left.run(frame), (from) =>
        after(right.run(frame), (to) => {
          const { first: start, last, chars } = rangeBounds(from, to);
          return emitRange(start, last, chars, first, frame.engine.clock);
        }),
      );
  }
  const code = rawExpression(expression, unit);
  if (redirections.length === 0) return (frame, first) => after(code.run(frame), (value) => emit(value, first));
  const redirect = compileRedirections(redirections, unit);
  return (frame, first) =>
    after(redirect(frame, first), ({ out, close }) =>
      after(code.run(frame), (value) => after(emit(value, out), () => close())),
    );
}
