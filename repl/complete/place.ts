import type { Token } from "../language/ast/script.ts";
import type { Word } from "./candidate.ts";
import type { QuoteStyle } from "./quote.ts";
import { type Trail, trailOf } from "./trail.ts";

/** What the cursor stands in, and the word that is being typed there. */
export interface Place {
  readonly kind: "command" | "parameter" | "argument" | "variable" | "member" | "operator" | "type" | "path" | "none";
  readonly word: Word;
  readonly trail: Trail;
}

/** Finds out what may stand at the end of `text`, the part of a line before the cursor. */
export function placeAt(text: string, tokens: readonly Token[]): Place {
  const last = tokens.at(-1);
  if (last === undefined || last.kind === "space") return atBlank(text, trailOf(text, tokens));
  const shown = text.slice(last.start, last.end);
  const before = tokens.slice(0, -1);
  const trail = trailOf(text, before);
  const word = bare(last, shown);
  switch (last.kind) {
    case "comment":
      return { kind: "none", word, trail };
    case "variable":
      return { kind: "variable", word, trail };
    case "command":
    case "keyword":
      return { kind: "command", word, trail };
    case "parameter":
      if (shown.endsWith(":")) return { kind: "argument", word: empty(text), trail: trailOf(text, tokens) };
      return { kind: "parameter", word, trail };
    case "member":
      return { kind: isDot(text, before.at(-1)) ? "member" : "none", word, trail };
    case "type":
      return { kind: "type", word, trail };
    case "string":
      return { kind: trail.command === undefined ? "path" : "argument", word: quoted(last, shown), trail };
    case "argument":
    case "number":
      // `. ./script` and `& ./script` take a path
      if (trail.command === undefined) return { kind: last.kind === "argument" ? "path" : "none", word, trail };
      return { kind: /^[-\u2013-\u2015]$/.test(shown) ? "parameter" : "argument", word, trail };
    default:
      if (isDot(text, last) && before.length > 0) return { kind: "member", word: empty(text), trail };
      if (/^[-\u2013-\u2015]\w*$/.test(shown)) return { kind: "operator", word, trail };
      if (shown === "[") return { kind: "type", word: empty(text), trail };
      return atBlank(text, trailOf(text, tokens));
  }
}

/** Behind a blank or an opening sign nothing is typed yet. */
function atBlank(text: string, trail: Trail): Place {
  if (trail.command !== undefined) return { kind: "argument", word: empty(text), trail };
  return { kind: trail.fresh ? "command" : "none", word: empty(text), trail };
}

function isDot(text: string, token: Token | undefined): boolean {
  return token?.kind === "operator" && /^(\.|\?\.|::)$/.test(text.slice(token.start, token.end));
}

const empty = ({ length }: string): Word => ({ from: length, to: length, text: "", begun: "" });

const bare = ({ start, end }: Token, text: string): Word => ({ from: start, to: end, text, begun: "" });

/** A quoted word, closed or not, without its quotes and with what is escaped in it as it is meant. */
function quoted({ start, end }: Token, shown: string): Word {
  const begun: QuoteStyle = /^["\u201c-\u201e]/.test(shown) ? '"' : "'";
  const closed = (
    begun === "'"
      ? /^.(?:[^'\u2018-\u201b]|(['\u2018-\u201b])\1)*['\u2018-\u201b]$/
      : /^.(?:[^"`\u201c-\u201e]|`.|"")*["\u201c-\u201e]$/s
  ).test(shown);
  const inner = shown.slice(1, closed ? -1 : undefined);
  const text = begun === "'" ? inner.replace(/(['\u2018-\u201b])\1/g, "$1") : inner.replace(/`(.)/gs, "$1");
  return { from: start, to: end, text, begun };
}
