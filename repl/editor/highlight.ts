import type { Token, TokenKind } from "../language/ast/script.ts";
import type { Style } from "./layout.ts";

/** Modest colours: what is a command, a variable, a string; the rest stays as it is. SGR parameters by kind of token. */
const colours: Readonly<Partial<Record<TokenKind, string>>> = {
  comment: "90",
  keyword: "35",
  command: "33",
  variable: "36",
  string: "32",
  type: "34",
  error: "31",
};

/** The styles of a text, from what the parser says its parts are. */
export function stylesOf(tokens: readonly Token[]): readonly Style[] {
  const styles: Style[] = [];
  for (const { kind, start, end } of tokens) {
    const sgr = colours[kind];
    if (sgr !== undefined) styles.push({ from: start, to: end, sgr });
  }
  return styles;
}
