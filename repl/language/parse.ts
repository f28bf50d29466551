import type { Script } from "./ast/script.ts";
import { Source } from "./errors/position.ts";
import { parseBlockBody } from "./parse/blocks.ts";
import { Cursor } from "./scan/cursor.ts";

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
  const cursor = new Cursor(text);
  const ast = parseBlockBody(cursor, 0, -1);
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
