import { BoundBlock } from "../compile/block.ts";
import { Position } from "../errors/position.ts";
import { after, type Maybe } from "../maybe.ts";
import { parse } from "../parse.ts";
import type { Caller } from "../types/definition.ts";
import { unrolled } from "../values/items.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import type { Engine } from "./engine.ts";
import type { Frame } from "./frame.ts";
import { codeOf } from "./scripts.ts";

/** Lets methods of values run script blocks where they were called. */
export class FrameCaller implements Caller {
  private readonly engine: Engine;
  private readonly frame: Frame;

  constructor(engine: Engine, frame: Frame) {
    this.engine = engine;
    this.frame = frame;
  }

  get location(): string {
    return this.engine.location;
  }

  get environment(): Record<string, string | undefined> {
    return this.engine.environment;
  }

  invoke(block: ScriptBlock, args: readonly Value[], item?: Value): Maybe<Value> {
    return after(this.engine.callBlock(block, args, this.frame, item ?? this.frame.item), unrolled);
  }

  scriptBlock(text: string): ScriptBlock {
    const code = codeOf(parse(text));
    return new ScriptBlock(new Position(code.unit.source, code.node), new BoundBlock(code, undefined));
  }

  setExitCode(code: number): void {
    this.engine.global.set("LASTEXITCODE", code);
  }
}
