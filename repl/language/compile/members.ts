import type { CallNode, Expression, IndexNode, MemberNode } from "../ast/expressions.ts";
import { toText } from "../convert/to-text.ts";
import type { Maybe } from "../maybe.ts";
import { getMember } from "../members/access.ts";
import { getIndex } from "../members/index-access.ts";
import { invokeMember } from "../members/invoke.ts";
import { getStatic, invokeStatic } from "../members/statics.ts";
import { invokeCollectionMethod } from "../run/collection-methods.ts";
import type { Frame } from "../run/frame.ts";
import type { Value } from "../values/value.ts";
import { all, type Code, chain, chain2, maybe, seen, type Unit } from "./code.ts";
import { compileExpression } from "./expression.ts";

/** The name of a member: fixed, or computed when it is used. */
function memberName(member: Expression, unit: Unit): string | Code {
  return member.kind === "String" ? member.value : compileExpression(member, unit);
}

/** `$x.Name`, `[T]::Name`, `$x?.Name` */
export function compileMember(node: MemberNode, unit: Unit): Code {
  const object = compileExpression(node.object, unit);
  const name = memberName(node.member, unit);
  const read = (value: Value, key: string, frame: Frame): Maybe<Value> => {
    if (node.optional && value === null) return null;
    return node.static ? getStatic(value, key, frame.engine.caller(frame)) : getMember(value, key);
  };
  if (typeof name !== "string") return chain2(object, name, (value, key, frame) => read(value, toText(key), frame));
  if (node.static || node.optional) return chain(object, (value, frame) => read(value, name, frame));
  const { run } = object;
  return maybe((frame) => {
    const value = run(frame);
    if (value instanceof Promise) return value.then((there) => waited(getMember(there, name), frame));
    const member = getMember(value, name);
    return member instanceof Promise ? waited(member, frame) : member;
  });
}

/** `$x.Name(args)`, `[T]::Name(args)`; `raw` leaves the mark of a method that gives nothing. */
export function compileCall(node: CallNode, unit: Unit, raw = false): Code {
  const object = compileExpression(node.object, unit);
  const name = memberName(node.member, unit);
  const args = all(node.args.map((arg) => compileExpression(arg, unit)));
  const call = (value: Value, key: string, frame: Frame): Maybe<Value> => {
    if (node.optional && value === null) return null;
    const given = args.run(frame);
    return given instanceof Promise
      ? given.then((there) => invoke(node, value, key, there, frame))
      : invoke(node, value, key, given, frame);
  };
  const whole =
    typeof name === "string"
      ? chain(object, (value, frame) => call(value, name, frame))
      : chain2(object, name, (value, key, frame) => call(value, toText(key), frame));
  return raw ? whole : chain(whole, seen);
}

function invoke(node: CallNode, value: Value, name: string, args: readonly Value[], frame: Frame): Maybe<Value> {
  const busy = frame.engine.clock.tick(8);
  if (busy) return busy.then(() => invokeNow(node, value, name, args, frame));
  return invokeNow(node, value, name, args, frame);
}

function invokeNow(node: CallNode, value: Value, name: string, args: readonly Value[], frame: Frame): Maybe<Value> {
  const caller = frame.engine.caller(frame);
  if (node.static) return invokeStatic(value, name, args, caller);
  return invokeCollectionMethod(value, name, args, frame) ?? waited(invokeMember(value, name, args, caller), frame);
}

/** A value that comes late is of no use to a script that was interrupted meanwhile. */
function waited(value: Maybe<Value>, frame: Frame): Maybe<Value> {
  return value instanceof Promise ? frame.engine.unlessInterrupted(value) : value;
}

export function compileIndex(node: IndexNode, unit: Unit): Code {
  const object = compileExpression(node.object, unit);
  const index = compileExpression(node.index, unit);
  return chain2(object, index, (value, key) => (node.optional && value === null ? null : getIndex(value, key)));
}
