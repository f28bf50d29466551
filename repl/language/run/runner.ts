import type { BlockRunner } from "../command/context.ts";
import { type BlockCode, boundBlock } from "../compile/block.ts";
import type { Code } from "../compile/code.ts";
import { gathered } from "../compile/statement-value.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { Position } from "../errors/position.ts";
import { after, type Maybe } from "../maybe.ts";
import { itemsOf, unrolled } from "../values/items.ts";
import { NOTHING } from "../values/nothing.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import { checkDepth, hops } from "./depth.ts";
import { emit } from "./emit.ts";
import type { Frame } from "./frame.ts";
import { Scope } from "./scope.ts";
import { type Completion, LoopExit, RETURN } from "./signals.ts";

type Run = (frame: Frame) => Maybe<Completion>;

/** Runs one script block again and again, in a frame of its own that shares the caller's variables. */
export class Runner implements BlockRunner {
  private readonly code: BlockCode;
  private readonly frame: Frame;
  private readonly block: ScriptBlock;
  private readonly part: Run;

  constructor(block: ScriptBlock, frame: Frame, options: { readonly newScope?: boolean } = {}) {
    const { block: code, home } = boundBlock(block);
    const scope = home ? new Scope(home) : options.newScope ? new Scope(frame.scope) : frame.scope;
    this.block = block;
    this.code = code;
    const depth = frame.depth + 1;
    checkDepth(depth);
    this.frame = frame.with({ scope, depth });
    const { begin, process, end } = code.parts();
    this.part = process ?? end ?? begin ?? (() => undefined);
  }

  each(item: Value): Maybe<void> {
    if (hops(this.frame.depth)) return Promise.resolve().then(() => this.run(item));
    return this.run(item);
  }

  private run(item: Value): Maybe<void> {
    const { frame } = this;
    frame.item = item;
    const code = this.code.expression();
    if (code === undefined) {
      const ended = this.part(frame);
      if (ended === undefined) return undefined;
      return ended instanceof Promise ? ended.then(finish) : finish(ended);
    }
    const value = this.evaluate(code);
    return value instanceof Promise ? value.then((there) => emit(there, frame.out)) : emit(value, frame.out);
  }

  value(item: Value, ...args: readonly Value[]): Maybe<Value> {
    const code = args.length === 0 ? this.code.expression() : undefined;
    if (code === undefined) return after(this.items(item, args), unrolled);
    this.frame.item = item;
    const value = this.evaluate(code);
    return value instanceof Promise ? value.then(single) : single(value);
  }

  test(item: Value): Maybe<boolean> {
    const code = this.code.expression();
    if (code === undefined) return after(this.items(item, []), (items) => toBoolean(unrolled(items)));
    this.frame.item = item;
    const value = this.evaluate(code);
    if (typeof value === "boolean") return value;
    return value instanceof Promise ? value.then((there) => toBoolean(single(there))) : toBoolean(single(value));
  }

  /** The value of a block that is one expression; an error in it is a statement's, as in any other block. */
  private evaluate(code: Code): Maybe<Value> {
    try {
      const value = code.run(this.frame);
      return value instanceof Promise ? value.catch((error: unknown) => this.recover(error)) : value;
    } catch (error) {
      return this.recover(error);
    }
  }

  private recover(error: unknown): Maybe<Value> {
    const { node, unit } = this.code;
    const at = new Position(unit.source, node.parts.end?.statements[0] ?? node);
    return after(this.frame.engine.recover(error, this.frame, at), () => NOTHING);
  }

  /** Everything the block puts out for an object. */
  items(item: Value, args: readonly Value[]): Maybe<Value[]> {
    if (args.length > 0 || this.code.plan.parameters.length > 0) {
      return this.frame.engine.callBlock(this.block, args, this.frame, item);
    }
    this.frame.item = item;
    return gathered(this.part, this.frame);
  }
}

function single(value: Value): Value {
  const items = itemsOf(value);
  return items ? unrolled(items) : value === NOTHING ? null : value;
}

function finish(ended: Completion): void {
  if (ended && ended !== RETURN) throw new LoopExit(ended);
}
