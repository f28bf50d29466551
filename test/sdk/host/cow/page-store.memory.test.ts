import { setTimeout as wait } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const PAGE = 4096;
const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** A machine of 8 GiB, and forks of it that have each written a few pages. */
function forks(count: number, pages: number): { store: PageStore; golden: number; all: number[] } {
  const store = new PageStore();
  const golden = store.create({ bytes: 8 * GIB, owner: 0, account: 0, seed: 1 });
  const all = Array.from({ length: count }, (_, i) => {
    const fork = store.fork(golden, i + 1, 0);
    for (let page = 0; page < pages; page++) {
      store.write(fork, (i % 500) * 64 * PAGE + page * PAGE, new Uint8Array(100).fill(1 + (i % 200)));
    }
    return fork;
  });
  return { store, golden, all };
}

describe("memory", () => {
  test("of forks goes back to the system as they are released, without a garbage collection", () => {
    const warm = forks(50, 3);
    for (const fork of warm.all) warm.store.release(fork);
    const rss = process.memoryUsage.rss();
    const { store, all } = forks(3000, 4);
    const grown = process.memoryUsage.rss() - rss;
    expect(grown).toBeGreaterThan(45 * MIB);
    for (const fork of all) store.release(fork);
    expect(process.memoryUsage.rss() - rss).toBeLessThan(grown / 10);
    expect(store.held).toBeLessThan(4 * MIB);
    store.close();
  });

  test("of many released forks is not kept by the few that stay between them", () => {
    const { store, all } = forks(2000, 3);
    const twin = store.forkStore();
    const full = store.held;
    const kept = all.filter((_, i) => i % 10 === 3);
    for (const [i, fork] of all.entries()) if (i % 10 !== 3) store.release(fork);
    twin.close();
    expect(store.held).toBeLessThan(full / 3);
    for (const [n, fork] of kept.entries()) {
      const i = n * 10 + 3;
      for (let page = 0; page < 3; page++) {
        const bytes = store.read(fork, (i % 500) * 64 * PAGE + page * PAGE, 100);
        expect(bytes.every((byte) => byte === 1 + (i % 200))).toBe(true);
      }
    }
    store.close();
  });

  test("of tables goes back when an address space is zeroed again", () => {
    const store = new PageStore();
    const disk = store.create({ bytes: 40 * GIB, owner: 1, account: 0 });
    store.write(disk, 0, new Uint8Array(1).fill(1));
    const before = store.bytes;
    for (let i = 1; i < 1000; i++) store.write(disk, i * 20 * MIB, new Uint8Array(1).fill(1));
    expect(store.bytes).toBeGreaterThan(before + 1000 * PAGE);
    for (let i = 1; i < 1000; i++) store.write(disk, i * 20 * MIB, new Uint8Array(1));
    expect(store.bytes).toBeLessThan(before + 16 * PAGE);
  });

  test("of a twin is what it wrote, and goes back when it is closed", () => {
    const { store, all } = forks(1000, 2);
    const before = store.held;
    const twin = store.forkStore();
    expect(store.held).toBe(before);
    for (const fork of all) twin.write(fork, GIB, new Uint8Array(1).fill(1));
    expect(twin.bytes - store.bytes).toBeGreaterThan(1000 * PAGE);
    expect(store.held).toBeGreaterThan(before + 1000 * PAGE);
    twin.close();
    expect(store.held).toBeLessThan(before + MIB);
    store.close();
  });

  test("of a store that was closed is held by nobody, and a twin keeps what it needs", () => {
    const { store, golden, all } = forks(1000, 2);
    const twin = store.forkStore();
    for (const fork of all) twin.release(fork);
    const before = twin.held;
    store.close();
    expect(twin.held).toBeLessThan(before / 4);
    expect(twin.figures(golden)).toMatchObject({ mapped: 2 ** 21, private: 2 ** 21 });
    twin.close();
  });

  test("of a twin that was forgotten open is found by the garbage collector", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    const store = new PageStore();
    const space = store.create({ bytes: GIB, owner: 1, account: 0 });
    (() => store.forkStore().write(space, 0, new Uint8Array(16 * MIB).fill(1)))();
    expect(store.held).toBeGreaterThan(16 * MIB);
    for (let tries = 0; tries < 50 && store.held > 16 * MIB; tries++) {
      collect();
      await wait(1);
    }
    expect(store.held).toBeLessThan(2 * MIB);
  });
});
