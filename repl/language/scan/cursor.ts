import type { SyntaxProblem, TokenKind } from "../ast/script.ts";
import { isBlank, isNewline } from "./chars.ts";
import { TokenList } from "./token-list.ts";

const BACKTICK = 96;
const HASH = 35;
const LESS = 60;
const GREATER = 62;

/** The place the parser has come to in a text, with the tokens and problems found so far. */
export class Cursor {
  readonly text: string;
  pos = 0;
  /** A comma ends the expression (arguments of methods, defaults of parameters). */
  commaEnds = false;
  readonly tokens = new TokenList();
  readonly problems: SyntaxProblem[] = [];
  private depth = 0;
  private gaveUp = false;

  private readonly maxNesting: number;

  constructor(text: string, maxNesting: number) {
    this.text = text;
    this.maxNesting = maxNesting;
  }

  /** Code of the character at the cursor (or further on); -1 at the end. */
  peek(ahead = 0): number {
    const at = this.pos + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : -1;
  }

  get atEnd(): boolean {
    return this.pos >= this.text.length;
  }

  looksAt(text: string): boolean {
    return this.text.startsWith(text, this.pos);
  }

  /** Notes the text from `start` to the cursor as a token. */
  token(kind: TokenKind, start: number): void {
    if (this.pos > start) this.tokens.add(kind, start, this.pos);
  }

  /** Takes so many characters as one token. */
  take(length: number, kind: TokenKind): void {
    const start = this.pos;
    this.pos = Math.min(this.pos + length, this.text.length);
    this.token(kind, start);
  }

  /** Takes the character when it is the next one. */
  accept(code: number, kind: TokenKind = "punctuation"): boolean {
    if (this.peek() !== code) return false;
    this.take(1, kind);
    return true;
  }

  /** Skips what separates words on a line: blanks, comments and continued line ends. */
  skipBlanks(): void {
    for (;;) {
      const code = this.peek();
      if (code === 32 || code === 9 || isBlank(code)) this.pos += 1;
      else if (code === HASH) this.lineComment();
      else if (code === LESS && this.peek(1) === HASH) this.blockComment();
      else if (code === BACKTICK && (isNewline(this.peek(1)) || this.pos + 1 === this.text.length)) this.continuation();
      else return;
    }
  }

  /** The same, and line ends. */
  skipLines(): void {
    for (;;) {
      this.skipBlanks();
      if (!isNewline(this.peek())) return;
      this.pos += 1;
    }
  }

  /** Notes that something is wrong; `incomplete` when the text ends where more is needed. */
  problem(id: string, message: string, start = this.pos, end = Math.max(this.pos, start + 1)): void {
    if (this.gaveUp) return;
    const incomplete = start >= this.text.length || (this.atEnd && id.startsWith("Terminator"));
    this.problems.push({ id, message, start, end: Math.min(Math.max(end, start), this.text.length), incomplete });
  }

  /** Parses something that is nested in something else; gives up on the whole text when that goes too deep. */
  nested<T>(parse: (cursor: Cursor) => T): T {
    if (this.depth >= this.maxNesting && !this.gaveUp) {
      this.problem("NestedTooDeeply", `The script is nested more than ${this.maxNesting} levels deep.`);
      this.gaveUp = true;
      const start = this.pos;
      this.pos = this.text.length;
      this.token("error", start);
    }
    this.depth += 1;
    const { commaEnds } = this;
    this.commaEnds = false;
    try {
      return parse(this);
    } finally {
      this.commaEnds = commaEnds;
      this.depth -= 1;
    }
  }

  private lineComment(): void {
    const start = this.pos;
    while (!this.atEnd && !isNewline(this.peek())) this.pos += 1;
    this.token("comment", start);
  }

  private blockComment(): void {
    const start = this.pos;
    this.pos += 2;
    while (!this.atEnd && !(this.peek() === HASH && this.peek(1) === GREATER)) this.pos += 1;
    if (this.atEnd)
      this.problem("TerminatorExpectedComment", "The terminator '#>' is missing from the comment.", start);
    this.pos = Math.min(this.pos + 2, this.text.length);
    this.token("comment", start);
  }

  private continuation(): void {
    const start = this.pos;
    this.pos += 1;
    if (this.atEnd) this.problem("IncompleteLine", "The line is continued, but nothing follows.", this.pos);
    this.pos += this.peek() === 13 && this.peek(1) === 10 ? 2 : this.atEnd ? 0 : 1;
    this.token("operator", start);
  }
}
