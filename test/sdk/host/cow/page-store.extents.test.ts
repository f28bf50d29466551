import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const PAGE = 4096;
const GIB = 2 ** 30;

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

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
