/** A `[regex]`: the pattern as it was written, and the JavaScript expression it was translated to. */
export class Regex {
  readonly pattern: string;
  readonly expression: RegExp;

  constructor(pattern: string, expression: RegExp) {
    this.pattern = pattern;
    this.expression = expression;
  }

  toString(): string {
    return this.pattern;
  }
}
