import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ancestorsOf, forkCount, forksOf } from "../../../../sdk/host/machine/lineage.ts";
import { expectConsistent } from "./invariants.ts";
import { Vcenter } from "./vcenter.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const forks = (id: number) => [...forksOf(vc.view, id)].map(({ name }) => name);
const ancestors = (name: string) => [...ancestorsOf(vc.view, vc.machine(name))];
const destroy = (name: string) => {
  vc.vm(name, "PowerOffVM_Task", {});
  vc.vm(name, "Destroy_Task", {});
};

describe("the lineage of machines", () => {
  it("says what was made from a machine, and how", () => {
    const { id } = vc.machine("golden");
    for (const name of ["a", "b"]) vc.instantClone("golden", name);
    vc.instantClone("a", "a-1");
    const spec = { location: {}, template: false, powerOn: false };
    vc.vm("golden", "CloneVM_Task", { folder: vc.ref("Folder", "desktops"), name: "copy", spec });
    expect([...forksOf(vc.view, id)].map(({ name, made }) => [name, made])).toEqual([
      ["a", "instantClone"],
      ["b", "instantClone"],
      ["copy", "clone"],
    ]);
    expect(forkCount(vc.view, id)).toBe(3);
    expect(forks(vc.machine("a").id)).toEqual(["a-1"]);
    expect(ancestors("a-1").map(({ name }) => name)).toEqual(["a", "golden"]);
  });

  it("outlives a source that is gone, for as long as something that was made from it is there", () => {
    const golden = vc.machine("golden").id;
    vc.instantClone("golden", "a");
    vc.instantClone("a", "a-1");
    vc.instantClone("a-1", "a-1-1");
    const { id } = vc.machine("a");
    for (const name of ["a", "a-1", "golden"]) destroy(name);
    expect(ancestors("a-1-1").map(({ name, gone }) => [name, gone !== undefined])).toEqual([
      ["a-1", true],
      ["a", true],
      ["golden", true],
    ]);
    expect(forks(golden)).toEqual(["a"]);
    expect(forks(id)).toEqual(["a-1"]);
    expectConsistent(vc);
    destroy("a-1-1");
    expect([...vc.state.forks.keys()]).toEqual([]);
  });

  it("keeps next to nothing for each fork: those of one source are counted", () => {
    for (let n = 0; n < 1000; n++) vc.instantClone("golden", `desk-${n}`);
    const counts = vc.state.forks.get(vc.machine("golden").id)?.counts;
    expect(counts?.total).toBe(1000);
    expect(counts?.size).toBeLessThan(20);
    expect(forks(vc.machine("golden").id)).toEqual(Array.from({ length: 1000 }, (_, n) => `desk-${n}`));
  });

  it("keeps a machine that leaves the inventory in mind, and knows it when it comes back", () => {
    vc.instantClone("golden", "a");
    vc.instantClone("a", "a-1");
    vc.vm("a", "PowerOffVM_Task", {});
    vc.vm("a", "UnregisterVM", {});
    expect(ancestors("a-1")[0]).toMatchObject({ name: "a", gone: expect.any(Number) });
    const args = { path: "[vmfs-01] a/a.vmx", asTemplate: false, pool: vc.ref("ResourcePool", "servers") };
    vc.call(vc.ref("Folder", "desktops"), "RegisterVM_Task", args);
    expect(ancestors("a-1").map(({ name, gone }) => [name, gone])).toEqual([
      ["a", undefined],
      ["golden", undefined],
    ]);
    expect(forks(vc.machine("golden").id)).toEqual(["a"]);
    expectConsistent(vc);
  });

  it("is what a family tree says, whoever is made and goes", () => {
    const mark = vc.host.snapshot();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 40 }), (steps) => {
        vc.host.restore(mark);
        const parent = new Map<string, string>();
        const alive = new Set(["golden"]);
        steps.forEach(([pick, goes], n) => {
          const names = [...alive];
          const name = names[pick % names.length] ?? "";
          if (goes && names.length > 1) {
            destroy(name);
            alive.delete(name);
          } else {
            vc.instantClone(name, `m${n}`);
            alive.add(`m${n}`);
            parent.set(`m${n}`, name);
          }
        });
        for (const name of alive) {
          const line: string[] = [];
          for (let at = parent.get(name); at !== undefined; at = parent.get(at)) line.push(at);
          expect(ancestors(name).map((relative) => relative.name)).toEqual(line);
        }
        expectConsistent(vc);
      }),
      { numRuns: 40 },
    );
    mark.release();
  });
});
