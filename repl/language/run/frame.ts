import type { Value } from "../values/value.ts";
import type { Engine } from "./engine.ts";
import type { Scope } from "./scope.ts";
import type { Sink } from "./sink.ts";
import type { Streams } from "./streams.ts";

/** What a running piece of compiled script has to hand. */
export class Frame {
  readonly engine: Engine;
  readonly scope: Scope;
  readonly streams: Streams;
  /** Where what statements put out goes. */
  out: Sink;
  /** `$_` */
  item: Value;
  /** How many `try` blocks are around it, in this call or its callers: an error goes to them. */
  caught: number;
  /** Hands the left operand from one part of a very long chain of operators to the next. */
  register: Value = null;
  /** How many calls deep it is. */
  readonly depth: number;

  constructor(engine: Engine, scope: Scope, streams: Streams, out: Sink, item: Value, caught: number, depth: number) {
    this.engine = engine;
    this.scope = scope;
    this.streams = streams;
    this.out = out;
    this.item = item;
    this.caught = caught;
    this.depth = depth;
  }

  /** The same place with other variables, output or streams. */
  with(changes: {
    readonly depth?: number;
    readonly scope?: Scope;
    readonly out?: Sink;
    readonly streams?: Streams;
    readonly item?: Value;
  }): Frame {
    return new Frame(
      this.engine,
      changes.scope ?? this.scope,
      changes.streams ?? this.streams,
      changes.out ?? this.out,
      changes.item === undefined ? this.item : changes.item,
      this.caught,
      changes.depth ?? this.depth,
    );
  }
}
