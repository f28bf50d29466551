/**
 * A page store without any cleverness, to compare the real one with: every address space is a map from page number to a page,
 * every page knows the address spaces that hold it. Content of procedural pages comes from `original`.
 *
 * Pages of a seeded space are implicit until one of its family writes them: an implicit page is held by every member.
 */
export const PAGE = 4096;

const zeros = new Uint8Array(PAGE);

type Original = (seed: number, page: number) => Uint8Array;

class ModelPage {
  readonly holders = new Set<number>();
  bytes: Uint8Array;
  account: number;

  constructor(bytes: Uint8Array, account: number) {
    this.bytes = bytes;
    this.account = account;
  }
}

/** Which pages are there at first: those before a number, or those of an image. */
export type Filled = number | { readonly total: number; has(page: number): boolean };

/** The spaces that descend from one that was made with a seed, or from an image. */
interface Family {
  readonly seed: number;
  account: number;
  /** Pages that have content from the seed; the others are zero. */
  readonly filled: Filled;
  readonly size: number;
  readonly explicit: Set<number>;
  readonly members: Set<number>;
}

interface ModelSpace {
  size: number;
  owner: number;
  account: number;
  readonly pages: Map<number, ModelPage>;
  readonly family: Family | undefined;
  private: number;
}

export class StoreModel {
  readonly spaces = new Map<number, ModelSpace>();
  readonly accounts = new Map<number, number>();
  unique = 0;
  /** Owners with a figure that moved, if only for a moment, since this was last emptied. */
  stirred = new Set<number>();
  readonly #original: Original;

  constructor(original: Original) {
    this.#original = original;
  }

  create(handle: number, pages: number, owner: number, account: number, seed?: number, filled: Filled = pages): void {
    const size = typeof filled === "number" ? filled : filled.total;
    const family =
      seed === undefined
        ? undefined
        : { seed, account, filled, size, explicit: new Set<number>(), members: new Set([handle]) };
    this.spaces.set(handle, { size: pages, owner, account, pages: new Map(), family, private: family?.size ?? 0 });
    if (family !== undefined) this.#charge(account, size);
    this.stirred.add(owner);
  }

  /** A space with the same content that shares nothing. */
  copy(handle: number, copy: number, owner: number, account: number): void {
    const { family, size, pages } = this.#space(handle);
    this.create(copy, size, owner, account, family?.seed, family?.filled);
    const twin = this.#space(copy);
    for (const number of family?.explicit ?? []) this.#put(twin, copy, number, undefined);
    for (const [number, page] of pages) this.#put(twin, copy, number, page.bytes);
  }

  /** A space with the same content that shares what a third one has too, and has its own copies of the rest. */
  split(handle: number, copy: number, owner: number, account: number): void {
    const space = this.#space(handle);
    const { family, size } = space;
    if (family?.members.size === 1) {
      this.create(copy, size, owner, account, family.seed, family.filled);
      for (const number of family.explicit) this.#put(this.#space(copy), copy, number, undefined);
    } else {
      this.spaces.set(copy, { ...space, owner, account, pages: new Map(), private: 0 });
      if (family) this.#join(family, copy);
    }
    const twin = this.#space(copy);
    for (const [number, page] of space.pages) {
      if (page.holders.size === 1) this.#put(twin, copy, number, page.bytes);
      else {
        twin.pages.set(number, page);
        this.#hold(page, copy);
      }
    }
    this.stirred.add(owner);
  }

  grow(handle: number, pages: number): void {
    const space = this.#space(handle);
    space.size = pages;
    this.stirred.add(space.owner);
  }

  fork(handle: number, copy: number, owner: number, account: number): void {
    const space = this.#space(handle);
    this.spaces.set(copy, { ...space, owner, account, pages: new Map(space.pages), private: 0 });
    for (const page of space.pages.values()) this.#hold(page, copy);
    if (space.family !== undefined) this.#join(space.family, copy);
    this.stirred.add(owner);
  }

  release(handle: number): void {
    const space = this.#space(handle);
    for (const page of space.pages.values()) this.#unhold(page, handle);
    if (space.family !== undefined) this.#leave(space.family, handle);
    this.stirred.add(space.owner);
    this.spaces.delete(handle);
  }

  setOwner(handle: number, owner: number): void {
    const space = this.#space(handle);
    this.stirred.add(space.owner).add(owner);
    space.owner = owner;
  }

  setAccount(handle: number, account: number): void {
    this.#space(handle).account = account;
  }

  /** What only this space has is charged to another account. */
  recharge(handle: number, account: number): void {
    const space = this.#space(handle);
    const move = (from: number, pages: number) => {
      this.#charge(from, -pages);
      this.#charge(account, pages);
    };
    space.account = account;
    const { family } = space;
    if (family?.members.size === 1) {
      move(family.account, family.size - family.explicit.size);
      family.account = account;
    }
    for (const page of space.pages.values()) {
      if (page.holders.size > 1) continue;
      move(page.account, 1);
      page.account = account;
    }
  }

  read(handle: number, address: number, length: number): Uint8Array {
    const space = this.#space(handle);
    const bytes = new Uint8Array(length);
    for (const [page, from, to] of parts(address, length)) {
      const content = this.#content(space, page);
      if (content !== undefined) bytes.set(content.subarray(from, to), page * PAGE + from - address);
    }
    return bytes;
  }

  /** Writes, and answers how many pages that allocated. */
  write(handle: number, address: number, bytes: Uint8Array): number {
    const space = this.#space(handle);
    let allocated = 0;
    for (const [number, from, to] of parts(address, bytes.length)) {
      const before = this.#content(space, number) ?? zeros;
      const at = number * PAGE + from - address;
      const piece = bytes.subarray(at, at + to - from);
      if (equal(before.subarray(from, to), piece)) continue;
      const after = before.slice();
      after.set(piece, from);
      const page = this.#explicit(space, number);
      const blank = equal(after, zeros);
      if (page !== undefined && page.holders.size === 1 && !blank) page.bytes = after;
      else {
        this.#put(space, handle, number, blank ? undefined : after);
        if (!blank) allocated++;
        this.stirred.add(space.owner);
      }
    }
    return allocated;
  }

  /** The page at a number: whatever is the same for spaces that share it, or undefined if it is zero. */
  pageAt(handle: number, number: number): unknown {
    const space = this.#space(handle);
    return this.#isImplicit(space, number) ? space.family : space.pages.get(number);
  }

  /** The numbers of all pages that somebody has written. */
  written(): Set<number> {
    const numbers = new Set<number>();
    for (const { pages, family } of this.spaces.values()) {
      for (const number of pages.keys()) numbers.add(number);
      for (const number of family?.explicit ?? []) numbers.add(number);
    }
    return numbers;
  }

  mapped(handle: number): number {
    const { pages, family } = this.#space(handle);
    return pages.size + (family === undefined ? 0 : family.size - family.explicit.size);
  }

  /** How many pages of a range the space shares or lacks: what a write of that length may allocate. */
  notOwn(handle: number, address: number, length: number): number {
    const space = this.#space(handle);
    let count = 0;
    for (const [number] of parts(address, length)) {
      const sharers = this.#isImplicit(space, number) ? space.family?.members : space.pages.get(number)?.holders;
      const holders = sharers?.size ?? 0;
      if (holders !== 1) count++;
    }
    return count;
  }

  /** A twin that shares nothing. */
  clone(): StoreModel {
    const twin = new StoreModel(this.#original);
    const families = new Map<Family, Family>();
    const pages = new Map<ModelPage, ModelPage>();
    for (const [handle, space] of this.spaces) {
      const { family } = space;
      if (family !== undefined && !families.has(family)) {
        families.set(family, { ...family, explicit: new Set(family.explicit), members: new Set(family.members) });
      }
      const copies = new Map<number, ModelPage>();
      for (const [number, page] of space.pages) {
        let copy = pages.get(page);
        if (copy === undefined) {
          copy = new ModelPage(page.bytes, page.account);
          for (const holder of page.holders) copy.holders.add(holder);
          pages.set(page, copy);
        }
        copies.set(number, copy);
      }
      twin.spaces.set(handle, { ...space, pages: copies, family: family && families.get(family) });
    }
    for (const [account, count] of this.accounts) twin.accounts.set(account, count);
    twin.unique = this.unique;
    twin.stirred = new Set(this.stirred);
    return twin;
  }

  #space(handle: number): ModelSpace {
    const space = this.spaces.get(handle);
    if (space === undefined) throw new Error(`the model has no space ${handle}`);
    return space;
  }

  #isImplicit({ family }: ModelSpace, number: number): boolean {
    if (family === undefined || family.explicit.has(number)) return false;
    return typeof family.filled === "number" ? number < family.filled : family.filled.has(number);
  }

  #content(space: ModelSpace, number: number): Uint8Array | undefined {
    if (space.family !== undefined && this.#isImplicit(space, number)) return this.#original(space.family.seed, number);
    return space.pages.get(number)?.bytes;
  }

  /** The page at a number; one that was implicit becomes explicit in the whole family. */
  #explicit(space: ModelSpace, number: number): ModelPage | undefined {
    const { family } = space;
    if (family === undefined || !this.#isImplicit(space, number)) return space.pages.get(number);
    const page = new ModelPage(this.#original(family.seed, number), family.account);
    family.explicit.add(number);
    for (const member of family.members) {
      page.holders.add(member);
      this.#space(member).pages.set(number, page);
    }
    return page;
  }

  /** A new page in place of what is there, or nothing. */
  #put(space: ModelSpace, handle: number, number: number, bytes: Uint8Array | undefined): void {
    const before = this.#explicit(space, number);
    if (before !== undefined) {
      space.pages.delete(number);
      this.#unhold(before, handle);
    }
    if (bytes === undefined) return;
    const page = new ModelPage(bytes, space.account);
    space.pages.set(number, page);
    this.#charge(space.account, 1);
    this.#hold(page, handle);
  }

  #join(family: Family, handle: number): void {
    const [sole] = family.members;
    const implicit = family.size - family.explicit.size;
    if (family.members.size === 1 && sole !== undefined && implicit > 0) this.#own(sole, -implicit);
    family.members.add(handle);
  }

  #leave(family: Family, handle: number): void {
    const implicit = family.size - family.explicit.size;
    family.members.delete(handle);
    const [sole] = family.members;
    if (family.members.size === 0) this.#charge(family.account, -implicit);
    else if (family.members.size === 1 && sole !== undefined && implicit > 0) this.#own(sole, implicit);
  }

  #hold(page: ModelPage, handle: number): void {
    const [sole] = page.holders;
    page.holders.add(handle);
    if (page.holders.size === 1) this.#own(handle, 1);
    else if (page.holders.size === 2 && sole !== undefined) this.#own(sole, -1);
  }

  #unhold(page: ModelPage, handle: number): void {
    page.holders.delete(handle);
    const [sole] = page.holders;
    if (page.holders.size === 0) {
      this.#charge(page.account, -1);
      this.#own(handle, -1);
    } else if (page.holders.size === 1 && sole !== undefined) this.#own(sole, 1);
  }

  #own(handle: number, pages: number): void {
    const space = this.#space(handle);
    space.private += pages;
    this.stirred.add(space.owner);
  }

  #charge(account: number, pages: number): void {
    this.accounts.set(account, (this.accounts.get(account) ?? 0) + pages);
    this.unique += pages;
  }
}

/** The pages of a range: number, and from where to where in the page. */
function* parts(address: number, length: number): Iterable<[number, number, number]> {
  const end = address + length;
  for (let at = address; at < end; ) {
    const page = Math.floor(at / PAGE);
    const to = Math.min(end, (page + 1) * PAGE);
    yield [page, at - page * PAGE, to - page * PAGE];
    at = to;
  }
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
