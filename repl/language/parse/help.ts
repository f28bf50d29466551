import type { Cursor } from "../scan/cursor.ts";

const HELP = /^\s*\.(synopsis|description|parameter|example|notes|inputs|outputs|link)\b/im;

/** Comment-based help that stands right before the cursor. */
export function helpBefore(cursor: Cursor): string | undefined {
  return helpIn(cursor, lastCommentRun(cursor, cursor.tokens.length), cursor.tokens.length);
}

/** Help among the comments that were read since there were `from` tokens. */
export function helpSince(cursor: Cursor, from: number): string | undefined {
  return helpIn(cursor, from, cursor.tokens.length);
}

function lastCommentRun(cursor: Cursor, end: number): number {
  let at = end;
  while (cursor.tokens.kindAt(at - 1) === "comment") at -= 1;
  return at;
}

function helpIn(cursor: Cursor, from: number, to: number): string | undefined {
  if (from >= to) return undefined;
  const lines: string[] = [];
  for (let index = from; index < to; index += 1) {
    const token = cursor.tokens.kindAt(index) === "comment" ? cursor.tokens.at(index) : undefined;
    if (token === undefined) continue;
    const text = cursor.text.slice(token.start, token.end);
    if (!text.startsWith("<#")) {
      lines.push(text.replace(/^#+ ?/, ""));
      continue;
    }
    const inner = text.replace(/^<#/, "").replace(/#>$/, "");
    if (HELP.test(inner)) return inner;
  }
  const joined = lines.join("\n");
  return HELP.test(joined) ? joined : undefined;
}
