import { Column, integers } from "./column.ts";
import type { FramePool } from "./frame-pool.ts";
import { heightOf, int } from "./geometry.ts";
import { GROUP, GROUP_BITS, IdPool } from "./id-pool.ts";

const BITS = 8;
const MASK = (1 << BITS) - 1;
const ROOT = 0;
const OWNER = 1;
const PAGES = 2;
/** Account in bits 0-15, the high bits of the number of pages in 16-26, in use in 27, the height of the tree in 28-31. */
const MISC = 3;
const IN_USE = 1 << 27;

/** The address spaces: 16 bytes each. */
export class HandleTable {
  readonly #ids: IdPool;
  readonly #cells: Column<Int32Array>;

  constructor(pool: FramePool, from?: HandleTable) {
    this.#ids = from === undefined ? new IdPool(pool, 1) : from.#ids.fork(pool);
    this.#cells = from === undefined ? new Column(pool, integers) : from.#cells.fork();
  }

  get used(): number {
    return this.#ids.used;
  }

  get frames(): number {
    return this.#ids.frames + this.#cells.frames;
  }

  has(handle: number): boolean {
    if (!(handle > 0 && handle < 2 ** 31) || !Number.isInteger(handle)) return false;
    const cells = this.#cells.peek(handle >>> BITS);
    return cells !== undefined && (int(cells, ((handle & MASK) << 2) | MISC) & IN_USE) !== 0;
  }

  alloc(pages: number, owner: number, account: number): number {
    const handle = this.#ids.alloc();
    const high = Math.floor(pages / 2 ** 32);
    this.#fill(handle, 0, owner, pages, account | (high << 16) | IN_USE | (heightOf(pages) << 28));
    return handle;
  }

  /** A handle with the same size. */
  allocLike(handle: number, owner: number, account: number): number {
    const copy = this.#ids.alloc();
    const misc = (this.#get(handle, MISC) & ~0xffff) | account;
    this.#fill(copy, this.root(handle), owner, this.#get(handle, PAGES), misc);
    return copy;
  }

  free(handle: number): void {
    this.#set(handle, MISC, 0);
    if (this.#ids.free(handle) < GROUP) return;
    const frames = 1 << (GROUP_BITS - BITS);
    const group = handle >>> GROUP_BITS;
    for (let i = 0; i < frames; i++) this.#cells.drop(group * frames + i);
  }

  /** The node at the top of the tree, or 0. */
  root(handle: number): number {
    return this.#get(handle, ROOT);
  }

  setRoot(handle: number, root: number): void {
    this.#set(handle, ROOT, root);
  }

  /** The level of the root. */
  height(handle: number): number {
    return this.#get(handle, MISC) >>> 28;
  }

  pages(handle: number): number {
    return (this.#get(handle, PAGES) >>> 0) + ((this.#get(handle, MISC) >>> 16) & 0x7ff) * 2 ** 32;
  }

  /** Another size; the height of the tree follows from it. */
  setPages(handle: number, pages: number): void {
    this.#set(handle, PAGES, pages);
    const high = Math.floor(pages / 2 ** 32);
    this.#set(handle, MISC, this.account(handle) | (high << 16) | IN_USE | (heightOf(pages) << 28));
  }

  owner(handle: number): number {
    return this.#get(handle, OWNER) >>> 0;
  }

  setOwner(handle: number, owner: number): void {
    this.#set(handle, OWNER, owner);
  }

  account(handle: number): number {
    return this.#get(handle, MISC) & 0xffff;
  }

  setAccount(handle: number, account: number): void {
    this.#set(handle, MISC, (this.#get(handle, MISC) & ~0xffff) | account);
  }

  fork(pool: FramePool): HandleTable {
    return new HandleTable(pool, this);
  }

  close(): void {
    this.#ids.close();
    this.#cells.close();
  }

  #get(handle: number, word: number): number {
    return int(this.#cells.read(handle >>> BITS), ((handle & MASK) << 2) | word);
  }

  #fill(handle: number, root: number, owner: number, pages: number, misc: number): void {
    const cells = this.#cells.write(handle >>> BITS);
    const at = (handle & MASK) << 2;
    cells[at] = root;
    cells[at + OWNER] = owner;
    cells[at + PAGES] = pages;
    cells[at + MISC] = misc;
  }

  #set(handle: number, word: number, value: number): void {
    this.#cells.write(handle >>> BITS)[((handle & MASK) << 2) | word] = value;
  }
}
