import type { PageStore } from "../cow/page-store.ts";

const pageBytes = 4096;

interface Pending {
  readonly pages: Map<number, Uint8Array>;
  /** What has to be free for them. */
  readonly datastore: number;
  readonly needed: number;
}

/**
 * Bytes that a transaction writes when it has succeeded: what is thrown until then leaves none of them behind. Whoever reads an
 * address space within the transaction sees them.
 */
export class DeferredWrites {
  readonly #spaces = new Map<number, Pending>();

  /** Whether anything, or a certain page, of an address space is to be written. */
  has(space: number, page?: number): boolean {
    const pending = this.#spaces.get(space);
    return pending !== undefined && (page === undefined || pending.pages.has(page));
  }

  /** Fills a target with the bytes of an address space as they will be. */
  read(store: PageStore, space: number, address: number, target: Uint8Array): void {
    store.readInto(space, address, target);
    const pages = this.#spaces.get(space)?.pages;
    if (!pages) return;
    for (let at = 0; at < target.length; ) {
      const from = (address + at) % pageBytes;
      const length = Math.min(pageBytes - from, target.length - at);
      const page = pages.get(Math.floor((address + at) / pageBytes));
      if (page) target.set(page.subarray(from, from + length), at);
      at += length;
    }
  }

  /** Writes whole pages, for which so many bytes of a datastore have to be free. The bytes are the callee's from now on. */
  write(space: number, pages: ReadonlyMap<number, Uint8Array>, datastore: number, needed: number): void {
    const before = this.#spaces.get(space);
    const all = before?.pages ?? new Map<number, Uint8Array>();
    for (const [page, bytes] of pages) all.set(page, bytes);
    this.#spaces.set(space, { pages: all, datastore, needed: (before?.needed ?? 0) + needed });
  }

  /** Another address space got the bytes of this one: it gets those to come as well. */
  copy(from: number, to: number): void {
    const pending = this.#spaces.get(from);
    if (pending) this.#spaces.set(to, { ...pending, pages: new Map(pending.pages) });
  }

  /** What will be taken of a datastore that is still free. */
  bytesOn(datastore: number): number {
    let bytes = 0;
    for (const pending of this.#spaces.values()) if (pending.datastore === datastore) bytes += pending.needed;
    return bytes;
  }

  /** Writes everything but what was to go to address spaces that are given up. */
  finish(store: PageStore, dropped: readonly number[]): void {
    for (const [space, { pages }] of this.#spaces) {
      if (dropped.includes(space)) continue;
      for (const [page, bytes] of pages) store.write(space, page * pageBytes, bytes);
    }
  }
}
