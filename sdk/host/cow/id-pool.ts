import { Column, integers } from "./column.ts";
import type { FramePool } from "./frame-pool.ts";
import { int, lowestBit } from "./geometry.ts";

/** Identifiers are handed out in groups of 1024, so that tables can give back the frames of a group that has emptied. */
export const GROUP_BITS = 10;
export const GROUP = 1 << GROUP_BITS;

/** A group's record: a word whose bit n says that word n is full, one whose bit n says that word n is not empty, and 32 words of bits. */
const RECORD_BITS = 6;
const RECORDS_BITS = 10 - RECORD_BITS;
const WORDS = 32;

/** Small integers, always the lowest that is free: tables stay dense, and the same calls give the same numbers. */
export class IdPool {
  readonly #records: Column<Int32Array>;
  /** Bit g: group g has no room. */
  readonly #full: Column<Int32Array>;
  #groups = 0;
  /** No group with room lies in a word of `#full` below this one. */
  #floor = 0;
  #used = 0;
  /** The lowest that is handed out: 0, or 1 where 0 means "nothing". */
  readonly #first: 0 | 1;

  constructor(pool: FramePool, first: 0 | 1, from?: IdPool) {
    this.#first = first;
    this.#records = from === undefined ? new Column(pool, integers) : from.#records.fork();
    this.#full = from === undefined ? new Column(pool, integers) : from.#full.fork();
    if (from !== undefined) {
      this.#groups = from.#groups;
      this.#floor = from.#floor;
      this.#used = from.#used;
    } else if (first === 1) {
      const record = this.#records.write(this.#groupWithRoom());
      record[WORDS] = 1;
    }
  }

  /** How many are in use. */
  get used(): number {
    return this.#used;
  }

  get frames(): number {
    return this.#records.frames + this.#full.frames;
  }

  alloc(): number {
    const group = this.#groupWithRoom();
    const record = this.#records.write(group >>> RECORDS_BITS);
    const at = (group & ((1 << RECORDS_BITS) - 1)) << RECORD_BITS;
    const word = lowestBit(~int(record, at));
    const bits = int(record, at + WORDS + word);
    const bit = lowestBit(~bits);
    record[at + WORDS + word] = bits | (1 << bit);
    record[at + 1] = int(record, at + 1) | (1 << word);
    if ((bits | (1 << bit)) === -1) {
      record[at] = int(record, at) | (1 << word);
      if (record[at] === -1) {
        const full = this.#full.write(group >>> 15);
        full[(group >>> 5) & 1023] = int(full, (group >>> 5) & 1023) | (1 << group);
      }
    }
    this.#used++;
    return (group << GROUP_BITS) | (word << 5) | bit;
  }

  /** Takes an identifier back. Answers how many around it are all free now: its group, its 32 neighbours, or 0. */
  free(id: number): number {
    const group = id >>> GROUP_BITS;
    const record = this.#records.write(group >>> RECORDS_BITS);
    const at = (group & ((1 << RECORDS_BITS) - 1)) << RECORD_BITS;
    const word = (id >>> 5) & 31;
    const bits = int(record, at + WORDS + word);
    if (bits === -1) {
      if (record[at] === -1) {
        const full = this.#full.write(group >>> 15);
        full[(group >>> 5) & 1023] = int(full, (group >>> 5) & 1023) & ~(1 << group);
        this.#floor = Math.min(this.#floor, group >>> 5);
      }
      record[at] = int(record, at) & ~(1 << word);
    }
    const left = bits & ~(1 << id);
    record[at + WORDS + word] = left;
    this.#used--;
    if (left !== (id < 32 ? this.#first : 0)) return 0;
    record[at + 1] = int(record, at + 1) & ~(1 << word);
    return record[at + 1] === 0 ? GROUP : 32;
  }

  fork(pool: FramePool): IdPool {
    return new IdPool(pool, this.#first, this);
  }

  close(): void {
    this.#records.close();
    this.#full.close();
  }

  #groupWithRoom(): number {
    const last = (this.#groups + 31) >>> 5;
    let word = this.#floor;
    for (; word < last; word++) {
      const full = int(this.#full.read(word >>> 10), word & 1023);
      if (full === -1) continue;
      const group = (word << 5) | lowestBit(~full);
      this.#floor = word;
      if (group < this.#groups) return group;
      break;
    }
    const group = this.#groups++;
    this.#floor = group >>> 5;
    this.#full.write(group >>> 15);
    return group;
  }
}
