import type { BlockParts, ParameterDeclaration, ScriptBlockNode } from "../ast/blocks.ts";
import type { AttributeNode } from "../ast/expressions.ts";
import type { Cursor } from "../scan/cursor.ts";
import { acceptKeyword, keywordAt } from "../scan/keywords.ts";
import { parseParameters } from "./functions.ts";
import { helpSince } from "./help.ts";
import { parseBody, parseStatementList } from "./statements.ts";
import { attributeStarts, parseAttribute } from "./types.ts";

/** The inside of a script, function or `{ ... }`, up to the closing bracket (not taken). */
export function parseBlockBody(cursor: Cursor, start: number, close: number): ScriptBlockNode {
  const tokens = cursor.tokens.length;
  cursor.skipLines();
  const before = helpSince(cursor, tokens);
  const attributes = parseBlockAttributes(cursor);
  const parameters = parseParam(cursor);
  const inside = cursor.tokens.length;
  cursor.skipLines();
  const parts = namedPartStarts(cursor) ? parseNamedParts(cursor, close) : { end: parseStatementList(cursor, close) };
  return {
    kind: "ScriptBlock",
    attributes,
    parameters,
    parts,
    help: before ?? (parameters === undefined ? undefined : helpSince(cursor, inside)),
    start,
    end: cursor.pos,
  };
}

/** Attributes count only when `param` follows; otherwise they belong to an expression. */
function parseBlockAttributes(cursor: Cursor): AttributeNode[] {
  const { pos } = cursor;
  const tokens = cursor.tokens.length;
  const problems = cursor.problems.length;
  const attributes: AttributeNode[] = [];
  while (attributeStarts(cursor)) {
    attributes.push(parseAttribute(cursor));
    cursor.skipLines();
  }
  if (attributes.length === 0 || keywordAt(cursor) === "param") return attributes;
  cursor.pos = pos;
  cursor.tokens.truncate(tokens);
  cursor.problems.length = problems;
  return [];
}

function parseParam(cursor: Cursor): ParameterDeclaration[] | undefined {
  if (!acceptKeyword(cursor, "param")) return undefined;
  cursor.skipLines();
  if (cursor.peek() === 40) return parseParameters(cursor);
  cursor.problem("MissingOpenParenthesisAfterKeyword", "Missing opening '(' after keyword 'param'.");
  return [];
}

const PART = /(begin|process|end|clean|dynamicparam)\s*(?=\{|<#|#)/iy;

function namedPartStarts(cursor: Cursor): boolean {
  PART.lastIndex = cursor.pos;
  return PART.test(cursor.text);
}

function parseNamedParts(cursor: Cursor, close: number): BlockParts {
  const parts: { -readonly [part in keyof BlockParts]: BlockParts[part] } = {};
  for (;;) {
    cursor.skipLines();
    while (cursor.accept(59)) cursor.skipLines();
    const keyword = keywordAt(cursor);
    if (keyword === "begin" || keyword === "process" || keyword === "end" || keyword === "clean") {
      cursor.take(keyword.length, "keyword");
      parts[keyword] = parseBody(cursor, keyword);
    } else if (keyword === "dynamicparam") {
      cursor.problem("NotSupported", "dynamicparam blocks are not supported.");
      cursor.take(keyword.length, "keyword");
      parseBody(cursor, keyword);
    } else {
      if (cursor.atEnd || cursor.peek() === close || cursor.peek() === 125) return parts;
      const start = cursor.pos;
      cursor.problem("UnexpectedToken", "Only begin, process, end and clean blocks are allowed beside each other.");
      parseStatementList(cursor, close);
      if (cursor.pos === start) cursor.take(1, "error");
    }
  }
}
