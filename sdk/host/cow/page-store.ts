import { AddressSpace } from "./address-space.ts";
import { differenceSearch, type Extent, extentsFrom, mappedSearch } from "./extents.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { Forest } from "./forest.ts";
import { MAX_PAGES, PAGE_SIZE } from "./geometry.ts";
import { ownedPages } from "./owned-pages.ts";
import { compactPages } from "./page-table.ts";
import { checkAccount, checkBytes, checkOwner, type SpaceOptions } from "./space-arguments.ts";
import { Tables } from "./tables.ts";
import { copySpace, growSpace, rechargeSpace } from "./whole-space.ts";

export type { Extent } from "./extents.ts";
export type { Figures } from "./figures.ts";
export type { PageImage } from "./page-image.ts";
export type { SpaceOptions } from "./space-arguments.ts";

/** A store that was forgotten open gives its memory back when the garbage collector finds it: a backstop, not the way. */
const forgotten = new FinalizationRegistry<Tables>((tables) => tables.close());

/**
 * Memory and disks of machines, in pages of 4096 bytes that are shared until they are written.
 *
 * An address space is known by its handle, a positive integer. `fork` gives another handle to the same bytes in constant time;
 * what either writes from then on is its own. Pages that are all zero take no room, nor do pages that are written with the bytes
 * they have. All figures are exact at any time and cost nothing to ask for.
 *
 * Arguments that make no sense throw a RangeError that names them; a store that was closed throws at every other call.
 *
 * ```ts
 * const store = new PageStore();
 * const golden = store.create({ bytes: 8 * 2 ** 30, owner: 1, account: 0, seed: 42 });
 * const clone = store.fork(golden, 2, 0);
 * store.write(clone, 4096, new TextEncoder().encode("hello"));
 * store.figures(clone); // { size: 8589934592, mapped: 2097152, private: 1, shared: 2097151 }
 * store.close();
 * ```
 */
export class PageStore {
  readonly #tables: Tables;
  readonly #forest: Forest;
  readonly #spaces: AddressSpace;
  #open = true;

  constructor();
  /** @internal */
  constructor(tables: Tables);
  constructor(tables = new Tables()) {
    this.#tables = tables;
    this.#forest = new Forest(tables);
    this.#spaces = new AddressSpace(tables, this.#forest);
    forgotten.register(this, tables, this);
  }

  /** A new address space. Constant time and memory, with or without a seed. */
  create({ bytes, owner, account, seed, filled = bytes, image }: SpaceOptions): number {
    this.#check();
    checkBytes("bytes", bytes, 0, MAX_PAGES * PAGE_SIZE);
    checkBytes("filled", filled, 0, bytes);
    checkOwner(owner);
    checkAccount(account);
    if (seed !== undefined && !Number.isSafeInteger(seed)) throw new RangeError(`seed must be an integer, not ${seed}`);
    const { handles, streams, ledger, touched } = this.#tables;
    const pages = bytes / PAGE_SIZE;
    if (image && (seed !== undefined || image.next(pages, true) < Number.POSITIVE_INFINITY))
      throw new RangeError(`image must fit into the ${bytes} bytes of the address space, and goes with no seed`);
    const handle = handles.alloc(pages, owner, account);
    const content = image ?? (seed === undefined ? undefined : { seed, end: filled / PAGE_SIZE });
    if (content) {
      const stream = streams.alloc({ account, content });
      const total = streams.total(stream);
      ledger.charge(account, total);
      if (total > 0) this.#forest.plant(handle, stream);
      else streams.consume(stream, 0);
    }
    touched.add(owner);
    return handle;
  }

  /** Another address space with the same bytes, which shares every page. Constant time at any size. */
  fork(handle: number, owner: number, account: number): number {
    this.#checkHandle(handle);
    checkOwner(owner);
    checkAccount(account);
    const { handles, nodes, touched } = this.#tables;
    const copy = handles.allocLike(handle, owner, account);
    const root = handles.root(handle);
    if (root !== 0 && nodes.counts.hold(root, ~copy) === 2 && nodes.exclusive(root) > 0)
      touched.add(handles.owner(handle));
    touched.add(owner);
    return copy;
  }

  /** Another address space with the same bytes, which shares no page: it costs what there is to copy. Procedural pages cost nothing. */
  copy(handle: number, owner: number, account: number): number {
    const copy = this.create({ bytes: this.#sizeOf(handle), owner, account });
    copySpace(this.#tables, handle, copy);
    return copy;
  }

  /**
   * Another address space with the same bytes: it shares the pages that a third one has too, and has copies of those that only this
   * one has, charged to its own account. It costs what there is to copy.
   */
  split(handle: number, owner: number, account: number): number {
    const copy = this.create({ bytes: this.#sizeOf(handle), owner, account });
    copySpace(this.#tables, handle, copy, "own");
    return copy;
  }

  /** Makes an address space larger, to a multiple of 4096 bytes; what is added is zero. Constant time. */
  grow(handle: number, bytes: number): void {
    checkBytes("bytes", bytes, this.#sizeOf(handle), MAX_PAGES * PAGE_SIZE);
    growSpace(this.#tables, handle, bytes / PAGE_SIZE);
    this.#tables.touched.add(this.#tables.handles.owner(handle));
  }

  /** Bytes of an address space, as a copy of the caller's own. */
  read(handle: number, address: number, length: number): Uint8Array {
    this.#checkRange(handle, address, length);
    const target = new Uint8Array(length);
    this.#spaces.read(handle, address, target, true);
    return target;
  }

  /** Fills a target with the bytes from an address on, without another copy. */
  readInto(handle: number, address: number, target: Uint8Array): void {
    this.#checkRange(handle, address, target.length);
    this.#spaces.read(handle, address, target, false);
  }

  /** Writes bytes. Only pages whose bytes change are copied, and only if another address space shares them. */
  write(handle: number, address: number, bytes: Uint8Array): void {
    this.#checkRange(handle, address, bytes.length);
    this.#spaces.write(handle, address, bytes);
    this.#settle();
  }

  /**
   * How many pages a write would allocate: exactly for given bytes, at most for a length. To ask before a datastore overflows.
   */
  cost(handle: number, address: number, bytes: Uint8Array | number): number {
    if (typeof bytes === "number") {
      this.#checkRange(handle, address, bytes);
      const first = Math.floor(address / PAGE_SIZE);
      const end = bytes === 0 ? first : Math.ceil((address + bytes) / PAGE_SIZE);
      return end - first - ownedPages(this.#tables, handle, first, end);
    }
    this.#checkRange(handle, address, bytes.length);
    return this.#spaces.cost(handle, address, bytes);
  }

  /** Gives an address space up, and with it every page that no other one shares. The handle may be given out again. */
  release(handle: number): void {
    this.#checkHandle(handle);
    const { handles, touched } = this.#tables;
    const root = handles.root(handle);
    touched.add(handles.owner(handle));
    if (root !== 0) this.#forest.drop(root, ~handle, handles.height(handle), 0);
    handles.free(handle);
    this.#settle();
  }

  /** Size, mapped, private and shared pages of an address space. Constant time. */
  figures(handle: number): Figures {
    this.#checkHandle(handle);
    return figuresOf(this.#tables, handle);
  }

  /**
   * The ranges that are not all zero, in ascending order, from the page of an address on. Costs what there is, not what there could
   * be; the store may change meanwhile.
   */
  extents(handle: number, from = 0): Generator<Extent, void> {
    return extentsFrom(mappedSearch(this.#tables, handle), from, (at) => this.#checkRange(handle, at, 0));
  }

  /**
   * The ranges in which two address spaces do not share their pages, in ascending order, from the page of an address on. Whatever is
   * outside of them is equal; inside, bytes may be equal by chance. What is shared costs nothing.
   */
  differences(one: number, other: number, from = 0): Generator<Extent, void> {
    return extentsFrom(differenceSearch(this.#tables, one, other), from, (at) =>
      this.#checkRange(this.#sizeOf(one) < this.#sizeOf(other) ? other : one, at, 0),
    );
  }

  /** How many pages are alive that were charged to an account when they were allocated. */
  account(account: number): number {
    this.#check();
    checkAccount(account);
    return this.#tables.ledger.account(account);
  }

  /** How many pages are alive in all, each counted once however many share it. */
  get unique(): number {
    this.#check();
    return this.#tables.ledger.unique;
  }

  owner(handle: number): number {
    this.#checkHandle(handle);
    return this.#tables.handles.owner(handle);
  }

  setOwner(handle: number, owner: number): void {
    this.#checkHandle(handle);
    checkOwner(owner);
    const { handles, touched } = this.#tables;
    touched.add(handles.owner(handle));
    touched.add(owner);
    handles.setOwner(handle, owner);
  }

  /** What pages written from now on are charged to. Those that are there stay where they are. */
  setAccount(handle: number, account: number): void {
    this.#checkHandle(handle);
    checkAccount(account);
    this.#tables.handles.setAccount(handle, account);
  }

  /** Charges the pages that only this address space has to an account, and what is written from now on. It costs what there is. */
  recharge(handle: number, account: number): void {
    this.#checkHandle(handle);
    checkAccount(account);
    rechargeSpace(this.#tables, handle, account);
  }

  /**
   * The owners whose figures have changed since this was last asked, each once. Among them are owners of address spaces that nobody
   * called: when the one other holder of a page writes it or is released, the page becomes private.
   */
  touched(): number[] {
    this.#check();
    return this.#tables.touched.take();
  }

  /** A twin of the whole store in constant time: same handles, same bytes, same figures; independent from then on. */
  forkStore(): PageStore {
    this.#check();
    return new PageStore(new Tables(this.#tables));
  }

  /** Gives back, at once, all memory that no twin shares. Closing again does nothing. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    forgotten.unregister(this);
    this.#tables.close();
    this.#settle();
  }

  /** Bytes of memory that can be reached from this store, tables and pages. Twins share some of it. */
  get bytes(): number {
    this.#check();
    return this.#tables.frames * PAGE_SIZE;
  }

  /** Bytes of memory that this store and its twins hold of the system, in use or not. */
  get held(): number {
    this.#check();
    const { tables, data } = this.#tables.memory;
    return tables.bytes + data.bytes;
  }

  /** Only here, where nobody looks at a page, may pages move. */
  #settle(): void {
    const { tables, data } = this.#tables.memory;
    if (data.sparse) compactPages(data, tables);
  }

  #check(): void {
    if (!this.#open) throw new Error("the page store is closed");
  }

  #sizeOf(handle: number): number {
    this.#checkHandle(handle);
    return this.#tables.handles.pages(handle) * PAGE_SIZE;
  }

  #checkHandle(handle: number): void {
    this.#check();
    if (!this.#tables.handles.has(handle)) throw new RangeError(`${handle} is not the handle of an address space`);
  }

  /** Answers the size of the address space. */
  #checkRange(handle: number, address: number, length: number): number {
    const size = this.#sizeOf(handle);
    if (!Number.isInteger(address) || address < 0 || address > size) {
      throw new RangeError(`address must be an integer from 0 to ${size}, not ${address}`);
    }
    if (!Number.isInteger(length) || length < 0 || address + length > size) {
      throw new RangeError(
        `length must be an integer from 0 to ${size - address} at address ${address}, not ${length}`,
      );
    }
    return size;
  }
}
