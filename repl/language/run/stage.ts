import { after, type Maybe } from "../maybe.ts";
import type { Value } from "../values/value.ts";
import type { Clock } from "./clock.ts";
import { PipelineStop } from "./signals.ts";
import type { Sink } from "./sink.ts";

/** What an object through a stage counts for the clock. */
const STEPS = 8;

/**
 * One stage of a pipeline. Objects are pushed into it; while it waits for something they queue up, so that their
 * order is kept even when the stage before does not wait for it.
 */
export abstract class Stage implements Sink {
  /** Where its output goes. */
  protected readonly next: Sink;
  protected readonly clock: Clock;
  private busy: Promise<void> | undefined;
  private closing: (() => Maybe<void>) | undefined;
  private queue: Value[] = [];
  private failure: { readonly error: unknown } | undefined;

  constructor(next: Sink, clock: Clock) {
    this.next = next;
    this.clock = clock;
  }

  abstract begin(): Maybe<void>;
  /** Takes one object. */
  protected abstract accept(value: Value): Maybe<void>;
  /** Runs once when nothing is piped in. */
  abstract runAlone(): Maybe<void>;
  protected abstract finish(): Maybe<void>;
  protected abstract release(): Maybe<void>;

  /** Has something done at the very end: closing the file its output goes to. */
  onClean(close: () => Maybe<void>): void {
    this.closing = close;
  }

  /** Always comes last, whatever happened. */
  clean(): Maybe<void> {
    const { closing } = this;
    return closing ? after(this.release(), closing) : this.release();
  }

  write(value: Value): Maybe<void> {
    if (this.failure) throw this.failure.error;
    if (this.busy) {
      this.queue.push(value);
      return this.busy;
    }
    this.clock.steps -= STEPS;
    const turn = this.clock.steps <= 0 ? this.clock.look() : undefined;
    if (turn) return this.hold(turn.then(() => this.accept(value)));
    try {
      const pending = this.accept(value);
      return pending instanceof Promise ? this.hold(pending) : this.idle();
    } catch (error) {
      if (error instanceof PipelineStop) this.failure = { error };
      throw error;
    }
  }

  /** The stages after this one may still be at it. */
  idle(): Maybe<void> {
    if (this.busy) return this.busy;
    return this.next instanceof Stage ? this.next.idle() : undefined;
  }

  /** Everything has been written: ends the stage when it is through. */
  end(): Maybe<void> {
    if (this.failure) throw this.failure.error;
    if (this.busy) return this.busy.then(() => this.end());
    const pending = this.finish();
    return pending instanceof Promise ? pending.then(() => this.idle()) : this.idle();
  }

  /** After it said that it wants no more input, it can still be ended. */
  reopen(): void {
    this.failure = undefined;
    this.queue = [];
  }

  private hold(pending: Promise<void>): Promise<void> {
    const busy = this.drain(pending);
    // Whoever waits for it sees the error; nobody waiting is no unhandled rejection.
    busy.catch(() => undefined);
    this.busy = busy;
    return busy;
  }

  private async drain(pending: Promise<void>): Promise<void> {
    try {
      await pending;
      for (let at = 0; at < this.queue.length; at += 1) await this.accept(this.queue[at] ?? null);
      this.queue = [];
      const { next } = this;
      if (next instanceof Stage) await next.idle();
    } catch (error) {
      this.failure = { error };
      throw error;
    } finally {
      this.busy = undefined;
    }
  }
}
