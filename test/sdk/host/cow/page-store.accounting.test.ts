import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const PAGE = 4096;
const GIB = 2 ** 30;

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const sorted = (owners: readonly number[]) => [...owners].sort((a, b) => a - b);

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
