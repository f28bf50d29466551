import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectConsistent } from "../machine/invariants.ts";
import { Store } from "./store.ts";

const page = 4096;
let vc: Store;
beforeEach(() => {
  vc = new Store();
});
afterEach(() => {
  expectConsistent(vc);
  vc.close();
});

const pages = (count: number, value: number) => new Uint8Array(count * page).fill(value);
const blocks = (directory: string, file: string) => {
  const found = vc.search(`[vmfs-01] ${directory}`, {
    matchPattern: [file],
    details: { fileType: false, fileSize: true, modification: false },
  });
  return Number(found[0]?.fileSize ?? Number.NaN) / page;
};

describe("the files of a chain", () => {
  it("keep the size that they had when another was put above them", () => {
    vc.vm("golden", "ResetVM_Task", {});
    const base = blocks("golden", "golden-flat.vmdk");
    vc.instantClone("golden", "one");
    vc.write("golden", 0, 0, pages(3, 1));
    vc.instantClone("golden", "two");
    vc.write("golden", 0, page, pages(2, 2));
    vc.vm("golden", "CreateSnapshot_Task", { name: "now", memory: false, quiesce: false });
    vc.write("golden", 0, 9 * page, pages(1, 3));
    expect(blocks("golden", "golden-flat.vmdk")).toBe(base);
    expect([1, 2, 3].map((n) => blocks("golden", `golden-00000${n}-sesparse.vmdk`))).toEqual([3, 2, 1]);
    vc.write("two", 0, 0, pages(5, 4));
    expect(blocks("two", "two-000001-sesparse.vmdk")).toBe(5);
    expect(blocks("golden", "golden-000001-sesparse.vmdk")).toBe(3);
  });

  it("are told of forks of forks, too", () => {
    vc.instantClone("golden", "one");
    vc.write("one", 0, 0, pages(4, 1));
    vc.vm("one", "SuspendVM_Task", {});
    vc.vm("one", "CreateSnapshot_Task", { name: "now", memory: false, quiesce: false });
    vc.vm("one", "PowerOnVM_Task", {});
    vc.write("one", 0, 0, pages(1, 2));
    expect(blocks("one", "one-000001-sesparse.vmdk")).toBe(4);
    expect(blocks("one", "one-000002-sesparse.vmdk")).toBe(1);
  });

  it("add up to what there is when they are merged", () => {
    vc.vm("golden", "ResetVM_Task", {});
    const base = blocks("golden", "golden-flat.vmdk");
    vc.vm("golden", "CreateSnapshot_Task", { name: "now", memory: false, quiesce: false });
    vc.write("golden", 0, 0, pages(3, 1));
    vc.vm("golden", "RemoveAllSnapshots_Task", {});
    expect(vc.names("[vmfs-01] golden", { matchPattern: ["*.vmdk"] })).toEqual(["golden-flat.vmdk", "golden.vmdk"]);
    expect(blocks("golden", "golden-flat.vmdk")).toBe(Math.max(base, vc.figures("golden", 0).mapped));
  });
});
