import type { Maybe } from "../maybe.ts";
import { after } from "../maybe.ts";
import type { Caller } from "../types/definition.ts";
import { unrolled } from "../values/items.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import type { Engine } from "./engine.ts";
import type { Frame } from "./frame.ts";

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

  setExitCode(code: number): void {
    this.engine.global.set("LASTEXITCODE", code);
  }
}
