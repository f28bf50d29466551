import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PageRanges } from "../../../../sdk/host/cow/page-ranges.ts";
import { type Extent, type PageImage, PageStore } from "../../../../sdk/host/cow/page-store.ts";
import { Tables } from "../../../../sdk/host/cow/tables.ts";
import { equal, PAGE, StoreModel } from "./store-model.ts";

/** A step: what to do, and four numbers it takes its arguments from. */
type Step = readonly [kind: number, a: number, b: number, c: number, d: number];

/** A store and the model of it. */
interface World {
  readonly store: PageStore;
  readonly model: StoreModel;
}

interface Shape {
  /** Sizes of address spaces, in pages. */
  readonly sizes: readonly number[];
  /** How many there may be at a time. */
  readonly spaces: number;
}

const small: Shape = { sizes: [1, 3, 33, 40, 1100], spaces: 10 };
const large: Shape = { sizes: [2 ** 21, 10 * 2 ** 20, 2 ** 34, 1025, 32_768], spaces: 10 };
/** Few places, around the borders of leaves and levels, so that steps meet. */
const places = [0, 1, 2, 31, 32, 33, 1023, 1024, 1056, 32_767, 32_768, 2 ** 20, 2 ** 32 - 1, 2 ** 32, 2 ** 34 - 1];
const short = [1, 7, 64, 100, 4095, 4096, 4097, 8192, 12_289];
const lengths = [...short, ...short, ...short, ...short, ...short, 5 * PAGE, 33 * PAGE + 5, 70 * PAGE];

function pick<T>(from: readonly T[], at: number): T {
  const item = from[at % from.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** Most comparisons hold: only those that do not take the way over `expect`, which is slow. */
function same(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) expect(actual, what).toBe(expected);
}

function sameBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  if (!equal(actual, expected)) expect(actual, what).toEqual(expected);
}

/** Content of procedural pages as an untouched store of its own tells it. */
function originals(): (seed: number, page: number) => Uint8Array {
  const store = new PageStore();
  const spaces = new Map<number, number>();
  const known = new Map<string, Uint8Array>();
  return (seed, page) => {
    const key = `${seed}/${page}`;
    let bytes = known.get(key);
    if (bytes === undefined) {
      const space = spaces.get(seed) ?? store.create({ bytes: 2 ** 46, owner: 0, account: 0, seed });
      spaces.set(seed, space);
      bytes = store.read(space, page * PAGE, PAGE);
      known.set(key, bytes);
    }
    return bytes;
  };
}
const original = originals();

/** Pages that lie scattered, as those of a filesystem do; their content is that of a seed which no space is made with. */
const imageSeed = 1234;
const scattered: readonly (readonly [number, number])[] = [
  [0, 2],
  [5, 1],
  [31, 2],
  [64, 33],
  [1023, 2],
  [1056, 40],
  [32_767, 1],
  [2 ** 20, 1],
];
const images = [1, 2, 3, 4, 5, 6, 7, 8].map((length) => imageOf(scattered.slice(0, length)));

function imageOf(ranges: readonly (readonly [number, number])[]): PageImage & { readonly end: number; total: number } {
  const pages = new PageRanges(ranges);
  const [first, count] = ranges.at(-1) ?? [0, 0];
  return {
    end: first + count,
    total: pages.total,
    count: (base, span) => pages.count(base, span),
    next: (from, has) => pages.next(from, has),
    page: (page) => Buffer.from(original(imageSeed, page)),
  };
}

function content(kind: number, length: number, before: Uint8Array): Uint8Array {
  switch (kind % 6) {
    case 0:
      return new Uint8Array(length);
    case 1:
      return before.slice();
    case 2: {
      const bytes = before.slice();
      bytes[kind % length] = kind >>> 8;
      return bytes;
    }
    default:
      return new Uint8Array(length).fill((kind >>> 4) & 3);
  }
}

/** All figures of all spaces, and the content of one. */
function compare({ store, model }: World, step: Step): void {
  same(store.unique, model.unique, "unique");
  for (const [account, pages] of model.accounts) same(store.account(account), pages, `account ${account}`);
  for (const [handle, space] of model.spaces) {
    const figures = store.figures(handle);
    const mapped = model.mapped(handle);
    same(figures.size, space.size * PAGE, `size of ${handle}`);
    same(figures.mapped, mapped, `mapped by ${handle}`);
    same(figures.private, space.private, `private to ${handle}`);
    same(figures.shared, mapped - space.private, `shared by ${handle}`);
    same(store.owner(handle), space.owner, `owner of ${handle}`);
  }
  if (model.spaces.size === 0) return;
  const handle = pick([...model.spaces.keys()], step[4]);
  const size = (model.spaces.get(handle)?.size ?? 0) * PAGE;
  const address = Math.min(pick(places, step[3]) * PAGE + (step[2] % 5000), size);
  const length = Math.min(pick(short, step[1]), size - address);
  sameBytes(
    store.read(handle, address, length),
    model.read(handle, address, length),
    `${length} bytes at ${address} of ${handle}`,
  );
}

const covers = (extents: readonly Extent[], page: number) =>
  extents.some(({ address, length }) => page * PAGE >= address && page * PAGE < address + length);

function compareExtents({ store, model }: World, one: number, other: number): void {
  const extents = [...store.extents(one)];
  const pages = extents.reduce((sum, { length }) => sum + length / PAGE, 0);
  same(pages, model.mapped(one), `pages in the extents of ${one}`);
  const differences = [...store.differences(one, other)];
  for (const page of new Set([...places, ...model.written()])) {
    const here = model.pageAt(one, page);
    same(covers(extents, page), here !== undefined, `page ${page} in the extents of ${one}`);
    same(
      covers(differences, page),
      here !== model.pageAt(other, page),
      `page ${page} in the differences of ${one} and ${other}`,
    );
  }
}

/** Figures by owner, to tell which have changed. */
function byOwner(model: StoreModel): Map<number, string> {
  const all = new Map<number, string>();
  for (const [handle, { owner, size, private: own }] of model.spaces) {
    all.set(owner, `${all.get(owner) ?? ""} ${handle}:${size}:${model.mapped(handle)}:${own}`);
  }
  return all;
}

/** Every owner with another figure than before is told, and nobody who had no reason to be. */
function compareTouched({ store, model }: World, before: Map<number, string>): void {
  const touched = store.touched();
  const after = byOwner(model);
  for (const owner of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(owner) !== after.get(owner)) same(touched.includes(owner), true, `owner ${owner} told`);
  }
  for (const owner of touched) same(model.stirred.has(owner), true, `reason to tell owner ${owner}`);
  same(new Set(touched).size, touched.length, "owners told once");
  model.stirred = new Set();
}

/** Does a step in both; answers the worlds there are then. */
function act(
  worlds: readonly World[],
  world: World,
  [kind, a, b, c, d]: Step,
  { sizes, spaces }: Shape,
): readonly World[] {
  const { store, model } = world;
  const handles = [...model.spaces.keys()];
  const owner = (a % 3) * 2_000_000_000;
  const account = b % 3 === 2 ? 65_535 : b % 3;
  const room = handles.length < spaces;
  if (handles.length === 0 || (kind % 16 === 0 && room)) {
    const pages = pick(sizes, d);
    const options = { bytes: pages * PAGE, owner, account };
    const filled = c % 4 === 0 ? Math.min(pages, 1 + (c % 5000)) : pages;
    const image = images.findLast(({ end }) => end <= pages);
    if (image && c % 5 === 0) {
      const handle = store.create({ ...options, image });
      const has = (page: number) => image.count(page, 1) > 0;
      model.create(handle, pages, owner, account, imageSeed, { total: image.total, has });
      return worlds;
    }
    const seed = c % 3 === 0 ? undefined : pick([5, -7_000_000_000], c);
    const handle = store.create(seed === undefined ? options : { ...options, seed, filled: filled * PAGE });
    same(model.spaces.has(handle), false, "a handle that is in use");
    model.create(handle, pages, owner, account, seed, filled);
    return worlds;
  }
  const handle = pick(handles, c);
  const size = (model.spaces.get(handle)?.size ?? 0) * PAGE;
  if (kind % 16 < 4 && room) {
    const fork = store.fork(handle, owner, account);
    same(model.spaces.has(fork), false, "a handle that is in use");
    model.fork(handle, fork, owner, account);
  } else if (kind % 16 === 4 || kind % 16 === 5) {
    store.release(handle);
    model.release(handle);
  } else if (kind % 32 === 6 && worlds.length < 4) {
    return [...worlds, { store: store.forkStore(), model: model.clone() }];
  } else if (kind % 32 === 22 && worlds.length > 1) {
    store.close();
    return worlds.filter((other) => other !== world);
  } else if (kind % 64 === 7) {
    store.setOwner(handle, owner);
    model.setOwner(handle, owner);
  } else if (kind % 64 === 23) {
    store.setAccount(handle, account);
    model.setAccount(handle, account);
  } else if (kind % 64 === 39 && room) {
    const copy = store.copy(handle, owner, account);
    model.copy(handle, copy, owner, account);
  } else if (kind % 64 === 57 && room) {
    const split = store.split(handle, owner, account);
    model.split(handle, split, owner, account);
  } else if (kind % 64 === 59) {
    store.recharge(handle, account);
    model.recharge(handle, account);
  } else if (kind % 64 === 55) {
    const pages = Math.min(2 ** 34, Math.max(size / PAGE, pick(sizes, a)) + (b % 3));
    store.grow(handle, pages * PAGE);
    model.grow(handle, pages);
  } else if (kind % 16 === 8) {
    compareExtents(world, handle, pick(handles, b));
  } else {
    const address = Math.min(pick(places, a) * PAGE + (b % 3 === 0 ? 0 : b % PAGE), size);
    const length = Math.min(pick(lengths, d), size - address);
    if (length === 0) return worlds;
    const bytes = content(b, length, model.read(handle, address, length));
    same(store.cost(handle, address, length), model.notOwn(handle, address, length), "the highest cost");
    const cost = store.cost(handle, address, bytes);
    store.write(handle, address, bytes);
    same(cost, model.write(handle, address, bytes), "the cost");
    sameBytes(store.read(handle, address, length), bytes, "what was written");
  }
  return worlds;
}

function run(steps: readonly Step[], shape: Shape): void {
  const tables = new Tables();
  const first = new PageStore(tables);
  const baseline = first.bytes;
  let worlds: readonly World[] = [{ store: first, model: new StoreModel(original) }];
  for (const step of steps) {
    const world = pick(worlds, step[1] >>> 8);
    const before = byOwner(world.model);
    worlds = act(worlds, world, step, shape);
    if (worlds.includes(world)) {
      compare(world, step);
      compareTouched(world, before);
    }
    compare(pick(worlds, step[2] >>> 8), step);
  }
  // What is left when all is released: a frame or two of each table.
  for (const { store, model } of worlds) {
    for (const handle of model.spaces.keys()) store.release(handle);
    same(store.unique, 0, "unique pages in the end");
    for (const account of model.accounts.keys()) same(store.account(account), 0, `account ${account} in the end`);
    expect(store.bytes - baseline).toBeLessThan(14 * PAGE);
    if (store === first) expect([tables.nodes.used, tables.streams.used, tables.handles.used]).toEqual([0, 0, 0]);
    store.close();
  }
  const { memory } = tables;
  expect([memory.data.used, memory.data.bytes, memory.tables.used, memory.tables.bytes]).toEqual([0, 0, 0, 0]);
}

const number = fc.nat(0xffff);
const steps = fc.array(fc.tuple(number, number, number, number, number), { minLength: 1, maxLength: 600, size: "max" });

/** About 280 steps a run, more than 100,000 in all. */
describe("a page store does as the naive model does, in content and figures, after every step", () => {
  const patience = 240_000;

  test("on small spaces", { timeout: patience }, () => {
    fc.assert(
      fc.property(steps, (all) => run(all, small)),
      { numRuns: 220 },
    );
  });

  test("on spaces of gigabytes and terabytes", { timeout: patience }, () => {
    fc.assert(
      fc.property(steps, (all) => run(all, large)),
      { numRuns: 145 },
    );
  });
});
