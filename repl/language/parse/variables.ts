import type { Expression, VariableNode } from "../ast/expressions.ts";
import { isWord } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";

const COLON = 58;
const QUESTION = 63;

/** True when a variable starts at the `$` under the cursor; otherwise the `$` stands for itself. */
export function variableStarts(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  return isWord(next) || next === 123 || next === 36 || next === QUESTION || next === 94;
}

/** `$name`, `$scope:name`, `${any text}`, `$$`, `$?`, `$^`; the cursor is at the `$` (or the `@` of a splat). */
export function parseVariable(cursor: Cursor, inString = false): VariableNode {
  const start = cursor.pos;
  const splat = cursor.peek() === 64;
  cursor.pos += 1;
  const first = cursor.peek();
  if (first === 123) return braced(cursor, start);
  if (first === 36 || first === 94 || first === QUESTION) {
    cursor.pos += 1;
    return variable(cursor, start, cursor.text.slice(start + 1, cursor.pos), splat);
  }
  let code = first;
  while (isWord(code) || code === QUESTION || (code === COLON && continues(cursor, inString))) {
    cursor.pos += 1;
    code = cursor.peek();
  }
  return variable(cursor, start, cursor.text.slice(start + 1, cursor.pos), splat);
}

/** After a colon the name goes on; two colons are a static member, and a lone one ends it. */
function continues(cursor: Cursor, inString: boolean): boolean {
  const next = cursor.peek(1);
  if (next === COLON) return false;
  if (isWord(next) || next === QUESTION) return true;
  if (inString) {
    cursor.problem(
      "InvalidVariableReferenceWithDrive",
      "Variable reference is not valid. ':' was not followed by a valid variable name character. Consider using ${} to delimit the name.",
    );
  }
  return false;
}

function braced(cursor: Cursor, start: number): VariableNode {
  cursor.pos += 1;
  let name = "";
  for (let code = cursor.peek(); code !== 125; code = cursor.peek()) {
    if (code < 0) {
      cursor.problem("TerminatorExpectedVariable", "The closing '}' of the variable's name is missing.", start);
      return variable(cursor, start, name, false);
    }
    if (code === 96) cursor.pos += 1;
    name += cursor.text.charAt(cursor.pos);
    cursor.pos += 1;
  }
  cursor.pos += 1;
  return variable(cursor, start, name, false);
}

function variable(cursor: Cursor, start: number, text: string, splat: boolean): VariableNode {
  cursor.token("variable", start);
  const colon = text.indexOf(":");
  const [scope, name] = colon > 0 ? [text.slice(0, colon).toLowerCase(), text.slice(colon + 1)] : [undefined, text];
  return { kind: "Variable", name, scope, splat, start, end: cursor.pos };
}

export function isAssignable(expression: Expression): boolean {
  switch (expression.kind) {
    case "Variable":
      return !expression.splat;
    case "Member":
    case "Index":
      return true;
    case "Cast":
    case "Attributed":
      return isAssignable(expression.operand);
    case "List":
      return expression.items.every(isAssignable);
    case "Paren": {
      const { statement } = expression;
      const stage = statement.kind === "Pipeline" && statement.stages.length === 1 ? statement.stages[0] : undefined;
      return stage?.kind === "ExpressionStage" && isAssignable(stage.expression);
    }
    default:
      return false;
  }
}
