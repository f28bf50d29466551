import type { Token } from "../language/ast/script.ts";

/** One thing on a command line: a parameter by its name, or a value. */
type Item = { readonly parameter: string } | "value";

/** How far the command line is that the cursor stands in. */
export interface Trail {
  /** The name of the command, when there is one yet. */
  readonly command: string | undefined;
  readonly items: readonly Item[];
  /** The last value goes on: there was a comma behind it. */
  readonly listed: boolean;
  /** The commands whose objects come in here, first to last: what names of properties come from. */
  readonly upstream: readonly string[];
  /** The same for `$_` in a script block: the commands that feed the one whose block it is. */
  readonly around: readonly string[];
  /** A statement or a stage of a pipeline may begin here. */
  readonly fresh: boolean;
}

const openers: ReadonlySet<string> = new Set(["{", "(", "$(", "@(", "@{", "["]);
const closers: ReadonlySet<string> = new Set(["}", ")", "]"]);
const restarts: ReadonlySet<string> = new Set(["=", "+=", "-=", "*=", "/=", "%=", "??=", "&&", "||", ";", "&", "."]);

/** A command line while it is being followed. */
class Line {
  command: string | undefined;
  items: Item[] = [];
  listed = false;
  upstream: readonly string[] = [];
  fresh = true;
  called = false;
  readonly around: readonly string[];
  /** A line break ends a statement here; between parentheses it does not. */
  readonly statements: boolean;

  constructor(around: readonly string[], statements: boolean) {
    this.around = around;
    this.statements = statements;
  }

  begin(upstream: readonly string[] = []): void {
    this.upstream = upstream;
    this.command = undefined;
    this.items = [];
    this.listed = false;
    this.fresh = true;
    this.called = false;
  }

  value(): void {
    if (!this.listed) this.items.push("value");
    this.listed = false;
    this.fresh = false;
  }

  /** What the next stage of the pipeline gets: an expression starts anew, a command adds to what came before. */
  get downstream(): readonly string[] {
    return this.command === undefined ? [] : [...this.upstream, this.command];
  }
}

/** Follows the tokens up to the word at the cursor. */
export function trailOf(text: string, tokens: readonly Token[]): Trail {
  const outer: Line[] = [];
  let line = new Line([], true);
  let end = -1;
  for (const token of tokens) {
    const word = text.slice(token.start, token.end);
    const joined = token.start === end;
    if (token.kind !== "space" && token.kind !== "comment") end = token.end;
    if (token.kind === "space") {
      if (word.includes("\n") && !line.listed && line.statements && !line.fresh) line.begin();
    } else if (token.kind === "command" || (token.kind === "string" && line.called)) {
      line.begin(line.upstream);
      line.command = word.replace(/^(['"])(.*)\1$/s, "$2");
      line.fresh = false;
    } else if (token.kind === "parameter") line.items.push({ parameter: word.replace(/^.|:$/g, "") });
    else if (openers.has(word)) {
      outer.push(line);
      line = new Line(word === "{" ? line.upstream : line.around, word === "{");
    } else if (closers.has(word)) {
      line = outer.pop() ?? line;
      if (!joined || word !== "]") line.value();
    } else if (word === "|") line.begin(line.downstream);
    else if (word === ",") line.listed = true;
    else if (token.kind === "keyword" || (token.kind !== "member" && restarts.has(word) && !(joined && word === "."))) {
      line.begin();
      line.called = word === "&" || word === ".";
    } else if (token.kind === "operator") line.fresh = false;
    else if (!joined || line.fresh) line.value();
  }
  return line;
}
