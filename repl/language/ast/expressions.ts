import type { Span } from "../errors/position.ts";
import type { Decimal } from "../values/decimal.ts";
import type { Double } from "../values/double.ts";
import type { ScriptBlockNode } from "./blocks.ts";
import type { BinaryOperator, UnaryOperator } from "./operators.ts";
import type { Statement, StatementList } from "./statements.ts";

export interface NumberNode extends Span {
  readonly kind: "Number";
  readonly value: number | bigint | Double | Decimal;
}

/** Text without anything to expand: single-quoted, double-quoted without `$`, or a bare word of a command line. */
export interface StringNode extends Span {
  readonly kind: "String";
  readonly value: string;
  readonly bare: boolean;
}

/** Text with variables or subexpressions in it. */
export interface ExpandableNode extends Span {
  readonly kind: "Expandable";
  readonly parts: readonly (string | Expression)[];
  readonly bare: boolean;
}

/** `$name`, `$scope:name`, `${any text}`; `scope` in lower case, without the colon. */
export interface VariableNode extends Span {
  readonly kind: "Variable";
  readonly name: string;
  readonly scope: string | undefined;
  /** `@name`: the arguments in it are spread over the command. */
  readonly splat: boolean;
}

/** `a, b` */
export interface ListNode extends Span {
  readonly kind: "List";
  readonly items: readonly Expression[];
}

/** `( ... )` */
export interface ParenNode extends Span {
  readonly kind: "Paren";
  readonly statement: Statement;
}

/** `$( ... )` */
export interface SubexpressionNode extends Span {
  readonly kind: "Subexpression";
  readonly body: StatementList;
}

/** `@( ... )` */
export interface ArrayNode extends Span {
  readonly kind: "Array";
  readonly body: StatementList;
}

export interface HashPair {
  readonly key: Expression;
  readonly value: Statement;
}

/** `@{ ... }` */
export interface HashNode extends Span {
  readonly kind: "Hash";
  readonly pairs: readonly HashPair[];
}

export interface BlockExpressionNode extends Span {
  readonly kind: "Block";
  readonly block: ScriptBlockNode;
}

/** `System.Collections.Generic.List[string]`, `int[]` */
export interface TypeName extends Span {
  readonly name: string;
  readonly generic: readonly TypeName[];
  /** How many `[]` follow. */
  readonly rank: number;
}

export interface TypeNode extends Span {
  readonly kind: "Type";
  readonly type: TypeName;
}

/** `[Parameter(Mandatory, Position = 0)]` */
export interface AttributeNode extends Span {
  readonly name: string;
  readonly positional: readonly Expression[];
  /** Names in lower case; a name without a value has none. */
  readonly named: readonly { readonly name: string; readonly value: Expression | undefined }[];
}

export interface CastNode extends Span {
  readonly kind: "Cast";
  readonly type: TypeName;
  readonly operand: Expression;
}

/** `[ValidateRange(1, 5)]$x` */
export interface AttributedNode extends Span {
  readonly kind: "Attributed";
  readonly attribute: AttributeNode;
  readonly operand: Expression;
}

export interface UnaryNode extends Span {
  readonly kind: "Unary";
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

/** `++$x`, `$x--` */
export interface StepNode extends Span {
  readonly kind: "Step";
  readonly by: 1 | -1;
  readonly prefix: boolean;
  readonly operand: Expression;
}

export interface BinaryNode extends Span {
  readonly kind: "Binary";
  readonly operator: BinaryOperator;
  readonly caseSensitive: boolean;
  readonly left: Expression;
  readonly right: Expression;
  /** Where the operator itself stands. */
  readonly at: number;
}

export interface TernaryNode extends Span {
  readonly kind: "Ternary";
  readonly condition: Expression;
  readonly yes: Expression;
  readonly no: Expression;
}

/** `$x.Name`, `[T]::Name`, `$x.$name`, `${x}?.Name` */
export interface MemberNode extends Span {
  readonly kind: "Member";
  readonly object: Expression;
  readonly member: Expression;
  readonly static: boolean;
  readonly optional: boolean;
}

export interface CallNode extends Span {
  readonly kind: "Call";
  readonly object: Expression;
  readonly member: Expression;
  readonly args: readonly Expression[];
  readonly static: boolean;
  readonly optional: boolean;
}

export interface IndexNode extends Span {
  readonly kind: "Index";
  readonly object: Expression;
  readonly index: Expression;
  readonly optional: boolean;
}

/** What could not be read; there is an error for it. */
export interface MissingNode extends Span {
  readonly kind: "Missing";
}

export type Expression =
  | NumberNode
  | StringNode
  | ExpandableNode
  | VariableNode
  | ListNode
  | ParenNode
  | SubexpressionNode
  | ArrayNode
  | HashNode
  | BlockExpressionNode
  | TypeNode
  | CastNode
  | AttributedNode
  | UnaryNode
  | StepNode
  | BinaryNode
  | TernaryNode
  | MemberNode
  | CallNode
  | IndexNode
  | MissingNode;
