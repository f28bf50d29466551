import type { ScriptBlockNode } from "../ast/blocks.ts";
import type { StatementList } from "../ast/statements.ts";
import { planOfBlock } from "../bind/block-plan.ts";
import type { Plan } from "../bind/parameter.ts";
import type { Position } from "../errors/position.ts";
import type { Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import { Scope } from "../run/scope.ts";
import type { Completion } from "../run/signals.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Code, Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { compileList } from "./statement-list.ts";

type Run = (frame: Frame) => Maybe<Completion>;

export interface Parts {
  readonly begin: Run | undefined;
  readonly process: Run | undefined;
  readonly end: Run | undefined;
  readonly clean: Run | undefined;
}

/** The code of a script, function or `{ ... }`; compiled when it first runs. */
export class BlockCode {
  readonly node: ScriptBlockNode;
  readonly unit: Unit;
  private compiled: Parts | undefined;
  private planned: Plan | undefined;
  private only: { readonly code: Code | undefined } | undefined;

  constructor(node: ScriptBlockNode, unit: Unit) {
    this.node = node;
    this.unit = unit;
  }

  /** The text between the braces. */
  get text(): string {
    const text = this.unit.source.text.slice(this.node.start, this.node.end);
    return text.startsWith("{") && text.endsWith("}") ? text.slice(1, -1) : text;
  }

  get plan(): Plan {
    this.planned ??= planOfBlock(this.node, this.unit);
    return this.planned;
  }

  parts(): Parts {
    if (this.compiled) return this.compiled;
    const { begin, process, end, clean } = this.node.parts;
    const run = (list: StatementList | undefined) =>
      list === undefined ? undefined : compileList(list, this.unit).run;
    this.compiled = { begin: run(begin), process: run(process), end: run(end), clean: run(clean) };
    return this.compiled;
  }

  /** The expression, of a block that is nothing but one without side effects on the output: `{ $_.Size * 2 }`. */
  expression(): Code | undefined {
    if (this.only) return this.only.code;
    const { end, process, begin } = this.node.parts;
    const [statement] = end?.statements ?? [];
    const simple =
      end?.statements.length === 1 && !process && !begin && !this.node.parameters && statement?.kind === "Pipeline";
    const stage = simple && statement.stages.length === 1 ? statement.stages[0] : undefined;
    const value = stage?.kind === "ExpressionStage" && stage.redirections.length === 0 ? stage.expression : undefined;
    const silent =
      value?.kind === "Step" || value?.kind === "Call" || value?.kind === "Cast" || value?.kind === "Paren";
    const code = value === undefined || silent ? undefined : compileExpression(value, this.unit);
    this.only = { code };
    return code;
  }
}

/** What a script block value holds: its code, and the scope it was closed over. */
export class BoundBlock {
  readonly block: BlockCode;
  readonly home: Scope | undefined;

  constructor(block: BlockCode, home: Scope | undefined) {
    this.block = block;
    this.home = home;
  }
}

export function boundBlock(value: ScriptBlock): BoundBlock {
  if (value.code instanceof BoundBlock) return value.code;
  throw new TypeError("A script block of another session.");
}

/** Makes the value of a `{ ... }` each time it is evaluated. */
export function blockValue(node: ScriptBlockNode, unit: Unit, position: Position): (frame: Frame) => ScriptBlock {
  const block = new BlockCode(node, unit);
  const open = new BoundBlock(block, undefined);
  return (frame) => new ScriptBlock(position, open, () => closed(block, position, frame.scope));
}

/** `GetNewClosure()`: keeps a copy of the variables of the innermost scope. */
function closed(block: BlockCode, position: Position, scope: Scope): ScriptBlock {
  const home = new Scope(scope.nearest("script"));
  for (const { name, value } of scope.all()) home.set(name, value);
  return new ScriptBlock(position, new BoundBlock(block, home), () => closed(block, position, home));
}
