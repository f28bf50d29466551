import type { PageStore } from "../cow/page-store.ts";

/**
 * Address spaces that are being filled and are no part of the state yet: files on their way. What comes in is kept where it will
 * stay, and needs no second copy when it is complete.
 */
export class Arrivals {
  readonly #spaces = new Set<number>();

  get size(): number {
    return this.#spaces.size;
  }

  has(space: number): boolean {
    return this.#spaces.has(space);
  }

  add(space: number): void {
    this.#spaces.add(space);
  }

  /** It belongs to the state now, or has been given back. */
  delete(space: number): void {
    this.#spaces.delete(space);
  }

  /** Another page store is in the place of the one that they were in, or it is closed. */
  clear(): void {
    this.#spaces.clear();
  }

  /** A twin of their page store without them: nobody there waits for the rest. */
  forkStore(pages: PageStore): PageStore {
    const twin = pages.forkStore();
    for (const space of this.#spaces) twin.release(space);
    return twin;
  }
}
