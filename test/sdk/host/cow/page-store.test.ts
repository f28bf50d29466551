import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const PAGE = 4096;
const GIB = 2 ** 30;

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const sorted = (owners: readonly number[]) => [...owners].sort((a, b) => a - b);

describe("an address space", () => {
  test("reads as zeros until it is written", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 40 * GIB, owner: 1, account: 0 });
    expect(store.read(space, 40 * GIB - 3, 3)).toEqual(bytes(3, 0));
    store.write(space, 40 * GIB - 6, bytes(4, 9));
    expect(store.read(space, 40 * GIB - 7, 7)).toEqual(new Uint8Array([0, 9, 9, 9, 9, 0, 0]));
    expect(store.figures(space)).toEqual({ size: 40 * GIB, mapped: 1, private: 1, shared: 0 });
  });

  test("reads into the middle of a larger buffer and leaves the rest alone", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 4 * PAGE, owner: 1, account: 0 });
    store.write(space, PAGE - 1, bytes(2, 7));
    const target = bytes(10, 255);
    store.readInto(space, PAGE - 2, target.subarray(3, 7));
    expect([...target]).toEqual([255, 255, 255, 0, 7, 7, 0, 255, 255, 255]);
  });

  test("keeps its own copy of what was written and hands out copies", () => {
    const store = new PageStore();
    const space = store.create({ bytes: PAGE, owner: 1, account: 0 });
    const written = bytes(PAGE, 1);
    store.write(space, 0, written);
    written.fill(2);
    store.read(space, 0, PAGE).fill(3);
    expect(store.read(space, 0, PAGE)).toEqual(bytes(PAGE, 1));
  });

  test("of no bytes can be made, forked and released", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 0, owner: 1, account: 0, seed: 1 });
    const copy = store.fork(space, 2, 0);
    expect(store.read(copy, 0, 0)).toEqual(new Uint8Array(0));
    expect(store.figures(copy)).toEqual({ size: 0, mapped: 0, private: 0, shared: 0 });
    store.release(space);
    store.release(copy);
  });

  test("may be as large as 64 TiB, and is addressed to its last byte", () => {
    const store = new PageStore();
    const size = 2 ** 46;
    const space = store.create({ bytes: size, owner: 1, account: 0 });
    const places = [0, 2 ** 32 - 1, 2 ** 44 - 1, 2 ** 44, size - 1];
    for (const [i, place] of places.entries()) store.write(space, place, bytes(1, i + 1));
    for (const [i, place] of places.entries()) expect(store.read(space, place, 1)).toEqual(bytes(1, i + 1));
    expect(store.figures(space)).toMatchObject({ size, mapped: 5 });
  });

  test("takes room only for pages that are not all zero", () => {
    const store = new PageStore();
    const space = store.create({ bytes: GIB, owner: 1, account: 0 });
    store.write(space, 0, bytes(1 << 20, 0));
    expect(store.unique).toBe(0);
    store.write(space, 0, bytes(1 << 20, 5));
    expect(store.unique).toBe(256);
    store.write(space, 1, bytes((1 << 20) - 2, 0));
    expect(store.figures(space).mapped).toBe(2);
    store.write(space, 0, bytes(1, 0));
    store.write(space, (1 << 20) - 1, bytes(1, 0));
    expect(store.unique).toBe(0);
  });
});

describe("a fork", () => {
  test("shares everything until either side writes", () => {
    const store = new PageStore();
    const parent = store.create({ bytes: GIB, owner: 1, account: 0 });
    store.write(parent, 0, bytes(10 * PAGE, 1));
    const child = store.fork(parent, 2, 0);
    expect(store.figures(parent)).toMatchObject({ mapped: 10, private: 0, shared: 10 });
    store.write(child, 5 * PAGE, bytes(1, 2));
    expect(store.read(parent, 5 * PAGE, 1)).toEqual(bytes(1, 1));
    expect(store.figures(child)).toMatchObject({ mapped: 10, private: 1, shared: 9 });
    expect(store.figures(parent)).toMatchObject({ mapped: 10, private: 1, shared: 9 });
    expect(store.unique).toBe(11);
    store.release(parent);
    expect(store.figures(child)).toMatchObject({ mapped: 10, private: 10, shared: 0 });
    expect(store.unique).toBe(10);
  });

  test("that writes what is there already shares as before", () => {
    const store = new PageStore();
    const parent = store.create({ bytes: GIB, owner: 1, account: 0, seed: 3 });
    const child = store.fork(parent, 2, 0);
    store.touched();
    expect(store.cost(child, 0, store.read(parent, 0, 1 << 20))).toBe(0);
    store.write(child, 0, store.read(parent, 0, 1 << 20));
    expect(store.figures(child).private).toBe(0);
    expect(store.touched()).toEqual([]);
  });

  test("of a fork reads right and alone at depth 1000, whoever is released", () => {
    const store = new PageStore();
    const chain = [store.create({ bytes: 8 * GIB, owner: 0, account: 0, seed: 7 })];
    for (let depth = 1; depth <= 1000; depth++) {
      const space = store.fork(chain[depth - 1] ?? 0, depth, 0);
      store.write(space, depth * 3 * PAGE, bytes(4, depth % 250));
      chain.push(space);
    }
    const last = chain[1000] ?? 0;
    for (let depth = 1; depth <= 1000; depth += 37) {
      expect(store.read(last, depth * 3 * PAGE, 4)).toEqual(bytes(4, depth % 250));
    }
    expect(store.unique).toBe(2 * 2 ** 20 + 1000);
    for (let depth = 0; depth < 1000; depth++) store.release(chain[(depth * 333) % 1000] ?? 0);
    expect(store.figures(last)).toMatchObject({ mapped: 2 * 2 ** 20, private: 2 * 2 ** 20 });
    expect(store.unique).toBe(2 * 2 ** 20);
    store.release(last);
    expect(store.unique).toBe(0);
  });
});

describe("a seeded address space", () => {
  test("costs next to nothing at any size", () => {
    const store = new PageStore();
    const before = store.bytes;
    const spaces = [8 * GIB, 2 ** 46].map((size) => store.create({ bytes: size, owner: 1, account: 4, seed: 1 }));
    expect(store.bytes - before).toBeLessThan(64 * 1024);
    expect(store.unique).toBe(2 ** 21 + 2 ** 34);
    expect(store.account(4)).toBe(2 ** 21 + 2 ** 34);
    for (const space of spaces) store.release(space);
    expect(store.unique).toBe(0);
  });

  test("has pages that all differ and are never all zero", () => {
    const store = new PageStore();
    const seen = new Set<string>();
    for (const seed of [0, 1, -1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const space = store.create({ bytes: 8 * GIB, owner: 1, account: 0, seed });
      for (let page = 0; page < 500; page++) {
        const content = store.read(space, page * PAGE, PAGE);
        expect(content.some((byte) => byte !== 0)).toBe(true);
        seen.add(Buffer.from(content).toString("latin1"));
      }
    }
    expect(seen.size).toBe(2500);
  });

  test("has the same bytes on every platform and in every version", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 2 ** 46, owner: 1, account: 0, seed: 42 });
    const hex = (page: number, from: number) => Buffer.from(store.read(space, page * PAGE + from, 24)).toString("hex");
    expect([hex(0, 0), hex(1, 2000), hex(2 ** 33 + 5, 0)]).toMatchInlineSnapshot(`
      [
        "00000000000000002a000000000000000100000029052fe5",
        "c904939418e9edd4abb6cf9f2639fa4301a430e1e02a733b",
        "05000000020000002a00000000000000010000009e97a1d9",
      ]
    `);
  });

  test("gives a fork that writes one byte one page, and keeps the figures of both", () => {
    const store = new PageStore();
    const golden = store.create({ bytes: 8 * GIB, owner: 1, account: 3, seed: 42 });
    const clone = store.fork(golden, 2, 5);
    const before = store.read(clone, 5 * GIB - 10, 4096);
    store.write(clone, 5 * GIB, bytes(1, 1));
    before[10] = 1;
    expect(store.read(clone, 5 * GIB - 10, 4096)).toEqual(before);
    expect(store.figures(clone)).toMatchObject({ mapped: 2 ** 21, private: 1 });
    expect(store.figures(golden)).toMatchObject({ mapped: 2 ** 21, private: 1 });
    expect([store.account(3), store.account(5)]).toEqual([2 ** 21, 1]);
  });

  test("may be zeroed page by page", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 70 * PAGE, owner: 1, account: 0, seed: 9 });
    const fork = store.fork(space, 2, 0);
    store.write(fork, 0, bytes(70 * PAGE, 0));
    expect(store.figures(fork).mapped).toBe(0);
    expect(store.figures(space)).toMatchObject({ mapped: 70, private: 70 });
    store.write(space, 0, bytes(70 * PAGE, 0));
    expect(store.unique).toBe(0);
  });
});

describe("accounts", () => {
  test("are charged when a page is allocated and discharged when it goes, whoever held it last", () => {
    const store = new PageStore();
    const parent = store.create({ bytes: GIB, owner: 1, account: 10 });
    store.write(parent, 0, bytes(4 * PAGE, 1));
    const child = store.fork(parent, 2, 11);
    store.write(child, 0, bytes(PAGE, 2));
    store.setAccount(child, 65535);
    store.write(child, 0, bytes(PAGE, 3)); // in place: charged where it was allocated
    store.write(child, PAGE, bytes(PAGE, 3));
    expect([10, 11, 65535].map((account) => store.account(account))).toEqual([4, 1, 1]);
    store.release(parent);
    expect([10, 11, 65535].map((account) => store.account(account))).toEqual([2, 1, 1]);
    store.release(child);
    expect([10, 11, 65535].map((account) => store.account(account))).toEqual([0, 0, 0]);
  });
});

describe("touched owners", () => {
  test("are told once, and only when a figure changed", () => {
    const store = new PageStore();
    const space = store.create({ bytes: GIB, owner: 7, account: 0 });
    expect(store.touched()).toEqual([7]);
    expect(store.touched()).toEqual([]);
    store.write(space, 0, bytes(1, 1));
    store.write(space, PAGE, bytes(1, 1));
    expect(store.touched()).toEqual([7]);
    store.write(space, 0, bytes(1, 2));
    store.read(space, 0, 10);
    expect(store.touched()).toEqual([]);
  });

  test("include those who share less or more because of somebody else", () => {
    const store = new PageStore();
    const parent = store.create({ bytes: GIB, owner: 1, account: 0, seed: 1 });
    const child = store.fork(parent, 2, 0);
    expect(sorted(store.touched())).toEqual([1, 2]);
    const other = store.fork(parent, 3, 0);
    expect(store.touched()).toEqual([3]); // the parent had no page of its own any more
    store.write(other, 0, bytes(1, 1));
    expect(store.touched()).toEqual([3]);
    store.write(child, 0, bytes(1, 1));
    expect(sorted(store.touched())).toEqual([1, 2]); // the parent is the last one with the old page
    store.release(child);
    expect(store.touched()).toEqual([2]);
    store.setOwner(parent, 9);
    expect(sorted(store.touched())).toEqual([1, 9]);
    store.release(other);
    expect(sorted(store.touched())).toEqual([3, 9]);
  });

  test("that nobody asked for yet are told by both twins", () => {
    const store = new PageStore();
    store.create({ bytes: GIB, owner: 1, account: 0 });
    const twin = store.forkStore();
    const space = twin.create({ bytes: GIB, owner: 2, account: 0 });
    const third = twin.forkStore();
    expect(store.touched()).toEqual([1]);
    expect(sorted(twin.touched())).toEqual([1, 2]);
    third.setOwner(space, 3);
    expect(sorted(third.touched())).toEqual([1, 2, 3]);
    expect(twin.touched()).toEqual([]);
  });
});

describe("handles", () => {
  test("are positive, and given out again in the same order by stores with the same past", () => {
    const stores = [new PageStore(), new PageStore()];
    const histories = stores.map((store) => {
      const handles = Array.from({ length: 50 }, (_, i) => store.create({ bytes: PAGE, owner: i, account: 0 }));
      for (const i of [30, 3, 17]) store.release(handles[i] ?? 0);
      return [...handles, ...[1, 2, 3, 4].map((owner) => store.fork(handles[0] ?? 0, owner, 0))];
    });
    expect(histories[0]).toEqual(histories[1]);
    expect(Math.min(...(histories[0] ?? []))).toBe(1);
  });

  test("are the lowest that are free, however many there are", () => {
    const store = new PageStore();
    const golden = store.create({ bytes: PAGE, owner: 0, account: 0 });
    for (let i = 2; i < 70_000; i++) store.fork(golden, i, 0);
    expect(store.fork(golden, 0, 0)).toBe(70_000);
    for (const handle of [69_000, 5, 40_000]) store.release(handle);
    expect([1, 2, 3, 4].map((owner) => store.fork(golden, owner, 0))).toEqual([5, 40_000, 69_000, 70_001]);
    store.close();
  });

  test("know their owner", () => {
    const store = new PageStore();
    const space = store.create({ bytes: PAGE, owner: 2 ** 32 - 1, account: 0 });
    expect(store.owner(space)).toBe(2 ** 32 - 1);
    store.setOwner(space, 12);
    expect(store.owner(space)).toBe(12);
  });
});

describe("extents", () => {
  test("are the ranges that are not all zero, from any address on", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 40 * GIB, owner: 1, account: 0 });
    store.write(space, 5 * PAGE + 100, bytes(PAGE, 1));
    store.write(space, 39 * GIB, bytes(100 * PAGE, 1));
    const all = [
      { address: 5 * PAGE, length: 2 * PAGE },
      { address: 39 * GIB, length: 100 * PAGE },
    ];
    expect([...store.extents(space)]).toEqual(all);
    expect([...store.extents(space, 7 * PAGE)]).toEqual(all.slice(1));
    expect([...store.extents(space, 39 * GIB + 98 * PAGE)]).toEqual([
      { address: 39 * GIB + 98 * PAGE, length: 2 * PAGE },
    ]);
    expect([...store.extents(space, 40 * GIB)]).toEqual([]);
    expect(() => [...store.extents(space, -1)]).toThrow(RangeError);
  });

  test("follow what is written while they are read", () => {
    const store = new PageStore();
    const space = store.create({ bytes: GIB, owner: 1, account: 0, seed: 1, filled: GIB / 2 });
    const extents = store.extents(space);
    store.write(space, PAGE, bytes(PAGE, 0));
    expect(extents.next().value).toEqual({ address: 0, length: PAGE });
    store.write(space, 2 * PAGE, bytes(PAGE, 0));
    expect(extents.next().value).toEqual({ address: 3 * PAGE, length: GIB / 2 - 3 * PAGE });
    store.release(space);
    expect(() => extents.next()).toThrow(RangeError);
  });

  test("of differences are what either side wrote since the fork", () => {
    const store = new PageStore();
    const base = store.create({ bytes: 40 * GIB, owner: 1, account: 0, seed: 1 });
    const fork = store.fork(base, 2, 0);
    expect([...store.differences(base, fork)]).toEqual([]);
    store.write(fork, GIB, bytes(PAGE + 1, 7));
    store.write(base, 0, bytes(PAGE, 0));
    store.grow(fork, 50 * GIB);
    store.write(fork, 50 * GIB - 1, bytes(1, 1));
    const differences = [
      { address: 0, length: PAGE },
      { address: GIB, length: 2 * PAGE },
      { address: 50 * GIB - PAGE, length: PAGE },
    ];
    expect([...store.differences(base, fork)]).toEqual(differences);
    expect([...store.differences(fork, base, PAGE)]).toEqual(differences.slice(1));
  });
});

describe("arguments that make no sense are refused by name", () => {
  const store = new PageStore();
  const space = store.create({ bytes: 2 * PAGE, owner: 1, account: 0 });
  const released = store.create({ bytes: PAGE, owner: 1, account: 0 });
  store.release(released);
  const cases: readonly [string, () => unknown, string][] = [
    ["a handle never given", () => store.figures(999), "999"],
    ["a handle given up", () => store.read(released, 0, 1), `${released}`],
    ["a handle of 0", () => store.owner(0), "0"],
    ["a negative handle", () => store.release(-1), "-1"],
    ["half a handle", () => store.fork(1.5, 1, 0), "1.5"],
    ["a handle beyond all tables", () => store.owner(2 ** 40 + 1), "1099511627777"],
    ["an address past the end", () => store.read(space, 2 * PAGE + 1, 0), "address"],
    ["a negative address", () => store.write(space, -1, bytes(1, 1)), "address"],
    ["half an address", () => store.readInto(space, 0.5, bytes(1, 1)), "address"],
    ["a range past the end", () => store.write(space, PAGE, bytes(PAGE + 1, 1)), "length"],
    ["a negative length", () => store.read(space, 0, -1), "length"],
    ["no number for a length", () => store.cost(space, 0, Number.NaN), "NaN"],
    ["a size that is no number of pages", () => store.create({ bytes: 100, owner: 1, account: 0 }), "bytes"],
    ["a negative size", () => store.create({ bytes: -PAGE, owner: 1, account: 0 }), "bytes"],
    ["a size above 64 TiB", () => store.create({ bytes: 2 ** 46 + PAGE, owner: 1, account: 0 }), "bytes"],
    ["a broken seed", () => store.create({ bytes: PAGE, owner: 1, account: 0, seed: 0.1 }), "seed"],
    ["a negative owner", () => store.create({ bytes: PAGE, owner: -1, account: 0 }), "owner"],
    ["too large an owner", () => store.setOwner(space, 2 ** 32), "owner"],
    ["too large an account", () => store.fork(space, 1, 65536), "account"],
    ["a negative account", () => store.account(-1), "account"],
    ["half an account", () => store.setAccount(space, 1.5), "account"],
  ];
  test.each(cases)("%s", (_, call, named) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(named);
    expect(store.figures(space)).toEqual({ size: 2 * PAGE, mapped: 0, private: 0, shared: 0 });
  });
});

describe("a twin of the store", () => {
  test("has everything at the same handles, and goes its own way", () => {
    const store = new PageStore();
    const golden = store.create({ bytes: 8 * GIB, owner: 1, account: 0, seed: 42 });
    const disk = store.create({ bytes: GIB, owner: 1, account: 1 });
    store.write(disk, 0, bytes(100 * PAGE, 1));
    const twin = store.forkStore();
    twin.write(disk, 0, bytes(1, 2));
    store.write(disk, PAGE, bytes(1, 3));
    twin.release(golden);
    expect([twin.read(disk, 0, 1), twin.read(disk, PAGE, 1)]).toEqual([bytes(1, 2), bytes(1, 1)]);
    expect([store.read(disk, 0, 1), store.read(disk, PAGE, 1)]).toEqual([bytes(1, 1), bytes(1, 3)]);
    expect([store.unique, twin.unique]).toEqual([2 ** 21 + 100, 100]);
    store.close();
    expect(twin.read(disk, 50 * PAGE, PAGE)).toEqual(bytes(PAGE, 1));
    expect(twin.figures(disk)).toMatchObject({ mapped: 100, private: 100 });
  });

  test("refuses every call once closed, while the other goes on", () => {
    const store = new PageStore();
    const space = store.create({ bytes: PAGE, owner: 1, account: 0 });
    const twin = store.forkStore();
    twin.close();
    twin.close();
    const calls: readonly ((closed: PageStore) => unknown)[] = [
      (closed) => closed.create({ bytes: PAGE, owner: 1, account: 0 }),
      (closed) => closed.fork(space, 1, 0),
      (closed) => closed.read(space, 0, 1),
      (closed) => closed.readInto(space, 0, bytes(1, 0)),
      (closed) => closed.write(space, 0, bytes(1, 0)),
      (closed) => closed.cost(space, 0, 1),
      (closed) => closed.release(space),
      (closed) => closed.figures(space),
      (closed) => closed.account(0),
      (closed) => closed.unique,
      (closed) => closed.owner(space),
      (closed) => closed.setOwner(space, 1),
      (closed) => closed.setAccount(space, 1),
      (closed) => closed.touched(),
      (closed) => closed.forkStore(),
      (closed) => closed.bytes,
    ];
    for (const call of calls) expect(() => call(twin)).toThrow("closed");
    store.write(space, 0, bytes(1, 1));
    expect(store.read(space, 0, 1)).toEqual(bytes(1, 1));
  });

  test("of a twin of a twin may be closed in any order", () => {
    for (const order of [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [1, 3, 0, 2],
      [2, 0, 3, 1],
    ]) {
      const stores = [new PageStore()];
      const space = stores[0]?.create({ bytes: GIB, owner: 1, account: 0 }) ?? 0;
      stores[0]?.write(space, 0, bytes(300 * PAGE, 1));
      for (let i = 1; i < 4; i++) {
        const twin = stores[i - 1]?.forkStore();
        if (twin === undefined) throw new Error("no twin");
        twin.write(space, i * PAGE, bytes(1, i + 1));
        stores.push(twin);
      }
      for (const [n, closing] of order.entries()) {
        for (const open of order.slice(n)) {
          const content = [0, 1, 2, 3].map((i) => stores[open]?.read(space, i * PAGE, 1)[0]);
          expect(content).toEqual([0, 1, 2, 3].map((i) => (i > 0 && i <= open ? i + 1 : 1)));
        }
        stores[closing]?.close();
      }
    }
  });
});
