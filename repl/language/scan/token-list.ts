import type { Token, TokenKind } from "../ast/script.ts";

/** The tokens of a text in the order they are read; kept as numbers, because few readers of a tree look at them. */
export class TokenList {
  private readonly kinds: TokenKind[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  get length(): number {
    return this.kinds.length;
  }

  add(kind: TokenKind, start: number, end: number): void {
    this.kinds.push(kind);
    this.starts.push(start);
    this.ends.push(end);
  }

  kindAt(index: number): TokenKind | undefined {
    return this.kinds[index];
  }

  at(index: number): Token | undefined {
    const kind = this.kinds[index];
    return kind && { kind, start: this.starts[index] ?? 0, end: this.ends[index] ?? 0 };
  }

  /** Forgets the tokens from here on: the text is read again in another way. */
  truncate(length: number): void {
    this.kinds.length = length;
    this.starts.length = length;
    this.ends.length = length;
  }

  /** All tokens with the gaps between them filled in, so that together they cover every character. */
  covering(textLength: number): Token[] {
    const covered: Token[] = [];
    let from = 0;
    for (let index = 0; index < this.kinds.length; index += 1) {
      const token = this.at(index);
      if (token === undefined || token.start < from) continue;
      if (token.start > from) covered.push({ kind: "space", start: from, end: token.start });
      covered.push(token);
      from = token.end;
    }
    if (from < textLength) covered.push({ kind: "space", start: from, end: textLength });
    return covered;
  }
}
