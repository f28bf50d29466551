/** Which pages an image has: ranges in ascending order that neither meet nor overlap. */
export class PageRanges {
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];
  /** How many pages there are before each range. */
  readonly #before: readonly number[];
  readonly total: number;

  constructor(ranges: readonly (readonly [first: number, count: number])[]) {
    const before: number[] = [];
    let total = 0;
    for (const [, count] of ranges) {
      before.push(total);
      total += count;
    }
    this.#starts = ranges.map(([first]) => first);
    this.#ends = ranges.map(([first, count]) => first + count);
    this.#before = before;
    this.total = total;
  }

  /** How many pages there are among the `span` from number `base` on; `span` may be infinite. */
  count(base: number, span: number): number {
    return this.indexOf(base + span) - this.indexOf(base);
  }

  /** The first page from a number on that is there, or is not; infinite if there is none. */
  next(from: number, has: boolean): number {
    const range = this.#rangeAt(from);
    const end = this.#ends[range] ?? 0;
    if (!has) return Math.max(from, end);
    return from < end ? from : (this.#starts[range + 1] ?? Number.POSITIVE_INFINITY);
  }

  /** How many pages there are before a number: of a page that is there, its place among all. */
  indexOf(page: number): number {
    const range = this.#rangeAt(page);
    if (range < 0) return 0;
    const start = this.#starts[range] ?? 0;
    return (this.#before[range] ?? 0) + Math.min(page, this.#ends[range] ?? 0) - start;
  }

  /** The last range that begins at a page or before; -1 if there is none. */
  #rangeAt(page: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? 0) <= page) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
