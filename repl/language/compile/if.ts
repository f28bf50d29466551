import type { IfNode } from "../ast/statements.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import type { Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import type { Completion } from "../run/signals.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import type { Code, StatementCode, Unit } from "./code.ts";
import { compileList } from "./statement-list.ts";
import { statementValue } from "./statement-value.ts";

/** Whether a condition's value holds: nothing does not. */
export function holds(value: Value): boolean {
  return value === true || (value !== NOTHING && toBoolean(value));
}

export function compileIf(node: IfNode, unit: Unit): StatementCode {
  const clauses = node.clauses.map(({ condition, body }) => ({
    condition: statementValue(condition, unit, true),
    body: compileList(body, unit),
  }));
  const otherwise = node.otherwise && compileList(node.otherwise, unit);
  const plain = clauses.every(({ condition, body }) => condition.pure && body.plain) && (otherwise?.plain ?? true);
  const [only] = clauses;
  if (clauses.length === 1 && only?.condition.pure) return { plain, run: simple(only.condition, only.body, otherwise) };
  const from = (index: number, frame: Frame): Maybe<Completion> => {
    for (let at = index; at < clauses.length; at += 1) {
      const clause = clauses[at];
      if (clause === undefined) break;
      const test = clause.condition.run(frame);
      if (test instanceof Promise)
        return test.then((value) => (holds(value) ? clause.body.run(frame) : from(at + 1, frame)));
      if (holds(test)) return clause.body.run(frame);
    }
    return otherwise?.run(frame);
  };
  return { plain, run: (frame) => from(0, frame) };
}

/** One condition that needs no waiting, as most have. */
function simple(
  condition: Code & { readonly pure: true },
  body: StatementCode,
  otherwise: StatementCode | undefined,
): StatementCode["run"] {
  const test = condition.run;
  const yes = body.run;
  const no = otherwise?.run;
  if (no === undefined) return (frame) => (holds(test(frame)) ? yes(frame) : undefined);
  return (frame) => (holds(test(frame)) ? yes(frame) : no(frame));
}
