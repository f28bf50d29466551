import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";
import { equal, PAGE, StoreModel } from "./store-model.ts";

/** A step: what to do, and four numbers it takes its arguments from. */
type Step = readonly [kind: number, a: number, b: number, c: number, d: number];

interface World {
  readonly store: PageStore;
  readonly model: StoreModel;
  readonly baseline: number;
}

const GIB = 2 ** 18; // in pages
const small = { sizes: [1, 3, 33, 40, 1100], spaces: 10 };
const large = { sizes: [2 * GIB, 40 * GIB, 2 ** 34, 1025, 32768], spaces: 12 };
/** Few places, around the borders of leaves and levels, so that steps meet. */
const places = [0, 1, 2, 31, 32, 33, 1023, 1024, 1056, 32767, 32768, 2 ** 20, 2 ** 32 - 1, 2 ** 32, 2 ** 34 - 1];
const lengths = [1, 7, 64, 100, 4095, 4096, 4097, 8192, 12_289, 5 * 4096, 33 * 4096 + 5, 70 * 4096];

const pick = <T>(from: readonly T[], at: number): T => {
  const item = from[at % from.length];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
};

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

function compare({ store, model }: World, step: Step): void {
  expect(store.unique).toBe(model.unique);
  for (const [account, pages] of model.accounts)
    if (store.account(account) !== pages) expect(store.account(account)).toBe(pages);
  for (const [handle, space] of model.spaces) {
    const { size, mapped, private: own, shared } = store.figures(handle);
    if (
      size !== space.size * PAGE ||
      mapped !== model.mapped(handle) ||
      own !== space.private ||
      shared !== mapped - own
    ) {
      expect({ handle, size, mapped, own }).toEqual({
        handle,
        size: space.size * PAGE,
        mapped: model.mapped(handle),
        own: space.private,
      });
    }
  }
  const handles = [...model.spaces.keys()];
  if (handles.length === 0) return;
  const handle = pick(handles, step[4]);
  const size = (model.spaces.get(handle)?.size ?? 0) * PAGE;
  const address = Math.min(pick(places, step[3]) * PAGE + (step[2] % 5000), size);
  const length = Math.min(pick(lengths, step[1] % 9), size - address);
  if (!equal(store.read(handle, address, length), model.read(handle, address, length))) {
    expect({ handle, address, length, what: "content" }).toBe("equal");
  }
}

/** Net figures by owner: what `touched` has to tell changes of. */
function byOwner(model: StoreModel): Map<number, string> {
  const all = new Map<number, string>();
  for (const [handle, { owner, private: own }] of model.spaces) {
    all.set(owner, `${all.get(owner) ?? ""} ${handle}:${model.mapped(handle)}:${own}`);
  }
  return all;
}

function checkTouched({ store, model }: World, before: Map<number, string>): void {
  const touched = new Set(store.touched());
  const after = byOwner(model);
  for (const owner of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(owner) !== after.get(owner) && !touched.has(owner)) expect([...touched]).toContain(owner);
  }
  for (const owner of touched) if (!model.stirred.has(owner)) expect([...model.stirred]).toContain(owner);
  model.stirred = new Set();
}

function act(worlds: World[], world: World, [kind, a, b, c, d]: Step, { sizes, spaces }: typeof small): void {
  const { store, model } = world;
  const handles = [...model.spaces.keys()];
  const owner = (a % 3) * 2_000_000_000;
  const account = b % 3 === 2 ? 65535 : b % 3;
  if (handles.length === 0 || (kind % 16 === 0 && handles.length < spaces)) {
    const seed = c % 3 === 0 ? undefined : c % 3 === 1 ? 5 : -7_000_000_000;
    const pages = pick(sizes, d);
    const options = { bytes: pages * PAGE, owner, account };
    const handle = store.create(seed === undefined ? options : { ...options, seed });
    expect(model.spaces.has(handle)).toBe(false);
    model.create(handle, pages, owner, account, seed);
    return;
  }
  const handle = pick(handles, c);
  const space = model.spaces.get(handle);
  if (space === undefined) throw new Error("no such space");
  if (kind % 16 < 4 && handles.length < spaces) {
    const copy = store.fork(handle, owner, account);
    expect(model.spaces.has(copy)).toBe(false);
    model.fork(handle, copy, owner, account);
  } else if (kind % 16 === 4 || kind % 16 === 5) {
    store.release(handle);
    model.release(handle);
  } else if (kind % 64 === 6 && worlds.length < 4) {
    worlds.push({ store: store.forkStore(), model: model.clone(), baseline: world.baseline });
  } else if (kind % 64 === 22 && worlds.length > 1) {
    store.close();
    worlds.splice(worlds.indexOf(world), 1);
    expect(() => store.unique).toThrow("closed");
  } else if (kind % 64 === 38) {
    store.setOwner(handle, owner);
    model.setOwner(handle, owner);
  } else if (kind % 64 === 54) {
    store.setAccount(handle, account);
    space.account = account;
  } else {
    const size = space.size * PAGE;
    const address = Math.min(pick(places, a) * PAGE + (b % 3 === 0 ? 0 : b % PAGE), size);
    const length = Math.min(pick(lengths, d), size - address);
    if (length === 0) return;
    const bytes = content(b, length, model.read(handle, address, length));
    const most = store.cost(handle, address, length);
    const exact = store.cost(handle, address, bytes);
    expect(most).toBe(model.notOwn(handle, address, length));
    store.write(handle, address, bytes);
    expect(exact).toBe(model.write(handle, address, bytes));
    if (!equal(store.read(handle, address, length), bytes)) expect("content").toBe("equal");
  }
}

function run(steps: readonly Step[], shape: typeof small): void {
  const first = new PageStore();
  const worlds: World[] = [{ store: first, model: new StoreModel(original), baseline: first.bytes }];
  for (const step of steps) {
    const world = pick(worlds, step[1] >>> 8);
    const before = byOwner(world.model);
    act(worlds, world, step, shape);
    if (worlds.includes(world)) {
      compare(world, step);
      checkTouched(world, before);
    }
    compare(pick(worlds, step[2] >>> 8), step);
  }
  for (const { store, model, baseline } of worlds) {
    for (const handle of model.spaces.keys()) store.release(handle);
    expect(store.unique).toBe(0);
    for (const account of model.accounts.keys()) expect(store.account(account)).toBe(0);
    expect(store.bytes - baseline).toBeLessThan(200_000);
    store.close();
  }
}

const number = fc.nat(0xffff);
const step = fc.tuple(number, number, number, number, number);
const steps = (length: number) => fc.array(step, { minLength: length, maxLength: length, size: "max" });

describe("a page store behaves as the naive model, content and figures, after every step", () => {
  test("on small spaces", () => {
    fc.assert(
      fc.property(steps(300), (all) => run(all, small)),
      { numRuns: 200 },
    );
  });

  test("on spaces of gigabytes and terabytes", () => {
    fc.assert(
      fc.property(steps(300), (all) => run(all, large)),
      { numRuns: 150 },
    );
  });
});
