import type { JumpNode, LeaveNode } from "../ast/statements.ts";
import { toFloat } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { Exception } from "../errors/exception.ts";
import { Position } from "../errors/position.ts";
import { ScriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import { BREAK, CONTINUE, type Completion, RETURN, ScriptExit } from "../run/signals.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { compileStatement } from "./statement.ts";
import { statementValue } from "./statement-value.ts";

/** `break`, `continue`, with or without a label. */
export function compileJump(node: JumpNode, unit: Unit): StatementCode {
  const kind = node.kind === "Break" ? "break" : "continue";
  if (node.label === undefined) {
    const jump = kind === "break" ? BREAK : CONTINUE;
    return { plain: true, run: () => jump };
  }
  const label = compileExpression(node.label, unit);
  return {
    plain: false,
    run: (frame): Maybe<Completion> =>
      after(label.run(frame), (value) => ({ kind, label: toText(value).toLowerCase() })),
  };
}

/** `return`, `exit`, `throw` */
export function compileLeave(node: LeaveNode, unit: Unit): StatementCode {
  if (node.kind === "Return") return compileReturn(node, unit);
  const value = node.value ? statementValue(node.value, unit, true) : undefined;
  const position = new Position(unit.source, node);
  return {
    plain: false,
    run: (frame) =>
      after(value?.run(frame) ?? NOTHING, (held): never => {
        if (node.kind === "Exit") throw new ScriptExit(held === NOTHING ? frame.engine.exitCode : exitCode(held));
        const current = frame.item instanceof ErrorRecord ? frame.item : undefined;
        throw new ScriptError(held === NOTHING && current ? current : thrown(held, position), "script");
      }),
  };
}

function exitCode(value: Value): number {
  const code = toFloat(value);
  return Number.isFinite(code) ? Math.trunc(code) : 0;
}

/** What `throw value` throws: a record as it is, an exception in a record, anything else as its text. */
function thrown(value: Value, position: Position): ErrorRecord {
  if (value instanceof ErrorRecord) {
    value.position ??= position;
    return value;
  }
  if (value instanceof Exception)
    return new ErrorRecord(value, { category: "OperationStopped", position, id: value.message });
  const message = value === NOTHING ? "ScriptHalted" : toText(value);
  return ErrorRecord.of(message, {
    category: "OperationStopped",
    id: message,
    target: value === NOTHING ? null : value,
    position,
  });
}

function compileReturn(node: LeaveNode, unit: Unit): StatementCode {
  if (node.value === undefined) return { plain: true, run: () => RETURN };
  const inner = compileStatement(node.value, unit);
  return { plain: inner.plain, run: (frame): Maybe<Completion> => after(inner.run(frame), (ended) => ended ?? RETURN) };
}
