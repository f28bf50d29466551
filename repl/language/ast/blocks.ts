import type { Span } from "../errors/position.ts";
import type { AttributeNode, Expression, TypeName } from "./expressions.ts";
import type { StatementList } from "./statements.ts";

/** One parameter of a `param ( )` block or of `function f($a, $b)`. */
export interface ParameterDeclaration extends Span {
  readonly name: string;
  readonly type: TypeName | undefined;
  readonly attributes: readonly AttributeNode[];
  readonly initial: Expression | undefined;
}

export interface BlockParts {
  readonly begin?: StatementList;
  readonly process?: StatementList;
  /** The body of a block without named parts. */
  readonly end?: StatementList;
  readonly clean?: StatementList;
}

/** The inside of a script, a function or a `{ ... }`. */
export interface ScriptBlockNode extends Span {
  readonly kind: "ScriptBlock";
  /** `[CmdletBinding()]` and others above `param`. */
  readonly attributes: readonly AttributeNode[];
  readonly parameters: readonly ParameterDeclaration[] | undefined;
  readonly parts: BlockParts;
  /** Comment-based help as it was written, without the comment marks. */
  readonly help: string | undefined;
}
