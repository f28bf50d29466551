import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";
import { asFault } from "../../../../sdk/host/faults.ts";
import { createDatacenter, createDatastore, createFolder } from "../../../../sdk/host/inventory/create.ts";
import { emptyState } from "../../../../sdk/host/state/state.ts";
import { Universe } from "../../../../sdk/host/state/universe.ts";
import { record } from "../../../../sdk/host/state/view.ts";
import { diskAccount, memoryAccount, memoryPages, storedPages } from "../../../../sdk/host/storage/accounts.ts";
import { dropDirectory, fileGone, fileMade, filesIn, makeDirectory } from "../../../../sdk/host/storage/directory.ts";
import { fileSizes } from "../../../../sdk/host/storage/files.ts";
import { baseLayer, deltaOn, isBase, refer, unrefer } from "../../../../sdk/host/storage/layers.ts";
import { freeBytes, giveSpace, takeSpace } from "../../../../sdk/host/storage/space.ts";

const page = 4096;
const GiB = 2 ** 30;
let universe: Universe;
let store = 0;

beforeEach(() => {
  const options = { seed: 1, clock: "instant", logicalTime: true, retention: { tasks: 100, events: 100 } } as const;
  universe = new Universe(options, emptyState(0, []), new PageStore());
  store = universe.transact((tx) => {
    createFolder(tx, 0, "d", "Datacenters");
    return createDatastore(tx, createDatacenter(tx, 1, "DC").id, "store", 1, []).id;
  });
});
afterEach(() => universe.close());

const free = () => freeBytes(universe.view, record(universe.view, "Datastore", store));

describe("a datastore's room", () => {
  it("is what neither files nor blocks take", () => {
    universe.transact((tx) => {
      takeSpace(tx, store, 1000, "a");
      const space = tx.createSpace({ bytes: GiB, owner: 1, account: diskAccount(tx, store) });
      tx.pages.write(space, 0, new Uint8Array(3 * page).fill(1));
    });
    expect(free()).toBe(GiB - 1000 - 3 * page);
    universe.transact((tx) => giveSpace(tx, store, 1000));
    expect(free()).toBe(GiB - 3 * page);
  });

  it("holds what forks write to their memory, and nobody else's memory", () => {
    universe.transact((tx) => {
      for (const isFork of [true, false]) {
        const space = tx.createSpace({ bytes: GiB, owner: 1, account: memoryAccount(tx, 7, store, isFork) });
        tx.pages.write(space, 0, new Uint8Array(2 * page).fill(1));
      }
    });
    expect(free()).toBe(GiB - 2 * page);
    expect(storedPages(universe.view, store)).toBe(2);
    expect(memoryPages(universe.view, 7)).toBe(4);
    expect(memoryPages(universe.view, 8)).toBe(0);
  });

  it("is not overdrawn", () => {
    const before = universe.state;
    try {
      universe.transact((tx) => {
        takeSpace(tx, store, GiB - 10, "fits");
        takeSpace(tx, store, 11, "dir/too-much");
      });
      expect.unreachable();
    } catch (error) {
      expect(asFault(error).fault).toMatchObject({
        _typeName: "NoDiskSpace",
        datastore: "store",
        file: "[store] dir/too-much",
      });
    }
    expect(universe.state).toBe(before);
  });
});

describe("an account", () => {
  it("has one number, the same in every transaction", () => {
    const number = universe.transact((tx) => diskAccount(tx, store));
    expect(universe.transact((tx) => [diskAccount(tx, store), memoryAccount(tx, 7, store, true)])).toEqual([
      number,
      number + 1,
    ]);
    expect(universe.state.accounts).toHaveLength(2);
  });
});

describe("disk files", () => {
  it("go when nobody refers to them any more, the lower ones with the last above them", () => {
    universe.transact((tx) => {
      const directory = makeDirectory(tx, store, "vm", 99);
      const base = baseLayer(store, `${directory}/vm.vmdk`, 0);
      const [a, b] = ["a", "b"].map((name) => deltaOn(base, store, `${directory}/vm-${name}.vmdk`));
      if (!a || !b) throw new Error("no deltas");
      for (const { path } of [base, a, b]) {
        fileMade(tx, store, path);
        takeSpace(tx, store, fileSizes.descriptor, path);
      }
      refer(tx, base);
      expect([isBase(tx, base), isBase(tx, a), filesIn(tx, store, "vm")]).toEqual([true, false, 3]);
      unrefer(tx, [a]);
      expect([isBase(tx, base), filesIn(tx, store, "vm")]).toEqual([false, 2]);
      unrefer(tx, [b]);
      expect(record(tx, "Datastore", store).directories.has("vm")).toBe(false);
    });
    expect([universe.state.bases.size, free()]).toEqual([0, GiB]);
  });

  it("keep their directory, whose name another then does not get", () => {
    universe.transact((tx) => {
      makeDirectory(tx, store, "vm", 99);
      fileMade(tx, store, "vm/vm.vmdk");
      dropDirectory(tx, store, "vm");
      expect(makeDirectory(tx, store, "vm", 100)).toBe("vm_1");
      fileGone(tx, store, "vm/vm.vmdk");
      expect(makeDirectory(tx, store, "vm", 101)).toBe("vm");
    });
  });
});
