import type { BlockDevice } from "./ext2-library.ts";

const pageBytes = 4096;

/**
 * A disk whose writes stay in memory: those of the work under way above those that are settled, above what is on the disk. Reading
 * or writing beyond the end throws a RangeError.
 */
export class DiskBuffer implements BlockDevice {
  readonly size: number;
  readonly #read: (offset: number, target: Uint8Array) => void;
  readonly #settled = new Map<number, Uint8Array>();
  readonly #fresh = new Map<number, Uint8Array>();

  constructor(size: number, read: (offset: number, target: Uint8Array) => void) {
    this.size = size;
    this.#read = read;
  }

  read(offset: number, target: Uint8Array): void {
    this.#check(offset, target.length);
    this.#read(offset, target);
    if (this.#settled.size === 0 && this.#fresh.size === 0) return;
    for (let at = 0; at < target.length; ) {
      const from = (offset + at) % pageBytes;
      const length = Math.min(pageBytes - from, target.length - at);
      const page = this.#page(Math.floor((offset + at) / pageBytes));
      if (page) target.set(page.subarray(from, from + length), at);
      at += length;
    }
  }

  write(offset: number, bytes: Uint8Array): void {
    this.#check(offset, bytes.length);
    for (let at = 0; at < bytes.length; ) {
      const from = (offset + at) % pageBytes;
      const length = Math.min(pageBytes - from, bytes.length - at);
      this.#own(Math.floor((offset + at) / pageBytes), length).set(bytes.subarray(at, at + length), from);
      at += length;
    }
  }

  /** What was written so far is not taken back any more. */
  settle(): void {
    for (const [page, bytes] of this.#fresh) this.#settled.set(page, bytes);
    this.#fresh.clear();
  }

  /** Takes back what was written since it was last settled. */
  takeBack(): void {
    this.#fresh.clear();
  }

  /** The settled pages. */
  pages(): Iterable<readonly [page: number, bytes: Uint8Array]> {
    return this.#settled;
  }

  #page(page: number): Uint8Array | undefined {
    return this.#fresh.get(page) ?? this.#settled.get(page);
  }

  /** A page to write `length` bytes of. */
  #own(page: number, length: number): Uint8Array {
    const known = this.#fresh.get(page);
    if (known) return known;
    const bytes = new Uint8Array(pageBytes);
    const below = this.#settled.get(page);
    if (below) bytes.set(below);
    else if (length < pageBytes) this.#read(page * pageBytes, bytes);
    this.#fresh.set(page, bytes);
    return bytes;
  }

  #check(offset: number, length: number): void {
    if (offset + length > this.size)
      throw new RangeError(`${length} bytes at ${offset} end behind the disk, which has ${this.size}`);
  }
}
