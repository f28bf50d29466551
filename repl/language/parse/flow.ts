import type { Expression } from "../ast/expressions.ts";
import type { Statement, StatementList } from "../ast/statements.ts";
import type { Cursor } from "../scan/cursor.ts";
import { acceptKeyword, acceptLaterKeyword, keywordAt } from "../scan/keywords.ts";
import { parseUnary } from "./expression.ts";
import { expectClose } from "./groups.ts";
import { parseBody, parseStatement } from "./statements.ts";
import { parseSwitch } from "./switch.ts";
import { parseVariable } from "./variables.ts";

const SEMICOLON = 59;
const OPEN_PAREN = 40;
const CLOSE_PAREN = 41;
const LABEL = /:([A-Za-z_]\w*)\s*(?=(?:for|foreach|while|do|switch)\b)/iy;

/** `( statement )` after a keyword. */
export function parseCondition(cursor: Cursor, keyword: string): Statement {
  cursor.skipLines();
  const start = cursor.pos;
  if (!cursor.accept(OPEN_PAREN)) {
    cursor.problem("MissingOpenParenthesisAfterKeyword", `Missing opening '(' after keyword '${keyword}'.`);
    return { kind: "Pipeline", stages: [], background: false, start, end: start };
  }
  const condition = cursor.nested((inner) => {
    inner.skipLines();
    return parseStatement(inner);
  });
  expectClose(
    cursor,
    CLOSE_PAREN,
    "MissingEndParenthesisAfterStatement",
    `Missing closing ')' after expression in '${keyword}' statement.`,
  );
  return condition;
}

export function parseIf(cursor: Cursor): Statement {
  const start = cursor.pos;
  const clauses: { condition: Statement; body: StatementList }[] = [];
  let keyword = "if";
  acceptKeyword(cursor, keyword);
  do {
    const condition = parseCondition(cursor, keyword);
    clauses.push({ condition, body: parseBody(cursor, `${keyword} ( condition )`) });
    keyword = "elseif";
  } while (acceptLaterKeyword(cursor, keyword));
  const otherwise = acceptLaterKeyword(cursor, "else") ? parseBody(cursor, "else") : undefined;
  return { kind: "If", clauses, otherwise, start, end: cursor.pos };
}

/** `:label` and a loop; undefined when it is not one. */
export function parseLabelled(cursor: Cursor): Statement | undefined {
  LABEL.lastIndex = cursor.pos;
  const match = LABEL.exec(cursor.text);
  if (match?.[1] === undefined) return undefined;
  cursor.take(match[1].length + 1, "keyword");
  cursor.skipLines();
  return keywordAt(cursor) === "switch" ? parseSwitch(cursor, match[1]) : parseLoop(cursor, match[1]);
}

export function parseLoop(cursor: Cursor, label: string | undefined): Statement {
  const start = cursor.pos;
  const keyword = keywordAt(cursor);
  cursor.take(keyword.length, "keyword");
  if (keyword === "foreach") return parseForEach(cursor, label, start);
  if (keyword === "for") return parseFor(cursor, label, start);
  if (keyword === "do") return parseDo(cursor, label, start);
  const condition = parseCondition(cursor, keyword);
  const body = parseBody(cursor, "while ( condition )");
  return { kind: "While", label, condition, body, bodyFirst: false, until: false, start, end: cursor.pos };
}

function parseDo(cursor: Cursor, label: string | undefined, start: number): Statement {
  const body = parseBody(cursor, "do");
  const until = acceptLaterKeyword(cursor, "until");
  if (!until && !acceptLaterKeyword(cursor, "while")) {
    cursor.skipLines();
    cursor.problem("MissingWhileOrUntilInDoWhile", "Missing while or until keyword in do loop.");
  }
  const condition = parseCondition(cursor, until ? "until" : "while");
  return { kind: "While", label, condition, body, bodyFirst: true, until, start, end: cursor.pos };
}

function parseFor(cursor: Cursor, label: string | undefined, start: number): Statement {
  cursor.skipLines();
  const parts: (Statement | undefined)[] = [];
  if (cursor.accept(OPEN_PAREN)) {
    cursor.nested((inner) => {
      for (let part = 0; part < 3; part += 1) {
        inner.skipLines();
        const ends = inner.peek() === SEMICOLON || inner.peek() === CLOSE_PAREN || inner.atEnd;
        parts.push(ends ? undefined : parseStatement(inner));
        inner.skipLines();
        if (part < 2 && !inner.accept(SEMICOLON)) break;
      }
    });
    expectClose(
      cursor,
      CLOSE_PAREN,
      "MissingEndParenthesisAfterStatement",
      "Missing closing ')' after expression in 'for' statement.",
    );
  } else cursor.problem("MissingOpenParenthesisAfterKeyword", "Missing opening '(' after keyword 'for'.");
  const body = parseBody(cursor, "for ( ... )");
  const [initial, condition, step] = parts;
  return { kind: "For", label, initial, condition, step, body, start, end: cursor.pos };
}

function parseForEach(cursor: Cursor, label: string | undefined, start: number): Statement {
  cursor.skipLines();
  const parallel = /^-parallel\b/i.test(cursor.text.slice(cursor.pos, cursor.pos + 10));
  if (parallel) cursor.take(9, "parameter");
  cursor.skipLines();
  const at = cursor.pos;
  let variable: Expression = { kind: "Missing", start: at, end: at };
  let collection: Statement = { kind: "Pipeline", stages: [], background: false, start: at, end: at };
  if (cursor.accept(OPEN_PAREN)) {
    cursor.nested((inner) => {
      inner.skipLines();
      variable = inner.peek() === 36 ? parseVariable(inner) : parseUnary(inner);
      inner.skipLines();
      if (!acceptKeyword(inner, "in"))
        inner.problem("MissingInInForeach", "Missing 'in' after variable in foreach loop.");
      inner.skipLines();
      collection = parseStatement(inner);
    });
    expectClose(
      cursor,
      CLOSE_PAREN,
      "MissingEndParenthesisAfterStatement",
      "Missing closing ')' after expression in 'foreach' loop.",
    );
  } else cursor.problem("MissingOpenParenthesisAfterKeyword", "Missing opening '(' after keyword 'foreach'.");
  const body = parseBody(cursor, "foreach ( ... )");
  return { kind: "ForEach", label, variable, collection, body, parallel, start, end: cursor.pos };
}
