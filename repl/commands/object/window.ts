import type { Value } from "../../language/index.ts";

export interface WindowOptions {
  readonly First?: number | undefined;
  readonly Last?: number | undefined;
  readonly Skip?: number | undefined;
  readonly SkipLast?: number | undefined;
  readonly Index?: readonly number[] | undefined;
  readonly SkipIndex?: readonly number[] | undefined;
}

/** Which objects of a stream Select-Object keeps, decided as they come. */
export class Window {
  readonly #options: WindowOptions;
  readonly #indexes: ReadonlySet<number> | undefined;
  readonly #skipped: ReadonlySet<number>;
  /** Objects that may turn out to be among the last. */
  #queue: Value[] = [];
  #seen = 0;
  #passed = 0;

  constructor(options: WindowOptions) {
    this.#options = options;
    this.#indexes = options.Index && new Set(options.Index);
    this.#skipped = new Set(options.SkipIndex);
  }

  /** True when no further object can be kept. */
  get full(): boolean {
    const { First, Last } = this.#options;
    if (this.#indexes !== undefined) return this.#seen > Math.max(-1, ...this.#indexes);
    return First !== undefined && Last === undefined && this.#passed >= First;
  }

  /** Takes the next object; the objects it lets through. */
  take(item: Value): readonly Value[] {
    const { First, Last, Skip = 0, SkipLast = 0 } = this.#options;
    const place = this.#seen++;
    if (this.#indexes !== undefined) return this.#indexes.has(place) ? [item] : [];
    if (this.#skipped.has(place)) return [];
    // With -Last alone, -Skip counts from the end.
    if (Last !== undefined && First === undefined) return this.#keep(item, Last + Skip);
    if (place < Skip) return [];
    if (SkipLast > 0) return this.#delay(item, SkipLast);
    if (First === undefined || this.#passed < First) {
      this.#passed++;
      return [item];
    }
    return Last === undefined ? [] : this.#keep(item, Last);
  }

  /** What is let through when the stream has ended. */
  rest(): readonly Value[] {
    const { First, Last, Skip = 0 } = this.#options;
    if (Last === undefined) return [];
    if (First !== undefined || Skip === 0) return Last === 0 ? [] : this.#queue.slice(-Last);
    return this.#queue.slice(-(Last + Skip)).slice(0, -Skip);
  }

  #keep(item: Value, most: number): readonly Value[] {
    this.#queue.push(item);
    // Cut in batches: shifting one by one would move the whole queue each time.
    if (this.#queue.length > 2 * most + 64) this.#queue = this.#queue.slice(this.#queue.length - most);
    return [];
  }

  #delay(item: Value, behind: number): readonly Value[] {
    this.#queue.push(item);
    return this.#queue.length > behind ? this.#queue.splice(0, 1) : [];
  }
}
