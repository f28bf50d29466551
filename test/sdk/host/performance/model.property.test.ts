import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostMemory, machineMemory } from "../../../../sdk/host/performance/memory-figures.ts";
import { Vcenter } from "../machine/vcenter.ts";

const PAGE = 4096;
const PAGES = 12;
/** Machines by name, each with what is in its pages: a page is an object, shared as long as it is the same. */
type Model = Map<string, (object | undefined)[]>;

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("write" as const), who: fc.nat(9), page: fc.nat(PAGES - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const), who: fc.nat(9), page: fc.nat(PAGES - 1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("fork" as const), who: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("destroy" as const), who: fc.nat(9) }) },
);

const inventory = {
  datacenters: [
    {
      name: "DC",
      hosts: [{ name: "esx", memoryGiB: 64 }],
      datastores: [{ name: "ds", capacityGiB: 100 }],
      networks: ["net"],
      machines: [{ name: "vm-0", memoryGiB: 1, power: "poweredOn" as const }],
    },
  ],
};

function check(vc: Vcenter, model: Model): void {
  const holders = new Map<object, number>();
  for (const pages of model.values())
    for (const page of pages) if (page) holders.set(page, (holders.get(page) ?? 0) + 1);
  let own = 0;
  for (const [name, pages] of model) {
    const machine = vc.machine(name);
    const mapped = pages.filter((page) => page).length;
    const mine = pages.filter((page) => page && holders.get(page) === 1).length;
    own += mine;
    const figures = machineMemory(vc.view, machine);
    expect(figures).toMatchObject({ mapped: mapped * PAGE, own: mine * PAGE, shared: (mapped - mine) * PAGE });
    expect(figures.zero).toBe(2 ** 30 - mapped * PAGE);
    expect(figures.consumed).toBe((machine.forked ? mine : mapped) * PAGE);
    expect(figures.active).toBeGreaterThanOrEqual(figures.written);
  }
  const host = hostMemory(vc.view, vc.find("HostSystem", "esx"));
  expect(host).toMatchObject({ consumed: holders.size * PAGE, common: (holders.size - own) * PAGE, own: own * PAGE });
  const mapped = [...model.values()].flat().filter((page) => page).length;
  expect(host).toMatchObject({ mapped: mapped * PAGE, shared: (mapped - own) * PAGE });
}

describe("the counters of memory", () => {
  it("agree with a naive model after any writes, forks and destructions", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const vc = new Vcenter({ inventory });
        const model: Model = new Map([["vm-0", new Array(PAGES).fill(undefined)]]);
        steps.forEach((one, turn) => {
          const name = [...model.keys()][one.who % model.size];
          if (name === undefined) return;
          const pages = model.get(name) ?? [];
          if (one.kind === "fork") {
            vc.instantClone(name, `fork-${turn}`);
            model.set(`fork-${turn}`, [...pages]);
          } else if (one.kind === "destroy") {
            if (model.size === 1) return;
            vc.vm(name, "PowerOffVM_Task", {});
            vc.vm(name, "Destroy_Task", {});
            model.delete(name);
          } else if (one.kind === "write") {
            vc.write(name, undefined, one.page * PAGE + 8, `${turn}!`);
            pages[one.page] = {};
          } else {
            vc.write(name, undefined, one.page * PAGE, new Uint8Array(PAGE));
            pages[one.page] = undefined;
          }
          check(vc, model);
        });
        vc.close();
      }),
      { numRuns: 25 },
    );
  });
});
