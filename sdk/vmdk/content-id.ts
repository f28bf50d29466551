import { crc32 } from "node:zlib";
import type { Grain } from "./content.ts";
import { isZero, NO_PARENT } from "./format.ts";

/**
 * The number by which a delta knows its parent (`CID`). It follows from what the file holds and from the parent's own number, so
 * that the same disk written twice has the same one, and a parent that was written since does not.
 */
export class ContentId {
  readonly #parent: number;
  #sum: number;
  readonly #place = Buffer.alloc(8);

  constructor(capacity: number, parent: number = NO_PARENT) {
    this.#parent = parent;
    this.#place.writeUInt32LE(parent);
    this.#sum = crc32(`${capacity}`, crc32(this.#place));
  }

  /** Grains of zeros count only where they hide what a parent has. */
  add({ address, bytes }: Grain): void {
    if (this.#parent === NO_PARENT && isZero(bytes)) return;
    this.#place.writeBigUInt64LE(BigInt(address));
    this.#sum = crc32(bytes, crc32(this.#place, this.#sum));
  }

  /** The two greatest numbers have meanings of their own. */
  get value(): number {
    return this.#sum >= 0xffff_fffe ? 0xffff_fffd : this.#sum;
  }
}

/** The number of some content, without writing it. */
export function contentIdOf(grains: Iterable<Grain>, capacity: number, parent: number = NO_PARENT): number {
  const id = new ContentId(capacity, parent);
  for (const grain of grains) id.add(grain);
  return id.value;
}
