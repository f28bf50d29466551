import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const PAGE = 4096;
const GIB = 2 ** 30;

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

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
