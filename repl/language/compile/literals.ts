import type {
  ArrayNode,
  BlockExpressionNode,
  ExpandableNode,
  HashNode,
  ListNode,
  ParenNode,
  SubexpressionNode,
} from "../ast/expressions.ts";
import { toText } from "../convert/to-text.ts";
import { Position } from "../errors/position.ts";
import { scriptError } from "../errors/script-error.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { blockValue } from "./block.ts";
import { all, type Code, maybe, pure, seen, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { collected, gather, statementValue } from "./statement-value.ts";

/** `a, b` */
export function compileList(node: ListNode, unit: Unit): Code {
  const items = all(node.items.map((item) => compileExpression(item, unit)));
  return maybe(items.run);
}

/** `"text $variable $( ... )"` */
export function compileExpandable(node: ExpandableNode, unit: Unit): Code {
  const codes = node.parts.map((part) => (typeof part === "string" ? pure(() => part) : compileExpression(part, unit)));
  const runs = codes.map((code) => code.run);
  if (codes.every((code) => code.pure)) {
    return pure((frame) => {
      let text = "";
      for (const code of codes) if (code.pure) text += toText(code.run(frame), frame.engine.separator(frame));
      return text;
    });
  }
  const parts = all(codes);
  return maybe((frame) => {
    const join = (values: readonly Value[]) =>
      values.map((value) => toText(value, frame.engine.separator(frame))).join("");
    const values = runs.length === 0 ? [] : parts.run(frame);
    return values instanceof Promise ? values.then(join) : join(values);
  });
}

/** `( statement )` */
export function compileParen(node: ParenNode, unit: Unit, raw = false): Code {
  const { statement } = node;
  const value = statementValue(statement, unit, true);
  if (raw) return value;
  const { run } = value;
  return value.pure
    ? pure((frame) => seen(value.run(frame)))
    : maybe((frame) => {
        const got = run(frame);
        return got instanceof Promise ? got.then(seen) : seen(got);
      });
}

/** `$( ... )`: what the statements put out; nothing, one object, or an array. */
export function compileSubexpression(node: SubexpressionNode, unit: Unit, raw = false): Code {
  const only = singleExpression(node.body.statements);
  if (only) {
    const code = compileExpression(only, unit);
    if (code.pure) return pure((frame) => unroll(code.run(frame)));
  }
  const body = gather(node.body, unit);
  return maybe((frame) => {
    const items = body(frame);
    if (items instanceof Promise) return items.then((there) => (raw ? collected(there) : seen(collected(there))));
    return raw ? collected(items) : seen(collected(items));
  });
}

function unroll(value: Value): Value {
  const items = itemsOf(value);
  if (items === undefined) return value;
  return items.length === 0 ? null : items.length === 1 ? (items[0] ?? null) : items;
}

/** `@( ... )`: always an array. */
export function compileArray(node: ArrayNode, unit: Unit): Code {
  const only = singleExpression(node.body.statements);
  if (only?.kind === "List") return compileExpression(only, unit);
  const body = gather(node.body, unit);
  return maybe(body);
}

function singleExpression(statements: SubexpressionNode["body"]["statements"]) {
  const [statement] = statements;
  if (statements.length !== 1 || statement?.kind !== "Pipeline" || statement.stages.length !== 1) return undefined;
  const [stage] = statement.stages;
  if (stage?.kind !== "ExpressionStage" || stage.redirections.length > 0) return undefined;
  const { expression } = stage;
  return expression.kind === "Step" || expression.kind === "Cast" ? undefined : expression;
}

/** `@{ ... }` */
export function compileHash(node: HashNode, unit: Unit, ordered: boolean): Code {
  const keys = node.pairs.map((pair) => compileExpression(pair.key, unit));
  const values = node.pairs.map((pair) => statementValue(pair.value, unit, false));
  const parts = all(keys.flatMap((key, index) => [key, values[index] ?? key]));
  const build = (flat: readonly Value[]): Value => {
    const table = new Hashtable({ ordered });
    for (let index = 0; index < flat.length; index += 2) {
      const key = flat[index] ?? null;
      if (key === null)
        throw scriptError("A null key is not allowed in a hash literal.", {
          category: "InvalidOperation",
          id: "InvalidNullKey",
        });
      if (table.has(key)) throw duplicate(key);
      const value = flat[index + 1] ?? null;
      table.set(key, value === NOTHING ? null : value);
    }
    return table;
  };
  return maybe((frame) => {
    const flat = parts.run(frame);
    return flat instanceof Promise ? flat.then(build) : build(flat);
  });
}

function duplicate(key: Value): Error {
  return scriptError(`Duplicate keys '${toText(key)}' are not allowed in hash literals.`, {
    category: "InvalidOperation",
    id: "DuplicateKeyInHashLiteral",
    target: key,
  });
}

/** `{ ... }` */
export function compileBlock(node: BlockExpressionNode, unit: Unit): Code {
  const position = new Position(unit.source, node);
  const make = blockValue(node.block, unit, position);
  return pure(make);
}
