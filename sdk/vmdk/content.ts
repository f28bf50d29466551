import { GRAIN } from "./format.ts";

/** A range of a disk, in bytes. */
export interface Range {
  readonly address: number;
  readonly length: number;
}

/** What is to be written into a file: a disk, or what a disk holds that its parent does not. */
export interface DiskContent {
  /** In bytes: whole sectors. */
  readonly capacity: number;
  /** The ranges that the file has to hold, ascending, none touching another twice; all else is zero, or the parent's. */
  ranges(): Iterable<Range>;
  /** Fills a target with the disk's bytes from an address on. */
  read(address: number, target: Uint8Array): void;
}

/** Bytes of a disk from an address on. Without bytes it is a range of zeros. */
export interface Piece extends Range {
  readonly bytes: Uint8Array | undefined;
}

/** One grain: its address is a multiple of 64 KiB, and so is its length; the last one is filled up with zeros. */
export interface Grain {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** The grains that touch a range of a disk's content, whole, in ascending order. Their bytes are the consumer's to keep. */
export function* grainsOf(content: DiskContent): Generator<Grain, void> {
  let next = 0;
  for (const { address, length } of content.ranges()) {
    const end = Math.min(address + length, content.capacity);
    for (let at = Math.max(next, Math.floor(address / GRAIN) * GRAIN); at < end; at += GRAIN) {
      const bytes = new Uint8Array(GRAIN);
      content.read(at, bytes.subarray(0, Math.min(GRAIN, content.capacity - at)));
      yield { address: at, bytes };
      next = at + GRAIN;
    }
  }
}

/** The ranges of a disk's content in pieces of a MiB at most, in ascending order. */
export function* piecesOf(content: DiskContent, most: number): Generator<Grain, void> {
  for (const { address, length } of content.ranges()) {
    const end = Math.min(address + length, content.capacity);
    for (let at = address; at < end; at += most) {
      const bytes = new Uint8Array(Math.min(most, end - at));
      content.read(at, bytes);
      yield { address: at, bytes };
    }
  }
}
