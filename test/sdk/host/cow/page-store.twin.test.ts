import { describe, expect, test } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";

const PAGE = 4096;
const GIB = 2 ** 30;

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);

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
