import { soon, timer } from "../clock.ts";
import { fault } from "../faults.ts";

/** A call that waits for something to tell: until there is something, its time is over, or somebody ends it. */
export class Wait<T> {
  readonly result: Promise<T | undefined>;
  /** Something may have changed: looks once the present turn of the event loop is over, however often this is called. */
  readonly wake: () => void;
  readonly #signal: AbortSignal | undefined;
  #settle: { resolve: (found: T | undefined) => void; reject: (reason: unknown) => void } | undefined;
  #stopTimer: (() => void) | undefined;

  /** Looks by calling `look`, which returns undefined as long as there is nothing. Without seconds it waits for ever. */
  constructor(look: () => T | undefined, seconds: number | undefined, signal: AbortSignal | undefined) {
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.wake = soon(() => this.#look(look));
    this.#signal = signal;
    signal?.addEventListener("abort", this.cancel);
    if (seconds !== undefined) this.#stopTimer = timer(seconds * 1000, () => this.#end()?.resolve(undefined));
    if (signal?.aborted) this.cancel();
  }

  /** Ends it with RequestCanceled. */
  readonly cancel = (): void => {
    this.#end()?.reject(fault("RequestCanceled", {}, "The wait for updates was canceled."));
  };

  #look(look: () => T | undefined): void {
    if (!this.#settle) return;
    try {
      const found = look();
      if (found !== undefined) this.#end()?.resolve(found);
    } catch (error) {
      this.#end()?.reject(error);
    }
  }

  /** Nothing is waited for any more. Undefined where that was so already. */
  #end() {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#stopTimer?.();
    this.#signal?.removeEventListener("abort", this.cancel);
    return settle;
  }
}
