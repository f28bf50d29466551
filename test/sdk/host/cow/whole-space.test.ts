import { describe, expect, it } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const page = 4096;
const text = (value: string) => new TextEncoder().encode(value);

describe("an address space that is copied", () => {
  it("has the same bytes, shares none of them, and is charged for all", () => {
    const store = new PageStore();
    const original = store.create({ bytes: 1000 * page, owner: 1, account: 1, seed: 7, filled: 300 * page });
    const fork = store.fork(original, 2, 1);
    store.write(fork, 5 * page + 7, text("written"));
    store.write(fork, 700 * page, text("beyond"));
    store.write(fork, 10 * page, new Uint8Array(page));
    const copy = store.copy(fork, 3, 2);
    expect(store.figures(copy)).toEqual({ size: 1000 * page, mapped: 300, private: 300, shared: 0 });
    expect(store.account(2)).toBe(300);
    for (const at of [0, 5, 6, 10, 299, 300, 700, 999]) {
      expect(Buffer.compare(store.read(copy, at * page, page), store.read(fork, at * page, page))).toBe(0);
    }
    store.write(copy, 5 * page, text("other"));
    expect(store.account(2)).toBe(300);
    expect(store.figures(fork)).toEqual({ size: 1000 * page, mapped: 300, private: 2, shared: 298 });
    store.release(original);
    store.release(fork);
    expect(store.unique).toBe(300);
    expect(store.figures(copy).private).toBe(300);
    store.release(copy);
    expect([store.unique, store.account(1), store.account(2)]).toEqual([0, 0, 0]);
    store.close();
  });

  it("costs no memory for pages that are made from a seed", () => {
    const store = new PageStore();
    const original = store.create({ bytes: 2 ** 36, owner: 1, account: 0, seed: 1 });
    const before = store.bytes;
    store.copy(original, 2, 3);
    expect(store.account(3)).toBe(2 ** 24);
    expect(store.bytes - before).toBeLessThan(2 ** 20);
    store.close();
  });

  it("is copied the same in a twin that has gone its own way", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 64 * page, owner: 1, account: 0 });
    store.write(space, 0, text("before"));
    const twin = store.forkStore();
    twin.write(space, 0, text("twin--"));
    const there = twin.copy(space, 2, 0);
    const here = store.copy(space, 2, 0);
    expect(new TextDecoder().decode(twin.read(there, 0, 6))).toBe("twin--");
    expect(new TextDecoder().decode(store.read(here, 0, 6))).toBe("before");
    store.close();
    expect(new TextDecoder().decode(twin.read(there, 0, 6))).toBe("twin--");
    twin.close();
  });
});

describe("an address space that grows", () => {
  it("keeps its bytes and figures, and is zero behind them", () => {
    const store = new PageStore();
    const space = store.create({ bytes: 32 * page, owner: 1, account: 0, seed: 3 });
    const sibling = store.fork(space, 2, 0);
    const first = store.read(space, 0, page);
    store.grow(space, 100_000 * page);
    expect(store.figures(space)).toEqual({ size: 100_000 * page, mapped: 32, private: 0, shared: 32 });
    expect(Buffer.compare(store.read(space, 0, page), first)).toBe(0);
    expect(store.read(space, 32 * page, page).every((byte) => byte === 0)).toBe(true);
    store.write(space, 99_999 * page, text("end"));
    expect(store.figures(space)).toEqual({ size: 100_000 * page, mapped: 33, private: 1, shared: 32 });
    store.release(sibling);
    expect(store.figures(space)).toEqual({ size: 100_000 * page, mapped: 33, private: 33, shared: 0 });
    store.release(space);
    expect(store.unique).toBe(0);
    store.close();
  });

  it("grows when it is empty, and does not shrink", () => {
    const store = new PageStore();
    const space = store.create({ bytes: page, owner: 1, account: 0 });
    store.grow(space, 4 * page);
    store.write(space, 3 * page, text("here"));
    expect(store.figures(space)).toEqual({ size: 4 * page, mapped: 1, private: 1, shared: 0 });
    expect(() => store.grow(space, page)).toThrow(RangeError);
    store.close();
  });
});
