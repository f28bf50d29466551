import type { Position } from "../errors/position.ts";

/** A `{ ... }` as a value. */
export class ScriptBlock {
  /** From brace to brace. */
  readonly position: Position;
  /** What the evaluator made of it; nobody else looks inside. */
  readonly code: object;

  constructor(position: Position, code: object) {
    this.position = position;
    this.code = code;
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
