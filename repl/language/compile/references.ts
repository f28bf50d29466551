import type { Expression } from "../ast/expressions.ts";
import { scriptError } from "../errors/script-error.ts";
import { ReferenceBox } from "../values/reference-box.ts";
import { type Code, map, pure, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { readVariable, writeVariable } from "./variables.ts";

/** `[ref]$variable`: what a method or function writes its result to. */
export function compileReference(operand: Expression, unit: Unit): Code {
  if (operand.kind !== "Variable") {
    return map(compileExpression(operand, unit), (value) => {
      let held = value;
      return new ReferenceBox(
        () => held,
        (to) => {
          held = to;
        },
      );
    });
  }
  const read = readVariable(operand);
  const write = writeVariable(operand);
  return pure((frame) => {
    if (!read.pure) throw scriptError("[ref] cannot be applied to this variable.", { category: "InvalidOperation" });
    return new ReferenceBox(
      () => read.run(frame),
      (to) => write(frame, to),
    );
  });
}
