import type { ChainNode } from "../ast/statements.ts";
import { Position } from "../errors/position.ts";
import { after, type Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import type { Completion } from "../run/signals.ts";
import { isFlow } from "../run/signals.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileStatement } from "./statement.ts";

/** `a && b`, `a || b`: the right side runs when the left one succeeded, or when it failed. */
export function compileChain(node: ChainNode, unit: Unit): StatementCode {
  const left = compileStatement(node.left, unit);
  const right = compileStatement(node.right, unit);
  const wanted = node.operator === "&&";
  const position = new Position(unit.source, node.left);
  const next = (ended: Completion, frame: Frame): Maybe<Completion> =>
    ended === undefined && frame.engine.succeeded === wanted ? right.run(frame) : ended;
  const failed = (error: unknown, frame: Frame): Maybe<Completion> => {
    if (isFlow(error)) throw error;
    return after(frame.engine.recover(error, frame, position), (ended) => next(ended, frame));
  };
  return {
    plain: false,
    run(frame) {
      let ended: Maybe<Completion>;
      try {
        ended = left.run(frame);
      } catch (error) {
        return failed(error, frame);
      }
      if (!(ended instanceof Promise)) return next(ended, frame);
      return ended.then(
        (there) => next(there, frame),
        (error: unknown) => failed(error, frame),
      );
    },
  };
}
