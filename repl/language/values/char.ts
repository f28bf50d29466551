/** A `[char]`: one UTF-16 code unit. */
export class Char {
  readonly code: number;

  constructor(code: number) {
    this.code = code & 0xffff;
  }

  static of(text: string): Char {
    return new Char(text.charCodeAt(0));
  }

  toString(): string {
    return String.fromCharCode(this.code);
  }
}
