import { Interrupt } from "./signals.ts";

/** How long the language runs before it gives the event loop a turn. */
const SLICE_MS = 10;
/** How many cheap steps pass between looks at the clock. */
const STEPS = 256;

/**
 * Sees to it that a script that never waits still lets timers, sockets and Ctrl-C in. Loops, pipelines and calls count
 * their steps here.
 */
export class Clock {
  /** Steps until the clock is looked at; whoever takes a step counts it down. */
  steps = STEPS;
  private sliceStart = performance.now();
  private signal: AbortSignal | undefined;
  private shields = 0;

  /** Listens to a run's Ctrl-C; returns what puts the one before back. */
  listen(signal: AbortSignal | undefined): () => void {
    const before = this.signal;
    this.signal = signal;
    this.sliceStart = performance.now();
    this.steps = STEPS;
    return () => {
      this.signal = before;
    };
  }

  get interrupted(): boolean {
    return this.shields === 0 && (this.signal?.aborted ?? false);
  }

  /** While a `finally` block runs after Ctrl-C it is not interrupted again; returns what ends that. */
  shield(): () => void {
    this.shields += 1;
    return () => {
      this.shields -= 1;
    };
  }

  get shielded(): boolean {
    return this.shields > 0;
  }

  /** Counts steps; a promise to wait for when it is time for the event loop. Throws Interrupt after Ctrl-C. */
  tick(steps = 1): Promise<void> | undefined {
    this.steps -= steps;
    return this.steps > 0 ? undefined : this.look();
  }

  /** Looks at the clock. */
  look(): Promise<void> | undefined {
    this.steps = STEPS;
    if (this.interrupted) throw new Interrupt();
    return performance.now() - this.sliceStart < SLICE_MS ? undefined : this.turn();
  }

  private async turn(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.sliceStart = performance.now();
    if (this.interrupted) throw new Interrupt();
  }
}
