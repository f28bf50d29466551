import type { ScriptBlockNode } from "./ast/blocks.ts";
import type { Script } from "./ast/script.ts";
import { isStackOverflow } from "./errors/from-unknown.ts";
import { Source } from "./errors/position.ts";
import { parseBlockBody } from "./parse/blocks.ts";
import { Cursor } from "./scan/cursor.ts";

/** How deep constructs may be nested: each level costs the parser, the compiler and the evaluator some stack. */
const MAX_NESTING = 400;
/** The same when little stack is left, because a script that is deep in recursion reads another one. */
const LITTLE_NESTING = 50;

function read(text: string): { readonly cursor: Cursor; readonly ast: ScriptBlockNode } {
  const attempt = (limit: number) => {
    const cursor = new Cursor(text, limit);
    return { cursor, ast: parseBlockBody(cursor, 0, -1) };
  };
  try {
    return attempt(MAX_NESTING);
  } catch (error) {
    if (isStackOverflow(error)) return attempt(LITTLE_NESTING);
    throw error;
  }
}

/**
 * Reads a text. It never throws: there is always a tree, and `errors` says what is wrong with the text.
 * The same tree serves running, the continuation prompt, highlighting and completion.
 *
 * ```ts
 * parse("Get-VM | ").incomplete   // true: the prompt asks for another line
 * parse("1 +* 2").errors[0]       // { id: "ExpectedExpression", start: 3, ... }
 * ```
 */
export function parse(text: string, file?: string): Script {
  const { cursor, ast } = read(text);
  const errors = cursor.problems;
  return {
    source: new Source(text, file),
    ast,
    errors,
    incomplete: errors[0]?.incomplete ?? false,
    get tokens() {
      return cursor.tokens.covering(text.length);
    },
  };
}
