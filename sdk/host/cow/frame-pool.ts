import { FirstFit } from "./first-fit.ts";
import { int, lowestBit, PAGE_BITS, PAGE_SIZE } from "./geometry.ts";

const FRAME_BITS = 5;
const FRAMES = 1 << FRAME_BITS;
const FRAME_MASK = FRAMES - 1;
const CHUNK_BYTES = FRAMES * PAGE_SIZE;
/**
 * The first chunk of a pool grows by this much at a time, because most pools stay small and shrinking a buffer clears all of it,
 * which makes resident what was never used. The others are made at full size: the system then sees neighbours as one mapping, and
 * the number of mappings of a process is limited.
 */
const FIRST_STEP = 8 * PAGE_SIZE;
/** Empty chunks that are kept per frame in use: three hundredths of the memory in use, and one chunk. */
const SPARE_CHUNKS = 0.03 / FRAMES;

/** 32 frames in one resizable buffer. */
class Chunk {
  readonly #step: number;
  readonly buffer = new ArrayBuffer(0, { maxByteLength: CHUNK_BYTES });
  /** A view of what the buffer holds so far. */
  bytes = Buffer.from(this.buffer);
  /** Bit n: frame n is in use. */
  used = 0;
  /** How many hold a frame, and behind those numbers the XOR of the holders' names. */
  readonly counts = new Int32Array(2 * FRAMES);

  constructor(step: number) {
    this.#step = step;
  }

  reach(bytes: number): void {
    if (this.buffer.byteLength >= bytes) return;
    this.buffer.resize(Math.min(CHUNK_BYTES, Math.ceil(bytes / this.#step) * this.#step));
    this.bytes = Buffer.from(this.buffer);
  }
}

/**
 * Memory of the process by the frame of 4096 bytes, each with a count of its holders. All twins of a store draw on one pool.
 *
 * The buffers are resizable because that is the one way to give memory back at once: a dropped ArrayBuffer stays resident until
 * the garbage collector runs, `resize(0)` does not. The lowest chunk with room is filled first, so that the others empty.
 */
export class FramePool {
  readonly #chunks: (Chunk | undefined)[] = [];
  readonly #room = new FirstFit();
  /** Places in the list of chunks whose chunk is gone. */
  readonly #absent = new FirstFit();
  #used = 0;
  #chunksHeld = 0;
  /** Frames freed since the last compaction. */
  #freed = 0;
  /**
   * Chunks that have emptied and are kept for what comes next, as long as they are few beside what is in use: memory fresh from the
   * system is what a first write spends most of its time on.
   */
  readonly #spares = new FirstFit();
  #spared = 0;

  /** Frames in use. */
  get used(): number {
    return this.#used;
  }

  /** Bytes the pool holds of the system's memory. */
  get bytes(): number {
    let bytes = 0;
    for (const chunk of this.#chunks) bytes += chunk?.buffer.byteLength ?? 0;
    return bytes;
  }

  /** Takes memory from the system if the next `alloc` needs it, so that this fails, if anything does, while nothing has changed. */
  reserve(): void {
    let at = this.#room.first();
    if (at < 0) {
      at = this.#absent.first();
      if (at < 0) at = this.#chunks.length;
      this.#chunks[at] = new Chunk(at === 0 ? FIRST_STEP : CHUNK_BYTES);
      this.#chunksHeld++;
      this.#absent.delete(at);
      this.#room.add(at);
    }
    const chunk = this.#chunk(at);
    chunk.reach((lowestBit(~chunk.used) + 1) << PAGE_BITS);
  }

  /** A frame with one holder. What it holds is not defined. A holder that can be told of a move gives its name. */
  alloc(holder = 0): number {
    this.reserve();
    const at = this.#room.first();
    const chunk = this.#chunk(at);
    const frame = lowestBit(~chunk.used);
    if (chunk.used === 0 && this.#spares.delete(at)) this.#spared--;
    chunk.used |= 1 << frame;
    chunk.counts[frame] = 1;
    chunk.counts[FRAMES + frame] = holder;
    if (chunk.used === -1) this.#room.delete(at);
    this.#used++;
    return (at << FRAME_BITS) | frame;
  }

  /** One more holder. */
  retain(frame: number, holder = 0): void {
    const { counts } = this.#chunk(frame >>> FRAME_BITS);
    const at = frame & FRAME_MASK;
    counts[at] = int(counts, at) + 1;
    counts[FRAMES + at] = int(counts, FRAMES + at) ^ holder;
  }

  holders(frame: number): number {
    return int(this.#chunk(frame >>> FRAME_BITS).counts, frame & FRAME_MASK);
  }

  /** One holder less; the frame of no holder is free. */
  release(frame: number, holder = 0): void {
    const at = frame >>> FRAME_BITS;
    const chunk = this.#chunk(at);
    const left = int(chunk.counts, frame & FRAME_MASK) - 1;
    chunk.counts[frame & FRAME_MASK] = left;
    chunk.counts[FRAMES + (frame & FRAME_MASK)] = int(chunk.counts, FRAMES + (frame & FRAME_MASK)) ^ holder;
    if (left > 0) return;
    if (chunk.used === -1) this.#room.add(at);
    chunk.used &= ~(1 << frame);
    this.#used--;
    this.#freed++;
    if (chunk.used === 0) this.#emptied(at);
  }

  /** Whether more than half of the pool is free, in pieces, and so much was freed lately that moving the rest is worth it. */
  get sparse(): boolean {
    const free = (this.#chunksHeld - this.#spared) * FRAMES - this.#used;
    return free > this.#used + FRAMES && this.#freed > this.#used;
  }

  /**
   * Moves frames from the highest chunks into the lowest that have room, so that chunks empty. Frames stay whose holders are several
   * or have no name. `moved` makes the holder point at the frame's new place.
   */
  compact(moved: (holder: number, frame: number) => void): void {
    this.#freed = 0;
    for (let at = this.#chunks.length - 1; at >= 0; at--) {
      const chunk = this.#chunks[at];
      if (chunk === undefined) continue;
      for (let left = chunk.used; left !== 0; left &= left - 1) {
        const frame = lowestBit(left);
        const holder = int(chunk.counts, FRAMES + frame);
        if (chunk.counts[frame] !== 1 || holder === 0) continue;
        const lowest = this.#room.first();
        if (lowest < 0 || lowest >= at) return;
        const target = this.alloc(holder);
        const source = new Uint8Array(chunk.buffer, frame << PAGE_BITS, PAGE_SIZE);
        this.bytesOf(target).set(source, this.offsetOf(target));
        moved(holder, target);
        this.release((at << FRAME_BITS) | frame, holder);
      }
    }
  }

  /** The bytes of the chunk a frame lies in, from `offset(frame)` on. Not to be kept: a chunk grows and goes. */
  bytesOf(frame: number): Buffer {
    return this.#chunk(frame >>> FRAME_BITS).bytes;
  }

  bufferOf(frame: number): ArrayBuffer {
    return this.#chunk(frame >>> FRAME_BITS).buffer;
  }

  /** Where a frame begins in its chunk. */
  offsetOf(frame: number): number {
    return (frame & FRAME_MASK) << PAGE_BITS;
  }

  #chunk(at: number): Chunk {
    const chunk = this.#chunks[at];
    if (chunk === undefined) throw new Error(`chunk ${at} of the page store is gone`);
    return chunk;
  }

  #emptied(at: number): void {
    this.#spares.add(at);
    this.#spared++;
    const most = this.#used === 0 ? 0 : 1 + this.#used * SPARE_CHUNKS;
    while (this.#spared > most) this.#discard(this.#spares.first());
  }

  #discard(at: number): void {
    this.#chunk(at).buffer.resize(0);
    this.#spares.delete(at);
    this.#spared--;
    this.#room.delete(at);
    this.#chunks[at] = undefined;
    this.#chunksHeld--;
    this.#absent.add(at);
  }
}
