import { toBoolean } from "../convert/to-boolean.ts";
import { toFloat } from "../convert/to-number.ts";
import { toText } from "../convert/to-text.ts";
import { after, type Maybe } from "../maybe.ts";
import { getMember } from "../members/access.ts";
import { cast } from "../types/cast.ts";
import { Hashtable } from "../values/hashtable.ts";
import { itemsOf } from "../values/items.ts";
import { isMembers } from "../values/members.ts";
import { ScriptBlock } from "../values/script-block.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import type { Frame } from "./frame.ts";
import { collectInTurn } from "./in-turn.ts";

/** `.ForEach( )` and `.Where( )`, which every value has; undefined when it is another method. */
export function invokeCollectionMethod(
  value: Value,
  name: string,
  args: readonly Value[],
  frame: Frame,
): Maybe<Value> | undefined {
  const method = name.length === 5 || name.length === 7 ? name.toLowerCase() : "";
  if (method !== "where" && method !== "foreach") return undefined;
  if (value instanceof Hashtable && value.has(name)) return undefined;
  if (typeof value === "object" && value !== null && isMembers(value) && value.member(name)) return undefined;
  const items = value === null ? [] : (itemsOf(value) ?? [value]);
  return method === "where" ? where(items, args, frame) : forEach(items, args, frame);
}

function forEach(items: readonly Value[], args: readonly Value[], frame: Frame): Maybe<Value> {
  const [action = null, ...rest] = args;
  if (action instanceof ScriptBlock) {
    const runner = frame.engine.runner(action, frame);
    return after(
      collectInTurn(items, (item) => runner.items(item, rest)),
      (results) => results.flat(),
    );
  }
  if (action instanceof TypeValue) return items.map((item) => cast(action.definition, item));
  return collectInTurn(items, (item) => getMember(item, toText(action)));
}

/** `.Where({ test }[, mode[, count]])` */
function where(items: readonly Value[], args: readonly Value[], frame: Frame): Maybe<Value> {
  const [test = null, mode = "Default", count = 0] = args;
  if (!(test instanceof ScriptBlock)) return items.filter(() => toBoolean(test));
  const runner = frame.engine.runner(test, frame);
  const answers = collectInTurn(items, (item) => after(runner.value(item), toBoolean));
  return after(answers, (found) => select(items, found, toText(mode).toLowerCase(), toFloat(count)));
}

function select(items: readonly Value[], found: readonly boolean[], mode: string, count: number): Value {
  const matching = items.filter((_item, index) => found[index]);
  const first = found.indexOf(true);
  const limit = count > 0 ? count : 1;
  switch (mode) {
    case "first":
      return matching.slice(0, limit);
    case "last":
      return matching.slice(-limit);
    case "split":
      return [matching, items.filter((_item, index) => !found[index])];
    case "until":
      return first < 0 ? [...items] : items.slice(0, first);
    case "skipuntil":
      return first < 0 ? [] : items.slice(first);
    default:
      return count > 0 ? matching.slice(0, count) : matching;
  }
}
