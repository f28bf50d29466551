import type { SwitchNode } from "../ast/statements.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { toText } from "../convert/to-text.ts";
import { after, type Maybe } from "../maybe.ts";
import { equals } from "../operators/compare.ts";
import { like, match } from "../operators/match.ts";
import { readLines } from "../run/files.ts";
import type { Frame } from "../run/frame.ts";
import { type Completion, LoopExit } from "../run/signals.ts";
import { itemsOf, unrolled } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import { ScriptBlock } from "../values/script-block.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import type { StatementCode, Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { compileList } from "./statement-list.ts";
import { gather, statementValue } from "./statement-value.ts";

type Test = (item: Value, frame: Frame) => Maybe<boolean>;

interface Clause {
  readonly test: Test;
  readonly run: StatementCode["run"];
}

/** `switch`: every clause that takes the value runs, unless `break` or `continue` says otherwise. */
export function compileSwitch(node: SwitchNode, unit: Unit): StatementCode {
  const value = statementValue(node.value, unit, true);
  const clauses = node.clauses.map(
    (clause): Clause => ({ test: compileTest(node, clause.condition, unit), run: compileList(clause.body, unit).run }),
  );
  const otherwise = node.otherwise && compileList(node.otherwise, unit).run;
  const label = node.label?.toLowerCase();
  return {
    plain: false,
    run: (frame) =>
      after(value.run(frame), (held) => {
        const items = node.file ? readLines(toText(held), frame.engine.location) : subjects(held);
        const { item } = frame;
        const restore = (ended: Completion): Completion => {
          frame.item = item;
          return ended;
        };
        return after(runItems(items, 0, clauses, otherwise, label, frame), restore);
      }),
  };
}

/** An empty collection runs nothing; `$null` is a value like any other. */
function subjects(value: Value): readonly Value[] {
  return value === NOTHING ? [] : (itemsOf(value) ?? [value]);
}

function compileTest(node: SwitchNode, condition: SwitchNode["clauses"][number]["condition"], unit: Unit): Test {
  if (condition.kind === "Block" && !condition.block.parameters && condition.block.parts.end) {
    const body = gather(condition.block.parts.end, unit);
    return (_item, frame) => after(body(frame), (items) => toBoolean(unrolled(items)));
  }
  const code = compileExpression(condition, unit);
  return (item, frame) => after(code.run(frame), (wanted) => test(node, item, wanted, frame));
}

function test(node: SwitchNode, item: Value, wanted: Value, frame: Frame): Maybe<boolean> {
  if (wanted instanceof ScriptBlock) return frame.engine.runner(wanted, frame).test(item);
  if (node.mode === "wildcard") return like(item, toText(wanted), node.caseSensitive);
  if (node.mode === "regex") {
    const { result, groups } = match(toText(item), wanted, node.caseSensitive);
    if (groups) frame.scope.set("Matches", groups);
    return result === true;
  }
  if (wanted instanceof TypeValue) return equals(wanted, item);
  return equals(item, wanted, node.caseSensitive);
}

function runItems(
  items: readonly Value[],
  start: number,
  clauses: readonly Clause[],
  otherwise: StatementCode["run"] | undefined,
  label: string | undefined,
  frame: Frame,
): Maybe<Completion> {
  for (let index = start; index < items.length; index += 1) {
    frame.item = items[index] ?? null;
    const ended = guarded(() => runItem(frame.item, clauses, otherwise, frame));
    const go = (completion: Completion): Maybe<Completion> => {
      const own =
        completion !== undefined &&
        completion.kind !== "return" &&
        (completion.label === undefined || completion.label === label);
      if (completion !== undefined && !own) return completion;
      if (completion?.kind === "break") return undefined;
      return runItems(items, index + 1, clauses, otherwise, label, frame);
    };
    if (ended instanceof Promise) return ended.then(go);
    if (ended !== undefined) return go(ended);
  }
  return undefined;
}

function guarded(run: () => Maybe<Completion>): Maybe<Completion> {
  const caught = (error: unknown): Completion => {
    if (error instanceof LoopExit) return error.jump;
    throw error;
  };
  try {
    const ended = run();
    return ended instanceof Promise ? ended.catch(caught) : ended;
  } catch (error) {
    return caught(error);
  }
}

function runItem(
  item: Value,
  clauses: readonly Clause[],
  otherwise: StatementCode["run"] | undefined,
  frame: Frame,
): Maybe<Completion> {
  let matched = false;
  const from = (start: number): Maybe<Completion> => {
    for (let index = start; index < clauses.length; index += 1) {
      const clause = clauses[index];
      if (clause === undefined) break;
      const ended = after(clause.test(item, frame), (takes) => {
        if (!takes) return undefined;
        matched = true;
        return after(clause.run(frame), (completion) => {
          frame.item = item;
          return completion;
        });
      });
      if (ended instanceof Promise) return ended.then((there) => there ?? from(index + 1));
      if (ended !== undefined) return ended;
    }
    return matched ? undefined : otherwise?.(frame);
  };
  return from(0);
}
