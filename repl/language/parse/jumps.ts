import type { Statement } from "../ast/statements.ts";
import { isBreak } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { keywordAt } from "../scan/keywords.ts";
import { parseArgument } from "./arguments.ts";
import { parsePipelineStatement } from "./pipeline.ts";

/** `break`, `continue` with a label; `return`, `exit`, `throw` with a value. */
export function parseJump(cursor: Cursor): Statement {
  const start = cursor.pos;
  const keyword = keywordAt(cursor);
  cursor.take(keyword.length, "keyword");
  cursor.skipBlanks();
  const bare = ends(cursor);
  if (keyword === "break" || keyword === "continue") {
    const label = bare ? undefined : parseArgument(cursor);
    return { kind: keyword === "break" ? "Break" : "Continue", label, start, end: cursor.pos };
  }
  const value = bare ? undefined : cursor.nested(parsePipelineStatement);
  const kind = keyword === "return" ? "Return" : keyword === "exit" ? "Exit" : "Throw";
  return { kind, value, start, end: value?.end ?? start + keyword.length };
}

function ends(cursor: Cursor): boolean {
  const code = cursor.peek();
  return isBreak(code) && code !== 40 && code !== 123 && code !== 44 && code !== 38;
}
