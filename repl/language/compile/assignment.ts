import type { StepNode } from "../ast/expressions.ts";
import type { AssignmentOperator } from "../ast/operators.ts";
import type { AssignmentNode } from "../ast/statements.ts";
import { isNumber } from "../convert/to-number.ts";
import { typeNameOf } from "../convert/type-name.ts";
import { scriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import { add, divide, multiply, remainder, subtract } from "../operators/arithmetic.ts";
import type { Frame } from "../run/frame.ts";
import type { Completion } from "../run/signals.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { type Code, maybe, pure, type StatementCode, type Unit } from "./code.ts";
import { statementValue } from "./statement-value.ts";
import { compileTarget } from "./targets.ts";
import { readVariable, writeVariable } from "./variables.ts";

const OPERATIONS: Readonly<Record<Exclude<AssignmentOperator, "=" | "??=">, (left: Value, right: Value) => Value>> = {
  "+=": add,
  "-=": subtract,
  "*=": multiply,
  "/=": divide,
  "%=": remainder,
};

/** An assignment as a statement: puts nothing out. */
export function compileAssignment(node: AssignmentNode, unit: Unit): StatementCode {
  const code = compileAssignmentValue(node, unit);
  if (code.pure) {
    const { run } = code;
    return {
      plain: true,
      run(frame) {
        run(frame);
        frame.engine.succeeded = true;
        return undefined;
      },
    };
  }
  const { run } = code;
  return {
    plain: false,
    run(frame): Maybe<Completion> {
      const value = run(frame);
      return value instanceof Promise ? value.then(() => undefined) : undefined;
    },
  };
}

/** An assignment that gives what it assigned: `($x = 5)`, `$a = $b = 1`. */
export function compileAssignmentValue(node: AssignmentNode, unit: Unit): Code {
  const value = statementValue(node.value, unit, true);
  if (node.operator === "??=") return compileDefault(node, value, unit);
  if (node.target.kind === "Variable" && value.pure) return assignVariable(node, value.run);
  const target = compileTarget(node.target, unit);
  const { run } = value;
  if (node.operator === "=") {
    return maybe((frame) =>
      after(run(frame), (to) => after(target.assign(frame, to), () => (to === NOTHING ? null : to))),
    );
  }
  const operation = OPERATIONS[node.operator];
  return maybe((frame) =>
    after(run(frame), (by) => target.update(frame, (current) => operation(current, by === NOTHING ? null : by))),
  );
}

/** The case that loops are made of: a variable and a value that needs no waiting. */
function assignVariable(node: AssignmentNode, run: (frame: Frame) => Value): Code {
  if (node.target.kind !== "Variable" || node.operator === "??=") throw new Error("Not a plain assignment.");
  const write = writeVariable(node.target);
  if (node.operator === "=") {
    return pure((frame) => {
      const value = run(frame);
      write(frame, value);
      return value === NOTHING ? null : value;
    });
  }
  const read = readVariable(node.target);
  const operation = OPERATIONS[node.operator];
  if (!read.pure) {
    return maybe((frame) =>
      after(read.run(frame), (current) => {
        const value = operation(current, run(frame));
        write(frame, value);
        return value;
      }),
    );
  }
  if (node.operator === "+=") {
    return pure((frame) => {
      const current = read.run(frame);
      const by = run(frame);
      const value = add(current, by === NOTHING ? null : by);
      write(frame, value);
      return value;
    });
  }
  return pure((frame) => {
    const current = read.run(frame);
    const value = operation(current, run(frame));
    write(frame, value);
    return value;
  });
}

function compileDefault(node: AssignmentNode, value: Code, unit: Unit): Code {
  const target = compileTarget(node.target, unit);
  return maybe((frame) =>
    after(target.read(frame), (current) => {
      if (current !== null) return current;
      return after(value.run(frame), (to) => after(target.assign(frame, to), () => (to === NOTHING ? null : to)));
    }),
  );
}

/** `$x++`, `--$x`: gives the value before or after. */
export function compileStep(node: StepNode, unit: Unit): Code {
  const { by, prefix, operand } = node;
  if (operand.kind === "Variable" && operand.scope === undefined) {
    const read = readVariable(operand);
    const write = writeVariable(operand);
    if (read.pure) {
      return pure((frame) => {
        const before = read.run(frame);
        const stepped = typeof before === "number" ? before + by : Number.NaN;
        const value = (stepped | 0) === stepped && (Number(before) | 0) === before ? stepped : step(before, by);
        write(frame, value);
        return prefix ? value : (before ?? 0);
      });
    }
  }
  const target = compileTarget(operand, unit);
  return maybe((frame) => {
    let before: Value = null;
    const value = target.update(frame, (current) => {
      before = current ?? 0;
      return step(current, by);
    });
    return prefix ? value : after(value, () => before);
  });
}

function step(value: Value, by: 1 | -1): Value {
  if (value === null) return by;
  if (isNumber(value)) return add(value, by);
  throw scriptError(
    `The operator '${by > 0 ? "++" : "--"}' works only on numbers. The operand is a '${typeNameOf(value)}'.`,
    {
      category: "InvalidOperation",
      id: "OperatorRequiresNumber",
    },
  );
}
