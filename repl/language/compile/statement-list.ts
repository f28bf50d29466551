import type { Statement, StatementList, TrapNode } from "../ast/statements.ts";
import { Position } from "../errors/position.ts";
import type { Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import type { Completion } from "../run/signals.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileStatement } from "./statement.ts";
import { compileTraps, type Recover } from "./traps.ts";

type Run = StatementCode["run"];

/**
 * Statements in a row. One that fails is reported and the next one runs, unless a `try` around it, a trap or the
 * error preference says otherwise.
 */
export function compileList(list: StatementList, unit: Unit): StatementCode {
  const statements = list.statements.filter((statement) => statement.kind !== "Trap" && statement.kind !== "Using");
  const codes = statements.map((statement) => compileStatement(statement, unit));
  const recover = compileTraps(list.statements.filter(isTrap), unit);
  const at = (index: number) => position(statements[index], unit);
  const plain = codes.every((code) => code.plain);
  const runs = codes.map((code) => code.run);
  const [first] = runs;
  if (first === undefined) return { plain: true, run: () => undefined };
  if (runs.length === 1) return { plain, run: single(first, () => at(0), recover) };
  return { plain, run: (frame) => from(0, runs, at, recover, frame) };
}

function isTrap(statement: Statement): statement is TrapNode {
  return statement.kind === "Trap";
}

function position(statement: Statement | undefined, unit: Unit): Position {
  return new Position(unit.source, statement ?? { start: 0, end: 0 });
}

function single(run: Run, at: () => Position, recover: Recover): Run {
  return (frame) => {
    try {
      const ended = run(frame);
      return ended instanceof Promise ? ended.catch((error: unknown) => recover(error, frame, at())) : ended;
    } catch (error) {
      return recover(error, frame, at());
    }
  };
}

function from(
  start: number,
  runs: readonly Run[],
  at: (index: number) => Position,
  recover: Recover,
  frame: Frame,
): Maybe<Completion> {
  let index = start;
  for (;;) {
    try {
      for (; index < runs.length; index += 1) {
        const ended = runs[index]?.(frame);
        if (ended !== undefined) return ended instanceof Promise ? rest(ended, index, runs, at, recover, frame) : ended;
      }
      return undefined;
    } catch (error) {
      const ended = recover(error, frame, at(index));
      if (ended !== undefined) return ended instanceof Promise ? rest(ended, index, runs, at, recover, frame) : ended;
      index += 1;
    }
  }
}

async function rest(
  pending: Promise<Completion>,
  index: number,
  runs: readonly Run[],
  at: (index: number) => Position,
  recover: Recover,
  frame: Frame,
): Promise<Completion> {
  let ended: Completion;
  try {
    ended = await pending;
  } catch (error) {
    ended = await recover(error, frame, at(index));
  }
  return ended ?? from(index + 1, runs, at, recover, frame);
}
