import type { Expression } from "../ast/expressions.ts";
import type { Statement, StatementList, SwitchNode } from "../ast/statements.ts";
import { isDash } from "../scan/chars.ts";
import type { Cursor } from "../scan/cursor.ts";
import { acceptKeyword } from "../scan/keywords.ts";
import { parseArgument } from "./arguments.ts";
import { parseCondition } from "./flow.ts";
import { expectClose } from "./groups.ts";
import { parseBody } from "./statements.ts";

const CLOSE_BRACE = 125;
const OPTION = /[-\u2013-\u2015](regex|wildcard|exact|casesensitive|file|parallel)\b/iy;

/** `switch [-Regex | -Wildcard | -Exact] [-CaseSensitive] (value) { condition { ... } default { ... } }` */
export function parseSwitch(cursor: Cursor, label: string | undefined): Statement {
  const start = cursor.pos;
  acceptKeyword(cursor, "switch");
  let mode: SwitchNode["mode"] = "exact";
  let caseSensitive = false;
  let file = false;
  for (let option = parseOption(cursor); option !== ""; option = parseOption(cursor)) {
    if (option === "regex" || option === "wildcard") mode = option;
    else if (option === "casesensitive") caseSensitive = true;
    else if (option === "file") file = true;
  }
  const value = file ? fileName(cursor) : parseCondition(cursor, "switch");
  const clauses: { condition: Expression; body: StatementList }[] = [];
  let otherwise: StatementList | undefined;
  cursor.skipLines();
  if (cursor.accept(123)) {
    cursor.nested((inner) => {
      for (let clause = parseClause(inner); clause; clause = parseClause(inner)) {
        if (clause.condition) clauses.push({ condition: clause.condition, body: clause.body });
        else otherwise = clause.body;
      }
    });
    expectClose(
      cursor,
      CLOSE_BRACE,
      "MissingEndCurlyBrace",
      "Missing closing '}' in statement block or type definition.",
    );
  } else cursor.problem("MissingCurlyBraceAfterSwitch", "Missing opening '{' in the switch statement.");
  return { kind: "Switch", label, mode, caseSensitive, file, value, clauses, otherwise, start, end: cursor.pos };
}

function parseOption(cursor: Cursor): string {
  cursor.skipLines();
  if (!isDash(cursor.peek())) return "";
  OPTION.lastIndex = cursor.pos;
  const match = OPTION.exec(cursor.text);
  if (match?.[1] === undefined) return "";
  cursor.take(match[0].length, "parameter");
  return match[1].toLowerCase();
}

function fileName(cursor: Cursor): Statement {
  cursor.skipBlanks();
  const expression = parseArgument(cursor);
  const { start, end } = expression;
  return {
    kind: "Pipeline",
    stages: [{ kind: "ExpressionStage", expression, redirections: [], start, end }],
    background: false,
    start,
    end,
  };
}

function parseClause(cursor: Cursor): { condition: Expression | undefined; body: StatementList } | undefined {
  cursor.skipLines();
  while (cursor.accept(59)) cursor.skipLines();
  if (cursor.atEnd || cursor.peek() === CLOSE_BRACE || cursor.peek() === 41) return undefined;
  const at = cursor.pos;
  const isDefault = /^default(?![\w-])/i.test(cursor.text.slice(at, at + 8));
  if (isDefault) cursor.take(7, "keyword");
  const condition = isDefault ? undefined : parseArgument(cursor);
  const body = parseBody(cursor, "switch clause condition");
  if (cursor.pos === at) cursor.take(1, "error");
  return { condition, body };
}
