/** Owners whose figures have changed since somebody asked. */
export class Touched {
  #owners = new Set<number>();
  /** What had been gathered when the store was forked; both twins still have to tell. */
  #before: readonly ReadonlySet<number>[] = [];

  add(owner: number): void {
    this.#owners.add(owner);
  }

  take(): number[] {
    const owners = this.#owners;
    if (owners.size === 0 && this.#before.length === 0) return [];
    for (const set of this.#before) for (const owner of set) owners.add(owner);
    this.#owners = new Set();
    this.#before = [];
    return [...owners];
  }

  fork(): Touched {
    if (this.#owners.size > 0) {
      this.#before = [...this.#before, this.#owners];
      this.#owners = new Set();
    }
    const twin = new Touched();
    twin.#before = this.#before;
    return twin;
  }
}
