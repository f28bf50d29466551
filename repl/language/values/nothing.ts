/**
 * What a statement that put nothing out leaves in a variable: it reads as `$null`, but nothing goes down a pipeline
 * that starts with it (`$none | ForEach-Object { ... }` does not run).
 */
class Nothing {
  toString(): string {
    return "";
  }
}

export const NOTHING: object = Object.freeze(new Nothing());
