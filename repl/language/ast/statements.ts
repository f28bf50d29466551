import type { Span } from "../errors/position.ts";
import type { ScriptBlockNode } from "./blocks.ts";
import type { Expression, TypeName } from "./expressions.ts";
import type { AssignmentOperator } from "./operators.ts";

export interface StatementList extends Span {
  readonly statements: readonly Statement[];
}

/** `-Name` or `-Name:value` */
export interface ParameterNode extends Span {
  readonly kind: "Parameter";
  /** As it is written, without the dash. */
  readonly name: string;
  readonly value: Expression | undefined;
}

/** `2> file`, `>> file`, `2>&1`; stream 0 is `*`. */
export interface RedirectionNode extends Span {
  readonly stream: number;
  readonly append: boolean;
  /** A stream's number, or where the text goes. */
  readonly target: number | Expression;
}

export interface CommandNode extends Span {
  readonly kind: "Command";
  /** `&`: in a scope of its own; `.`: in this one. */
  readonly operator: "&" | "." | undefined;
  readonly name: Expression;
  readonly args: readonly (Expression | ParameterNode)[];
  readonly redirections: readonly RedirectionNode[];
}

/** An expression that starts a pipeline, or is one. */
export interface ExpressionStageNode extends Span {
  readonly kind: "ExpressionStage";
  readonly expression: Expression;
  readonly redirections: readonly RedirectionNode[];
}

export interface PipelineNode extends Span {
  readonly kind: "Pipeline";
  readonly stages: readonly (CommandNode | ExpressionStageNode)[];
  readonly background: boolean;
}

/** `a && b`, `a || b` */
export interface ChainNode extends Span {
  readonly kind: "Chain";
  readonly left: Statement;
  readonly operator: "&&" | "||";
  readonly right: Statement;
}

export interface AssignmentNode extends Span {
  readonly kind: "Assignment";
  readonly target: Expression;
  readonly operator: AssignmentOperator;
  readonly value: Statement;
}

export interface IfNode extends Span {
  readonly kind: "If";
  readonly clauses: readonly { readonly condition: Statement; readonly body: StatementList }[];
  readonly otherwise: StatementList | undefined;
}

export interface ForNode extends Span {
  readonly kind: "For";
  readonly label: string | undefined;
  readonly initial: Statement | undefined;
  readonly condition: Statement | undefined;
  readonly step: Statement | undefined;
  readonly body: StatementList;
}

export interface ForEachNode extends Span {
  readonly kind: "ForEach";
  readonly label: string | undefined;
  readonly variable: Expression;
  readonly collection: Statement;
  readonly body: StatementList;
  readonly parallel: boolean;
}

/** `while`, `do ... while`, `do ... until` */
export interface WhileNode extends Span {
  readonly kind: "While";
  readonly label: string | undefined;
  readonly condition: Statement;
  readonly body: StatementList;
  /** The body runs before the condition is asked for the first time. */
  readonly bodyFirst: boolean;
  readonly until: boolean;
}

export interface SwitchNode extends Span {
  readonly kind: "Switch";
  readonly label: string | undefined;
  readonly mode: "exact" | "wildcard" | "regex";
  readonly caseSensitive: boolean;
  /** `-File`: the value names a file whose lines are switched on. */
  readonly file: boolean;
  readonly value: Statement;
  readonly clauses: readonly { readonly condition: Expression; readonly body: StatementList }[];
  readonly otherwise: StatementList | undefined;
}

/** `break`, `continue` with an optional label; `return`, `exit`, `throw` with an optional value. */
export interface JumpNode extends Span {
  readonly kind: "Break" | "Continue";
  readonly label: Expression | undefined;
}

export interface LeaveNode extends Span {
  readonly kind: "Return" | "Exit" | "Throw";
  readonly value: Statement | undefined;
}

export interface CatchClause extends Span {
  /** Empty: catches everything. */
  readonly types: readonly TypeName[];
  readonly body: StatementList;
}

export interface TryNode extends Span {
  readonly kind: "Try";
  readonly body: StatementList;
  readonly catches: readonly CatchClause[];
  readonly final: StatementList | undefined;
}

export interface TrapNode extends Span {
  readonly kind: "Trap";
  readonly type: TypeName | undefined;
  readonly body: StatementList;
}

export interface FunctionNode extends Span {
  readonly kind: "Function";
  readonly name: string;
  readonly filter: boolean;
  readonly body: ScriptBlockNode;
}

/** `using module X`, `using namespace Y` */
export interface UsingNode extends Span {
  readonly kind: "Using";
  readonly what: string;
  readonly name: string;
}

/** A construct that is read but cannot be run: `class`, `enum`, `workflow`, `configuration`, ... */
export interface UnsupportedNode extends Span {
  readonly kind: "Unsupported";
  readonly what: string;
}

export type Statement =
  | PipelineNode
  | ChainNode
  | AssignmentNode
  | IfNode
  | ForNode
  | ForEachNode
  | WhileNode
  | SwitchNode
  | JumpNode
  | LeaveNode
  | TryNode
  | TrapNode
  | FunctionNode
  | UsingNode
  | UnsupportedNode;
