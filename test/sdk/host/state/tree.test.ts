import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";
import { createFolder } from "../../../../sdk/host/inventory/create.ts";
import { permissionFor } from "../../../../sdk/host/session/permissions.ts";
import type { Draft } from "../../../../sdk/host/state/draft.ts";
import { emptyState } from "../../../../sdk/host/state/state.ts";
import { datacenterOf, isBelow, move, remove, rename } from "../../../../sdk/host/state/tree.ts";
import { Universe } from "../../../../sdk/host/state/universe.ts";
import { record } from "../../../../sdk/host/state/view.ts";
import { faultOf } from "../caller.ts";

let u: Universe;

/** root 1 has a 2 and b 3; a has c 4. */
beforeEach(() => {
  const retention = { tasks: 1, events: 1 };
  u = new Universe({ seed: 1, clock: "instant", logicalTime: true, retention }, emptyState(0, []), new PageStore());
  u.transact((tx) => {
    createFolder(tx, 0, "v", "root");
    createFolder(tx, 1, "v", "a");
    createFolder(tx, 1, "v", "b");
    createFolder(tx, 2, "v", "c");
  });
});
afterEach(() => u.close());

const folder = (id: number) => record(u.view, "Folder", id);
const names = (id: number) => Object.fromEntries([...folder(id).names.entries()].sort());
const change = (work: (tx: Draft) => unknown) => u.transact((tx) => void work(tx));

describe("the tree", () => {
  it("knows its children by number and by name", () => {
    expect([...folder(1).children.keys()]).toEqual([2, 3]);
    expect(names(1)).toEqual({ a: 2, b: 3 });
    expect(isBelow(u.view, 4, 1)).toBe(true);
    expect(isBelow(u.view, 4, 4)).toBe(true);
    expect(isBelow(u.view, 4, 3)).toBe(false);
    expect(datacenterOf(u.view, 4)).toBe(0);
  });

  it("takes a name once in a folder, upper and lower case being different", () => {
    const made = faultOf(() => change((tx) => createFolder(tx, 1, "v", "a")));
    expect(made).toMatchObject({
      _typeName: "DuplicateName",
      name: "a",
      object: { type: "Folder", value: "group-v2" },
    });
    change((tx) => createFolder(tx, 1, "v", "A"));
    expect(names(1)).toEqual({ A: 5, a: 2, b: 3 });
  });

  it("renames, and gives the old name free", () => {
    change((tx) => rename(tx, record(tx, "Folder", 2), "z"));
    expect(names(1)).toEqual({ b: 3, z: 2 });
    expect(folder(2).name).toBe("z");
    expect(faultOf(() => change((tx) => rename(tx, record(tx, "Folder", 3), "z")))._typeName).toBe("DuplicateName");
    const { objects } = u.state;
    change((tx) => rename(tx, record(tx, "Folder", 2), "z"));
    expect(u.state.objects).toBe(objects);
  });

  it("moves what is below along, and nothing into itself", () => {
    change((tx) => move(tx, record(tx, "Folder", 3), 4));
    expect(names(4)).toEqual({ b: 3 });
    expect(names(1)).toEqual({ a: 2 });
    for (const into of [2, 4, 3])
      expect(faultOf(() => change((tx) => move(tx, record(tx, "Folder", 2), into)))._typeName).toBe("InvalidState");
    change((tx) => createFolder(tx, 1, "v", "c"));
    expect(faultOf(() => change((tx) => move(tx, record(tx, "Folder", 4), 1)))._typeName).toBe("DuplicateName");
  });

  it("forgets what is removed, and the permissions on it", () => {
    change((tx) => tx.permissionTable.set(4, [permissionFor("X", { group: false, role: -1, propagate: true })]));
    change((tx) => remove(tx, record(tx, "Folder", 4)));
    expect(names(2)).toEqual({});
    expect(folder(2).children.size).toBe(0);
    expect(u.state.objects.has(4)).toBe(false);
    expect(u.state.permissions.size).toBe(0);
    // Numbers are never used again.
    change((tx) => createFolder(tx, 2, "v", "c"));
    expect(names(2)).toEqual({ c: 5 });
  });
});
