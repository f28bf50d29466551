/** The same choices for the same seed. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 12_345) >>> 0 || 1;
  }

  /** A number from 0 to `below`. */
  next(below: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  one<T>(of: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = of[this.next(of.length)];
    if (chosen === undefined) throw new Error("There is nothing to choose from.");
    return chosen;
  }

  /** Once in so many times. */
  rarely(times: number): boolean {
    return this.next(times) === 0;
  }
}
