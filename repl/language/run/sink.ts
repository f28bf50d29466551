import type { Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";

/** Takes the objects of a pipeline one by one. A promise means: busy until then (the order is kept either way). */
export interface Sink {
  write(value: Value): Maybe<void>;
}

/** Keeps what it is given. */
export class Collector implements Sink {
  readonly items: Value[] = [];

  write(value: Value): void {
    this.items.push(value);
  }
}

export const nullSink: Sink = {
  write() {},
};
