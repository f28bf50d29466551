import type { Position } from "../errors/position.ts";

/** A `{ ... }` as a value. */
export class ScriptBlock {
  /** From brace to brace. */
  readonly position: Position;
  /** What the evaluator made of it; nobody else looks inside. */
  readonly code: object;

  /** Makes the same block with a copy of the variables around it: `GetNewClosure()`. */
  readonly closure: (() => ScriptBlock) | undefined;

  constructor(position: Position, code: object, closure?: () => ScriptBlock) {
    this.position = position;
    this.code = code;
    this.closure = closure;
  }

  /** The text between the braces. */
  get text(): string {
    const { text } = this.position;
    return text.startsWith("{") && text.endsWith("}") ? text.slice(1, -1) : text;
  }

  toString(): string {
    return this.text;
  }
}
