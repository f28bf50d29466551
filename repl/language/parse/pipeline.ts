import type { Expression } from "../ast/expressions.ts";
import type { AssignmentOperator } from "../ast/operators.ts";
import type { CommandNode, ExpressionStageNode, RedirectionNode, Statement } from "../ast/statements.ts";
import { isBreak, isDash, isDigit, isNewline, isQuote } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { parseRedirection } from "./arguments.ts";
import { dotSources, parseCommand } from "./commands.ts";
import { missing, parseExpression } from "./expression.ts";
import { numberLength } from "./numbers.ts";
import { parseStatement } from "./statements.ts";
import { isAssignable } from "./variables.ts";

const PIPE = 124;
const AMPERSAND = 38;
const EQUALS = 61;

/** A pipeline, a chain of them (`&&`, `||`), or an assignment. */
export function parsePipelineStatement(cursor: Cursor): Statement {
  let left = parsePipeline(cursor);
  for (;;) {
    cursor.skipBlanks();
    const code = cursor.peek();
    if ((code !== PIPE && code !== AMPERSAND) || cursor.peek(1) !== code) return left;
    cursor.take(2, "operator");
    cursor.skipLines();
    const right = parsePipeline(cursor);
    left = { kind: "Chain", left, operator: code === PIPE ? "||" : "&&", right, start: left.start, end: right.end };
  }
}

function parsePipeline(cursor: Cursor): Statement {
  const start = cursor.pos;
  const first = parseStage(cursor);
  if (first.kind === "ExpressionStage") {
    const operator = assignmentAt(cursor);
    if (operator) return parseAssignment(cursor, first.expression, operator);
  }
  const stages = [first];
  while (pipeFollows(cursor)) {
    cursor.take(1, "operator");
    cursor.skipLines();
    if (cursor.atEnd || /[|;)}\n]/.test(cursor.text.charAt(cursor.pos))) {
      cursor.problem("EmptyPipeElement", "An empty pipe element is not allowed.");
      break;
    }
    const stage = parseStage(cursor);
    if (stage.kind === "ExpressionStage" && stage.expression.kind !== "Missing") {
      cursor.problem(
        "ExpressionsMustBeFirstInPipeline",
        "Expressions are only allowed as the first element of a pipeline.",
        stage.start,
        stage.end,
      );
    }
    stages.push(stage);
  }
  const end = stages.at(-1)?.end ?? cursor.pos;
  const background = cursor.peek() === AMPERSAND && cursor.peek(1) !== AMPERSAND;
  if (background) cursor.take(1, "operator");
  return { kind: "Pipeline", stages, background, start, end };
}

/** A `|` here, or at the start of a following line. */
function pipeFollows(cursor: Cursor): boolean {
  cursor.skipBlanks();
  if (cursor.peek() === PIPE) return cursor.peek(1) !== PIPE;
  if (!isNewline(cursor.peek())) return false;
  const { pos } = cursor;
  const { length } = cursor.tokens;
  const problems = cursor.problems.length;
  cursor.skipLines();
  if (cursor.peek() === PIPE && cursor.peek(1) !== PIPE) return true;
  cursor.pos = pos;
  cursor.tokens.truncate(length);
  cursor.problems.length = problems;
  return false;
}

const ASSIGNMENT = /=(?!=)|[-+*/%]=|\?\?=/y;

function assignmentAt(cursor: Cursor): AssignmentOperator | undefined {
  cursor.skipBlanks();
  ASSIGNMENT.lastIndex = cursor.pos;
  switch (ASSIGNMENT.exec(cursor.text)?.[0]) {
    case "=":
      return "=";
    case "+=":
      return "+=";
    case "-=":
      return "-=";
    case "*=":
      return "*=";
    case "/=":
      return "/=";
    case "%=":
      return "%=";
    case "??=":
      return "??=";
    default:
      return undefined;
  }
}

function parseAssignment(cursor: Cursor, target: Expression, operator: AssignmentOperator): Statement {
  if (!isAssignable(target) && target.kind !== "Missing") {
    cursor.problem(
      "InvalidLeftHandSide",
      "The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.",
      target.start,
      target.end,
    );
  }
  cursor.take(operator.length, "operator");
  cursor.skipLines();
  const value = cursor.nested(parseStatement);
  return { kind: "Assignment", target, operator, value, start: target.start, end: value.end };
}

function parseStage(cursor: Cursor): CommandNode | ExpressionStageNode {
  cursor.skipBlanks();
  const start = cursor.pos;
  if (!expressionStarts(cursor)) {
    if (cursor.peek() !== EQUALS) {
      const command = parseCommand(cursor);
      if (cursor.pos > start) return command;
    }
    cursor.problem(
      "ExpectedExpression",
      cursor.atEnd
        ? "A command was expected, but the text ends here."
        : `Unexpected token '${cursor.text.charAt(start)}' in expression or statement.`,
    );
    return { kind: "ExpressionStage", expression: missing(cursor), redirections: [], start, end: start };
  }
  const expression = parseExpression(cursor);
  const redirections: RedirectionNode[] = [];
  cursor.skipBlanks();
  for (let found = parseRedirection(cursor); found; found = parseRedirection(cursor)) {
    redirections.push(found);
    cursor.skipBlanks();
  }
  return { kind: "ExpressionStage", expression, redirections, start, end: redirections.at(-1)?.end ?? expression.end };
}

/** Whether the stage at the cursor is an expression; otherwise it is a command. */
function expressionStarts(cursor: Cursor): boolean {
  const code = cursor.peek();
  if (code === 36 || code === 40 || code === 91 || code === 123 || code === 33 || code === 44 || isQuote(code))
    return true;
  if (code === 64) return true;
  if (code === 46 && dotSources(cursor)) return false;
  if (isDigit(code) || code === 46 || code === 43 || isDash(code)) {
    const length = numberLength(cursor);
    const next = cursor.peek(length);
    if (length > 0) return isBreak(next) || /[-+*/%.=?[\]:]/.test(String.fromCharCode(next));
    return code !== 46 && !isDigit(code) && (isDash(code) || code === 43);
  }
  return false;
}
