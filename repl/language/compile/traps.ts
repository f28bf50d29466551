import type { TrapNode } from "../ast/statements.ts";
import type { Position } from "../errors/position.ts";
import { ScriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import { type Completion, isFlow } from "../run/signals.ts";
import { catches } from "./catching.ts";
import type { Unit } from "./code.ts";
import { compileList } from "./statement-list.ts";

/** What becomes of an error in a statement: undefined when the next one may run, otherwise it is thrown on. */
export type Recover = (error: unknown, frame: Frame, at: Position) => Maybe<Completion>;

/** The recovery of a list of statements, with the `trap` blocks that stand in it. */
export function compileTraps(traps: readonly TrapNode[], unit: Unit): Recover {
  if (traps.length === 0) return (error, frame, at) => frame.engine.recover(error, frame, at);
  const handlers = traps.map((trap) => ({
    matches: catches(trap.type ? [trap.type] : []),
    body: compileList(trap.body, unit),
  }));
  return (error, frame, at) => {
    if (isFlow(error)) throw error;
    const record = frame.engine.recordOf(error, at);
    const handler = handlers.find((candidate) => candidate.matches(record));
    if (handler === undefined) return frame.engine.recover(error, frame, at);
    const { item } = frame;
    frame.item = record;
    frame.engine.log(record);
    const restore = (ended: Completion): Maybe<Completion> => {
      frame.item = item;
      if (ended?.kind === "continue") return undefined;
      if (ended?.kind === "break") throw new ScriptError(record, "script");
      if (ended) return ended;
      return after(frame.streams.error(record), () => undefined);
    };
    return after(handler.body.run(frame), restore);
  };
}
