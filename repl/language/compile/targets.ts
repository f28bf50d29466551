import type { AttributedNode, CastNode, Expression, IndexNode, ListNode, MemberNode } from "../ast/expressions.ts";
import { compileValidation } from "../bind/validation.ts";
import { toText } from "../convert/to-text.ts";
import { scriptError } from "../errors/script-error.ts";
import { after, eachInTurn, type Maybe } from "../maybe.ts";
import { getMember, setMember } from "../members/access.ts";
import { getIndex, setIndex } from "../members/index-access.ts";
import { getStatic, setStatic } from "../members/statics.ts";
import type { Frame } from "../run/frame.ts";
import { cast } from "../types/cast.ts";
import { itemsOf } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { all, constant, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";
import { lazyType } from "./types.ts";
import { readVariable, store, writeVariable } from "./variables.ts";

/** Something that can be assigned to. */
export interface Target {
  assign(frame: Frame, value: Value): Maybe<void>;
  read(frame: Frame): Maybe<Value>;
  /** Replaces the value by what `change` makes of it, and gives that; what stands around it is evaluated once. */
  update(frame: Frame, change: (current: Value) => Value): Maybe<Value>;
}

export function compileTarget(node: Expression, unit: Unit): Target {
  switch (node.kind) {
    case "Variable": {
      const read = readVariable(node);
      const write = writeVariable(node);
      return simple((frame) => read.run(frame), write);
    }
    case "Cast":
    case "Attributed":
      return typed(node, unit);
    case "Member":
      return memberTarget(node, unit);
    case "Index":
      return indexTarget(node, unit);
    case "List":
      return listTarget(node, unit);
    case "Paren": {
      const { statement } = node;
      const stage = statement.kind === "Pipeline" ? statement.stages[0] : undefined;
      if (stage?.kind === "ExpressionStage") return compileTarget(stage.expression, unit);
      break;
    }
    default:
      break;
  }
  return simple(() => null, notAssignable);
}

function notAssignable(): never {
  throw scriptError("The assignment expression is not valid.", { category: "ParserError", id: "InvalidLeftHandSide" });
}

function simple(read: (frame: Frame) => Maybe<Value>, write: (frame: Frame, value: Value) => Maybe<void>): Target {
  return {
    read,
    assign: write,
    update: (frame, change) =>
      after(read(frame), (current) => {
        const value = change(current);
        return after(write(frame, value), () => value);
      }),
  };
}

type Converter = (frame: Frame) => (value: Value) => Value;

/** `[int]$x = ...`: from now on everything assigned to the variable is converted and checked. */
function typed(node: CastNode | AttributedNode, unit: Unit): Target {
  const converters: Converter[] = [];
  let operand: Expression = node;
  while (operand.kind === "Cast" || operand.kind === "Attributed") {
    converters.unshift(operand.kind === "Cast" ? casting(operand) : compileValidation(operand.attribute, unit));
    operand = operand.operand;
  }
  const whole = (frame: Frame) => {
    const steps = converters.map((converter) => converter(frame));
    return (value: Value) => steps.reduce((held, step) => step(held), value === NOTHING ? null : value);
  };
  const inner = compileTarget(operand, unit);
  if (operand.kind !== "Variable" || operand.scope === "env") {
    return simple(inner.read, (frame, value) => inner.assign(frame, whole(frame)(value)));
  }
  const { name, scope } = operand;
  return simple(inner.read, (frame, value) => {
    const place = scope === "global" || scope === "script" ? frame.scope.nearest(scope) : frame.scope;
    const convert = whole(frame);
    const converted = convert(value);
    const variable = place.declare(name.toLowerCase(), name);
    variable.convert = undefined;
    store(variable, converted);
    variable.convert = convert;
  });
}

function casting(node: CastNode): Converter {
  const type = lazyType(node.type);
  return () => (value) => cast(type().definition, value);
}

function memberTarget(node: MemberNode, unit: Unit): Target {
  const object = compileExpression(node.object, unit);
  const name = node.member.kind === "String" ? constant(node.member.value) : compileExpression(node.member, unit);
  const parts = all([object, name]);
  const read = (frame: Frame, [subject = null, key = null]: readonly Value[]) =>
    node.static ? getStatic(subject, toText(key), frame.engine.caller(frame)) : getMember(subject, toText(key));
  const write = ([subject = null, key = null]: readonly Value[], value: Value): Maybe<void> => {
    const held = value === NOTHING ? null : value;
    return node.static ? setStatic(subject, toText(key), held) : setMember(subject, toText(key), held);
  };
  return {
    read: (frame) => after(parts.run(frame), (found) => read(frame, found)),
    assign: (frame, value) => after(parts.run(frame), (found) => write(found, value)),
    update: (frame, change) =>
      after(parts.run(frame), (found) =>
        after(read(frame, found), (current) => {
          const value = change(current);
          return after(write(found, value), () => value);
        }),
      ),
  };
}

function indexTarget(node: IndexNode, unit: Unit): Target {
  const parts = all([compileExpression(node.object, unit), compileExpression(node.index, unit)]);
  const write = ([subject = null, key = null]: readonly Value[], value: Value) =>
    setIndex(subject, key, value === NOTHING ? null : value);
  return {
    read: (frame) => after(parts.run(frame), ([subject = null, key = null]) => getIndex(subject, key)),
    assign: (frame, value) => after(parts.run(frame), (found) => write(found, value)),
    update: (frame, change) =>
      after(parts.run(frame), (found) =>
        after(getIndex(found[0] ?? null, found[1] ?? null), (current) => {
          const value = change(current);
          return after(write(found, value), () => value);
        }),
      ),
  };
}

/** `$a, $b = 1, 2, 3`: the last variable takes all that is left. */
function listTarget(node: ListNode, unit: Unit): Target {
  const targets = node.items.map((item) => compileTarget(item, unit));
  const assign = (frame: Frame, value: Value): Maybe<void> => {
    const items = itemsOf(value) ?? [value === NOTHING ? null : value];
    return eachInTurn(targets.entries(), ([index, target]) => {
      const rest = items.slice(index);
      const last = index === targets.length - 1;
      return target.assign(frame, last && rest.length > 1 ? rest : (rest[0] ?? null));
    });
  };
  return simple(() => null, assign);
}
