import type { BlockParts, ParameterDeclaration, ScriptBlockNode } from "../ast/blocks.ts";
import type { AttributeNode, TypeName } from "../ast/expressions.ts";
import type { Statement } from "../ast/statements.ts";
import type { Cursor } from "../scan/cursor.ts";
import { keywordAt } from "../scan/keywords.ts";
import { parseBlockBody } from "./blocks.ts";
import { parseExpression } from "./expression.ts";
import { expectClose } from "./groups.ts";
import { helpBefore } from "./help.ts";
import { attributeStarts, parseAttribute, parseTypeLiteral } from "./types.ts";
import { parseVariable, variableStarts } from "./variables.ts";
import { parseWord } from "./words.ts";

const OPEN_PAREN = 40;
const CLOSE_PAREN = 41;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;

/** `function Name($a, $b) { ... }`, `filter Name { ... }` */
export function parseFunction(cursor: Cursor): Statement {
  const start = cursor.pos;
  const help = helpBefore(cursor);
  const keyword = keywordAt(cursor);
  cursor.take(keyword.length, "keyword");
  cursor.skipBlanks();
  const word = parseWord(cursor, "command");
  const name = word.kind === "String" ? word.value : "";
  if (name === "") cursor.problem("MissingNameAfterKeyword", `Missing name after ${keyword} keyword.`);
  cursor.skipLines();
  const parameters = cursor.peek() === OPEN_PAREN ? parseParameters(cursor) : undefined;
  cursor.skipLines();
  const block = parseFunctionBody(cursor);
  const filter = keyword === "filter";
  const body: ScriptBlockNode = {
    ...block,
    parameters: parameters ?? block.parameters,
    parts: filter ? filterParts(block.parts) : block.parts,
    help: block.help ?? help,
  };
  return { kind: "Function", name, filter, body, start, end: cursor.pos };
}

/** A filter's plain body runs for each object of the pipeline. */
function filterParts(parts: BlockParts): BlockParts {
  const { end, ...others } = parts;
  return parts.process === undefined && end !== undefined ? { ...others, process: end } : parts;
}

function parseFunctionBody(cursor: Cursor): ScriptBlockNode {
  const start = cursor.pos;
  if (!cursor.accept(123)) {
    cursor.problem("MissingFunctionBody", "Missing function body in function declaration.");
    return {
      kind: "ScriptBlock",
      attributes: [],
      parameters: undefined,
      parts: {},
      help: undefined,
      start,
      end: start,
    };
  }
  const block = cursor.nested((inner) => parseBlockBody(inner, start, CLOSE_BRACE));
  expectClose(
    cursor,
    CLOSE_BRACE,
    "MissingEndCurlyBrace",
    "Missing closing '}' in statement block or type definition.",
  );
  return { ...block, end: cursor.pos };
}

/** `( [attributes][type]$name = default, ... )` */
export function parseParameters(cursor: Cursor): ParameterDeclaration[] {
  cursor.take(1, "punctuation");
  const parameters = cursor.nested((inner) => {
    const found: ParameterDeclaration[] = [];
    inner.commaEnds = true;
    for (;;) {
      inner.skipLines();
      if (inner.atEnd || inner.peek() === CLOSE_PAREN) return found;
      const parameter = parseParameterDeclaration(inner);
      if (parameter === undefined) return found;
      found.push(parameter);
      inner.skipLines();
      if (!inner.accept(44)) return found;
    }
  });
  expectClose(
    cursor,
    CLOSE_PAREN,
    "MissingEndParenthesisInFunctionParameterList",
    "Missing ')' in function parameter list.",
  );
  return parameters;
}

function parseParameterDeclaration(cursor: Cursor): ParameterDeclaration | undefined {
  const start = cursor.pos;
  const attributes: AttributeNode[] = [];
  let type: TypeName | undefined;
  while (cursor.peek() === OPEN_BRACKET) {
    if (attributeStarts(cursor)) attributes.push(parseAttribute(cursor));
    else type = parseTypeLiteral(cursor);
    cursor.skipLines();
  }
  if (cursor.peek() !== 36 || !variableStarts(cursor)) {
    cursor.problem("MissingParameterName", "A parameter's name was expected, such as $Name.");
    return undefined;
  }
  const { name } = parseVariable(cursor);
  cursor.skipLines();
  const valued = cursor.accept(61, "operator");
  cursor.skipLines();
  const initial = valued ? parseExpression(cursor) : undefined;
  return { name, type, attributes, initial, start, end: cursor.pos };
}
