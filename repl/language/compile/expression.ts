import type { BinaryNode, CastNode, Expression, VariableNode } from "../ast/expressions.ts";
import { scriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import { customObject } from "../types/basics.ts";
import { cast } from "../types/cast.ts";
import { Hashtable } from "../values/hashtable.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { compileStep } from "./assignment.ts";
import { type Code, constant, map, maybe, pure, seen, type Unit } from "./code.ts";
import {
  compileArray,
  compileBlock,
  compileExpandable,
  compileHash,
  compileList,
  compileParen,
  compileSubexpression,
} from "./literals.ts";
import { compileCall, compileIndex, compileMember } from "./members.ts";
import { compileBinary, compileUnary } from "./operators.ts";
import { compileReference } from "./references.ts";
import { compileTernary } from "./ternary.ts";
import { lazyType } from "./types.ts";
import { readVariable } from "./variables.ts";

/** Compiles an expression; what it gives is a value a script may see. */
export function compileExpression(node: Expression, unit: Unit): Code {
  switch (node.kind) {
    case "Number":
    case "String":
      return constant(node.value);
    case "Expandable":
      return compileExpandable(node, unit);
    case "Variable":
      return fileVariable(node, unit) ?? readVariable(node);
    case "List":
      return compileList(node, unit);
    case "Paren":
      return compileParen(node, unit);
    case "Subexpression":
      return compileSubexpression(node, unit);
    case "Array":
      return compileArray(node, unit);
    case "Hash":
      return compileHash(node, unit, false);
    case "Block":
      return compileBlock(node, unit);
    case "Type": {
      const type = lazyType(node.type);
      return pure(() => type());
    }
    case "Cast":
      return compileCast(node, unit);
    case "Attributed":
      return compileExpression(node.operand, unit);
    case "Unary":
      return compileUnary(node, compileExpression(node.operand, unit));
    case "Step":
      return compileStep(node, unit);
    case "Binary":
      return compileSpine(node, unit);
    case "Ternary":
      return compileTernary(node, unit);
    case "Member":
      return compileMember(node, unit);
    case "Call":
      return compileCall(node, unit);
    case "Index":
      return compileIndex(node, unit);
    case "Missing":
      return pure(() => {
        throw scriptError("The expression is incomplete.", { category: "ParserError", id: "ParseError" });
      });
  }
}

/** The same, but a statement that put nothing out stays that: for assignments and the start of pipelines. */
export function rawExpression(node: Expression, unit: Unit): Code {
  switch (node.kind) {
    case "Variable":
      return readVariable(node, true);
    case "Call":
      return compileCall(node, unit, true);
    case "Paren":
      return compileParen(node, unit, true);
    case "Subexpression":
      return compileSubexpression(node, unit, true);
    case "Cast":
      return compileCast(node, unit, true);
    default:
      return compileExpression(node, unit);
  }
}

/** `$PSScriptRoot`, `$PSCommandPath`: of the file the code stands in, whoever calls it. */
function fileVariable(node: VariableNode, unit: Unit): Code | undefined {
  const { file } = unit.source;
  if (file === undefined || node.scope !== undefined) return undefined;
  const name = node.name.toLowerCase();
  if (name === "pscommandpath") return constant(file);
  return name === "psscriptroot" ? constant(file.replace(/[\\/][^\\/]*$/, "") || "/") : undefined;
}

/** Operators in one piece of a chain: each is a call deeper when it runs. */
const PIECE = 100;

/**
 * `a + b + c + ...` is a tree as deep as it is long: its left spine is walked rather than recursed, and a very long
 * one runs piece by piece.
 */
function compileSpine(node: BinaryNode, unit: Unit): Code {
  const spine = [node];
  for (let left = node.left; left.kind === "Binary"; left = left.left) spine.push(left);
  spine.reverse();
  let code = compileExpression(spine[0]?.left ?? node.left, unit);
  for (const [index, each] of spine.entries()) {
    if (index === PIECE) return continued(code, spine.slice(index), unit);
    code = compileBinary(each, code, compileExpression(each.right, unit));
  }
  return code;
}

/** The rest of a long chain in pieces; the value so far is handed on through the frame's register. */
function continued(first: Code, spine: readonly BinaryNode[], unit: Unit): Code {
  const handed = pure((frame) => frame.register);
  const pieces: Code[] = [];
  for (let start = 0; start < spine.length; start += PIECE) {
    let piece = handed;
    for (const each of spine.slice(start, start + PIECE))
      piece = compileBinary(each, piece, compileExpression(each.right, unit));
    pieces.push(piece);
  }
  return maybe((frame) => {
    let value = first.run(frame);
    for (const piece of pieces) {
      const go = (there: Value): Maybe<Value> => {
        frame.register = there;
        return piece.run(frame);
      };
      value = value instanceof Promise ? value.then(go) : go(value);
    }
    return value;
  });
}

/** `[type]value`; `[ordered]@{}` and `[pscustomobject]@{}` are forms of their own that keep the order. */
function compileCast(node: CastNode, unit: Unit, raw = false): Code {
  const name =
    node.type.rank === 0 ? node.type.name.toLowerCase().replace(/^system\.management\.automation\./, "") : "";
  if (name === "ordered" && node.operand.kind === "Hash") return compileHash(node.operand, unit, true);
  const operand = compileExpression(node.operand, unit);
  if (name === "pscustomobject")
    return map(operand, (value) => (value instanceof Hashtable ? customObject(value) : value));
  if (name === "ref") return compileReference(node.operand, unit);
  const type = lazyType(node.type);
  const code = map(operand, (value) => cast(type().definition, value));
  if (name !== "void") return code;
  return raw ? map(operand, () => NOTHING) : map(code, seen);
}
