import type { Expression } from "../ast/expressions.ts";
import type { CommandNode, ParameterNode, RedirectionNode } from "../ast/statements.ts";
import { isBreak, isDash, isQuote } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parameterStarts, parseArgument, parseArgumentList, parseParameter, parseRedirection } from "./arguments.ts";
import { missing } from "./expression.ts";
import { parseWord } from "./words.ts";

const AMPERSAND = 38;
const DOT = 46;

/** A command with its arguments; `&` and `.` may stand before its name. */
export function parseCommand(cursor: Cursor): CommandNode {
  const start = cursor.pos;
  const operator = parseCallOperator(cursor);
  const name = operator === undefined ? parseWord(cursor, "command") : parseCallTarget(cursor);
  const args: (Expression | ParameterNode)[] = [];
  const redirections: RedirectionNode[] = [];
  let end = name.end;
  for (;;) {
    cursor.skipBlanks();
    const found = parseElement(cursor);
    if (found === undefined) break;
    end = found.end;
    if ("kind" in found) args.push(found);
    else redirections.push(found);
  }
  return { kind: "Command", operator, name, args, redirections, start, end };
}

function parseCallOperator(cursor: Cursor): "&" | "." | undefined {
  const code = cursor.peek();
  if (code !== AMPERSAND && !(code === DOT && dotSources(cursor))) return undefined;
  cursor.take(1, "operator");
  cursor.skipBlanks();
  return code === AMPERSAND ? "&" : ".";
}

/** `. file`, `. { }`; but `.\file` is a name. */
export function dotSources(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  return isBreak(next) || next === 36 || isQuote(next);
}

function parseCallTarget(cursor: Cursor): Expression {
  const code = cursor.peek();
  if (isBreak(code) && code !== 40 && code !== 123) {
    cursor.problem("MissingExpression", "The term is missing after the call operator.");
    return missing(cursor);
  }
  return parseArgument(cursor);
}

/** The next argument, parameter or redirection; undefined at the end of the command. */
function parseElement(cursor: Cursor): Expression | ParameterNode | RedirectionNode | undefined {
  const code = cursor.peek();
  const redirection = parseRedirection(cursor);
  if (redirection) return redirection;
  if (code === 44) {
    cursor.problem("MissingArgument", "Missing argument in parameter list.");
    cursor.take(1, "error");
    return missing(cursor);
  }
  if (code === 60) {
    cursor.problem("RedirectionNotSupported", "The '<' operator is reserved for future use.");
    cursor.take(1, "error");
    return missing(cursor);
  }
  if (isBreak(code) && code !== 40 && code !== 123) return undefined;
  if (parameterStarts(cursor)) return parseParameter(cursor);
  if (isDash(code) && isDash(cursor.peek(1)) && isBreak(cursor.peek(2))) return parseWord(cursor, "parameter");
  const at = cursor.pos;
  const argument = parseArgumentList(cursor);
  if (cursor.pos === at) cursor.take(1, "error");
  return argument;
}
