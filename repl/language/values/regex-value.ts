/** A `[regex]`: the pattern as it was written, and the JavaScript expression it was translated to. */
export class Regex {
  readonly pattern: string;
  readonly expression: RegExp;

  /** Name of each capturing group from 1 on; undefined for those without. */
  readonly names: readonly (string | undefined)[];

  constructor(pattern: string, expression: RegExp, names: readonly (string | undefined)[] = []) {
    this.names = names;
    this.pattern = pattern;
    this.expression = expression;
  }

  toString(): string {
    return this.pattern;
  }
}
