import type { TernaryNode } from "../ast/expressions.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { type Code, maybe, pure, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";

/** `condition ? yes : no` */
export function compileTernary(node: TernaryNode, unit: Unit): Code {
  const condition = compileExpression(node.condition, unit);
  const yes = compileExpression(node.yes, unit);
  const no = compileExpression(node.no, unit);
  if (condition.pure && yes.pure && no.pure) {
    return pure((frame) => (toBoolean(condition.run(frame)) ? yes.run(frame) : no.run(frame)));
  }
  return maybe((frame) => {
    const test = condition.run(frame);
    if (test instanceof Promise) return test.then((value) => (toBoolean(value) ? yes : no).run(frame));
    return (toBoolean(test) ? yes : no).run(frame);
  });
}
