import type { Source, Span } from "../errors/position.ts";
import type { ScriptBlockNode } from "./blocks.ts";

/** What a piece of text is, for highlighting and completion. */
export type TokenKind =
  | "comment"
  | "keyword"
  | "variable"
  | "string"
  | "number"
  | "operator"
  | "command"
  | "parameter"
  | "argument"
  | "type"
  | "member"
  | "punctuation"
  | "space"
  | "error";

export interface Token extends Span {
  readonly kind: TokenKind;
}

/** Something that is wrong with the text. */
export interface SyntaxProblem extends Span {
  readonly message: string;
  /** Stable name, as in PowerShell's `FullyQualifiedErrorId`. */
  readonly id: string;
  /** More text could put it right: the prompt asks for another line. */
  readonly incomplete: boolean;
}

/** A parsed text. There is always a tree; `errors` says whether it may be run. */
export interface Script {
  readonly source: Source;
  readonly ast: ScriptBlockNode;
  readonly errors: readonly SyntaxProblem[];
  /** The text is unfinished rather than wrong. */
  readonly incomplete: boolean;
  /** Tokens in order; together they cover every character of the text. */
  readonly tokens: readonly Token[];
}
