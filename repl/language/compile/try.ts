import type { TryNode } from "../ast/statements.ts";
import { Position } from "../errors/position.ts";
import { ScriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import { type Completion, Interrupt, isFlow } from "../run/signals.ts";
import { catches } from "./catching.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileList } from "./statement-list.ts";

type Run = StatementCode["run"];

export function compileTry(node: TryNode, unit: Unit): StatementCode {
  const guarded = compileGuarded(node, unit);
  if (node.final === undefined) return { plain: false, run: guarded };
  const final = compileList(node.final, unit).run;
  return { plain: false, run: (frame) => withFinal(guarded, final, frame) };
}

/** The body with its `catch` blocks. */
function compileGuarded(node: TryNode, unit: Unit): Run {
  const body = compileList(node.body, unit).run;
  const handlers = node.catches.map((each) => ({
    matches: catches(each.types),
    run: compileList(each.body, unit).run,
  }));
  const position = new Position(unit.source, node.body);
  if (handlers.length === 0) return body;
  const handle = (error: unknown, frame: Frame): Maybe<Completion> => {
    if (isFlow(error)) throw error;
    const record = frame.engine.recordOf(error, position);
    const handler = handlers.find((candidate) => candidate.matches(record));
    if (handler === undefined) throw error instanceof ScriptError ? error : new ScriptError(record);
    frame.engine.log(record);
    const { item } = frame;
    frame.item = record;
    const restore = (ended: Completion): Completion => {
      frame.item = item;
      return ended;
    };
    const ended = handler.run(frame);
    return ended instanceof Promise ? ended.then(restore) : restore(ended);
  };
  return (frame) => {
    const { caught, out } = frame;
    const failed = (error: unknown): Maybe<Completion> => {
      frame.caught = caught;
      frame.out = out;
      return handle(error, frame);
    };
    const ended = (value: Completion): Completion => {
      frame.caught = caught;
      return value;
    };
    frame.caught = caught + 1;
    try {
      const completion = body(frame);
      return completion instanceof Promise ? completion.then(ended, failed) : ended(completion);
    } catch (error) {
      return failed(error);
    }
  };
}

/** `finally` runs however the body ended, after Ctrl-C too. */
function withFinal(guarded: Run, final: Run, frame: Frame): Maybe<Completion> {
  const failed = (error: unknown): Maybe<Completion> => {
    const release = error instanceof Interrupt ? frame.engine.clock.shield() : undefined;
    const rethrow = (ended: Completion): Completion => {
      release?.();
      if (ended) return ended;
      throw error;
    };
    return after(final(frame), rethrow);
  };
  let completion: Maybe<Completion>;
  try {
    completion = guarded(frame);
  } catch (error) {
    return failed(error);
  }
  const ended = (value: Completion) => after(final(frame), (own) => own ?? value);
  return completion instanceof Promise ? completion.then(ended, failed) : ended(completion);
}
