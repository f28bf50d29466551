import fc from "fast-check";
import type { DiskContent, Grain, Output, Piece, Range } from "../../../sdk/vmdk/index.ts";
import { type Directory, type Source, sourceOf, VmdkError } from "../../../sdk/vmdk/index.ts";

/** A disk as a naive model keeps it: pages of 4 KiB by number. */
export class ModelDisk implements DiskContent {
  readonly capacity: number;
  readonly pages: ReadonlyMap<number, Uint8Array>;
  readonly held: ReadonlySet<number>;

  /** `held`: the pages that are this file's to hold; default: all there are. */
  constructor(capacity: number, pages: ReadonlyMap<number, Uint8Array>, held: Iterable<number> = pages.keys()) {
    this.capacity = capacity;
    this.pages = pages;
    this.held = new Set(held);
  }

  *ranges(): Generator<Range> {
    for (const page of [...this.held].sort((a, b) => a - b)) yield { address: page * 4096, length: 4096 };
  }

  read(address: number, target: Uint8Array): void {
    target.set(this.bytes.subarray(address, address + target.length));
  }

  /** All of it. */
  get bytes(): Uint8Array {
    const bytes = new Uint8Array(this.capacity);
    for (const [page, content] of this.pages) bytes.set(content.subarray(0, this.capacity - page * 4096), page * 4096);
    return bytes;
  }
}

/** A file that is written into memory. */
export class MemoryFile implements Output {
  #bytes = new Uint8Array(0);

  async write(position: number, bytes: Uint8Array): Promise<void> {
    await this.reach(position + bytes.length);
    this.#bytes.set(bytes, position);
  }
  async reach(length: number): Promise<void> {
    if (length <= this.#bytes.length) return;
    const longer = new Uint8Array(length);
    longer.set(this.#bytes);
    this.#bytes = longer;
  }
  get bytes(): Uint8Array {
    return this.#bytes;
  }
}

export const folderOf = (files: Readonly<Record<string, Uint8Array>>): Directory => ({
  async open(name): Promise<Source> {
    const bytes = files[name];
    if (!bytes) throw new VmdkError("FileNotFound", name, "It is not there.");
    return sourceOf(name, bytes);
  },
});

/** What pieces make of a disk that was empty. */
export async function assemble(pieces: AsyncIterable<Piece> | Iterable<Grain>, capacity: number): Promise<Uint8Array> {
  const disk = new Uint8Array(capacity);
  for await (const piece of pieces) {
    if (piece.bytes) disk.set(piece.bytes, piece.address);
    else if ("length" in piece) disk.fill(0, piece.address, piece.address + piece.length);
  }
  return disk;
}

/** Equal, and said so without looking at each of a million bytes in turn. */
export const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Page contents: some that compress, some that do not, some that are zero. */
const content = fc.oneof(
  fc.integer({ min: 0, max: 255 }).map((value) => new Uint8Array(4096).fill(value)),
  fc.uint8Array({ minLength: 4096, maxLength: 4096 }),
);

/** Disks of less than a MiB, not all of them whole grains, and pages written on them. */
export const disks = fc
  .record({
    sectors: fc.integer({ min: 1, max: 1_500 }),
    written: fc.array(fc.tuple(fc.nat(200), content), { maxLength: 20 }),
  })
  .map(({ sectors, written }) => {
    const capacity = sectors * 512;
    return new ModelDisk(capacity, clipped(capacity, new Map(written)));
  });

/** Pages that lie on a disk, with nothing beyond its end. */
function clipped(capacity: number, pages: ReadonlyMap<number, Uint8Array>): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (const [page, bytes] of pages) {
    if (page * 4096 >= capacity) continue;
    const whole = new Uint8Array(4096);
    whole.set(bytes.subarray(0, Math.min(4096, capacity - page * 4096)));
    found.set(page, whole);
  }
  return found;
}

/** A disk and another that was made from it: only pages that were written are the child's own. */
export const families = disks.chain((parent) =>
  fc.array(fc.tuple(fc.nat(200), content), { maxLength: 20 }).map((written) => {
    const own = clipped(parent.capacity, new Map(written));
    return { parent, child: new ModelDisk(parent.capacity, new Map([...parent.pages, ...own]), own.keys()) };
  }),
);
