import type { Token } from "../ast/script.ts";

/** Fills the gaps between tokens (blanks, line ends), so that together they cover every character of the text. */
export function cover(tokens: readonly Token[], length: number): Token[] {
  const covered: Token[] = [];
  let at = 0;
  for (const token of tokens) {
    if (token.start < at) continue;
    if (token.start > at) covered.push({ kind: "space", start: at, end: token.start });
    covered.push(token);
    at = token.end;
  }
  if (at < length) covered.push({ kind: "space", start: at, end: length });
  return covered;
}
