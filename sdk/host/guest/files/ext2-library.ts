import { ext2Module } from "./ext2-module.ts";
import { instantiate, isFunction, isMemory, type WasmImports, type WasmMemory } from "./web-assembly.ts";

/** What the library reads and writes: bytes of a disk. */
export interface BlockDevice {
  read(offset: number, target: Uint8Array): void;
  write(offset: number, bytes: Uint8Array): void;
}

/** A call of the library that failed, with the number it gave. */
export class LibraryError extends Error {
  readonly number: number;
  constructor(call: string, number: number) {
    super(`${call} failed with ${number}`);
    this.number = number;
  }
}

/**
 * A broken filesystem can lead the library in circles; on the way it reads block after block, and so it can be stopped. As many are
 * those of the largest files and trees, and a few seconds.
 */
const mostBlocks = 2_000_000;

const EIO = 29;
const ENOENT = 44;
const wasmPage = 65_536;
/** Bytes of the library's memory through which those of files go in and out. */
export const windowBytes = 256 * 1024;

/**
 * One instance of e2fsprogs, with one disk at most. Calls are synchronous. When anything else than a LibraryError comes out of one
 * it was left in the middle, and must not be called again.
 */
export class Ext2Library {
  readonly #functions = new Map<string, (...args: number[]) => unknown>();
  readonly #memory: WasmMemory;
  readonly #firstSize: number;
  readonly #window: number;
  /** Blocks that were read and written for what is under way; whoever begins something sets it to 0. */
  blocks = 0;
  device: BlockDevice | undefined;
  /** Seconds since the epoch. */
  now = 0;
  /** The last text that the library handed over: the target of a symbolic link. */
  text = Buffer.alloc(0);

  constructor() {
    const { module, from, imports, exports } = ext2Module();
    const calls = this.#imports();
    const linked: Record<string, (...args: number[]) => number> = {};
    for (const [name, short] of imports) linked[short] = calls[name] ?? (() => -1);
    const made = instantiate(module, { [from]: linked });
    const memory = Object.values(made).find(isMemory);
    for (const [name, short] of exports) {
      const found = made[short];
      if (isFunction(found)) this.#functions.set(name, found);
    }
    if (!memory) throw new Error("The package ext2fs has no memory to work in.");
    this.#memory = memory;
    this.#firstSize = memory.buffer.byteLength;
    this.call("wasm_call_ctors");
    this.#window = this.allocate(windowBytes);
  }

  /** True while it takes no more memory than it came with. */
  get small(): boolean {
    return this.#memory.buffer.byteLength === this.#firstSize;
  }

  /** Its memory: holds until the next call. */
  get memory(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** Where bytes of files go in and out: `windowBytes` of them, which hold until the next call. */
  get window(): Uint8Array {
    return new Uint8Array(this.#memory.buffer, this.#window, windowBytes);
  }
  get windowAt(): number {
    return this.#window;
  }

  /** Calls a function of the library by its name in C. Throws a LibraryError when it answers below zero. */
  call(name: string, ...args: number[]): number {
    const found = this.#functions.get(name);
    if (!found) throw new Error(`The package ext2fs has no function ${name}.`);
    const result = found(...args);
    const number = typeof result === "number" ? result : 0;
    if (number < 0) throw new LibraryError(name, -number);
    return number;
  }

  /** Calls with the addresses of texts that are there for as long as the call lasts. */
  callWith(texts: readonly string[], call: (...at: number[]) => number): number {
    const places = texts.map((text) => {
      const bytes = Buffer.from(text);
      const at = this.allocate(bytes.length + 1);
      const view = new Uint8Array(this.#memory.buffer, at, bytes.length + 1);
      view.set(bytes);
      view[bytes.length] = 0;
      return at;
    });
    try {
      return call(...places);
    } finally {
      for (const at of places) this.call("free_from_js", at);
    }
  }

  allocate(bytes: number): number {
    const at = this.call("malloc_from_js", bytes);
    if (at === 0) throw new RangeError("The library has no memory left.");
    return at;
  }

  #imports(): WasmImports {
    const view = () => new DataView(this.#memory.buffer);
    const put = (at: number, ...words: number[]) => {
      words.forEach((word, i) => {
        view().setInt32(at + i * 4, word, true);
      });
      return 0;
    };
    return {
      asyncjs__blk_read: (_disk = 0, size = 0, block = 0, count = 0, at = 0) =>
        this.#transfer("read", size, block, count, at),
      asyncjs__blk_write: (_disk = 0, size = 0, block = 0, count = 0, at = 0) =>
        this.#transfer("write", size, block, count, at),
      // Blocks that nobody uses keep their bytes: a disk that discarded them would have to do so before the transaction is through.
      asyncjs__discard: () => 0,
      asyncjs__flush: () => 0,
      array_push_buffer: (_array = 0, at = 0, length = 0) => {
        this.text = Buffer.from(new Uint8Array(this.#memory.buffer, at >>> 0, length >>> 0));
        return 0;
      },
      time: (at = 0) => {
        if (at !== 0) put(at, this.now);
        return this.now;
      },
      clock_gettime: (_clock = 0, at = 0) => put(at, this.now, 0),
      gettimeofday: (at = 0) => put(at, this.now, 0),
      emscripten_get_now: () => this.now * 1000,
      emscripten_get_heap_max: () => 2 ** 30,
      emscripten_resize_heap: (bytes = 0) => {
        try {
          this.#memory.grow(Math.ceil(((bytes >>> 0) - this.#memory.buffer.byteLength) / wasmPage));
          return 1;
        } catch {
          return 0;
        }
      },
      emscripten_memcpy_big: (to = 0, from = 0, length = 0) => {
        new Uint8Array(this.#memory.buffer).copyWithin(to >>> 0, from >>> 0, (from >>> 0) + (length >>> 0));
        return 0;
      },
      environ_sizes_get: (count = 0, size = 0) => put(count, 0) + put(size, 0),
      environ_get: () => 0,
      syscall_getuid32: () => 0,
      syscall_open: () => -ENOENT,
      syscall_ioctl: () => -EIO,
      // What it prints are warnings of damage that it reports as well.
      fd_write: (_file = 0, vectors = 0, count = 0, written = 0) => {
        let bytes = 0;
        for (let i = 0; i < count; i++) bytes += view().getUint32(vectors + i * 8 + 4, true);
        return put(written, bytes);
      },
      abort: () => {
        throw new Error("The library gave up.");
      },
    };
  }

  /** A negative count is one of bytes. */
  #transfer(way: "read" | "write", size: number, block: number, count: number, at: number): number {
    this.blocks += Math.max(1, count);
    if (this.blocks > mostBlocks) throw new Error("The library goes in circles.");
    const length = count < 0 ? -count : count * size;
    const bytes = new Uint8Array(this.#memory.buffer, at >>> 0, length);
    try {
      this.device?.[way]((block >>> 0) * size, bytes);
      return 0;
    } catch (error) {
      if (error instanceof RangeError) return EIO;
      throw error;
    }
  }
}
