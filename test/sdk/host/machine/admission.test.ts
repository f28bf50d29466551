import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refOf } from "../../../../sdk/host/state/id.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { expectConsistent } from "./invariants.ts";
import { everything, faultOf, Vcenter } from "./vcenter.ts";

const MiB = 2 ** 20;
let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({
    inventory: {
      datacenters: [
        {
          name: "DC",
          clusters: [
            {
              name: "C",
              hosts: [
                { name: "H1", cores: 4, memoryGiB: 16 },
                { name: "H2", cores: 4, memoryGiB: 16 },
              ],
            },
          ],
          datastores: [{ name: "D", capacityGiB: 1000 }],
          networks: ["N"],
          machines: [
            { name: "a", memoryGiB: 8 },
            { name: "b", memoryGiB: 8 },
            { name: "full", memoryGiB: 8, power: "frozen", memory: "full" },
          ],
        },
      ],
    },
  });
});
afterEach(() => {
  expectConsistent(vc);
  vc.close();
});

interface Share {
  readonly reservation: number;
  readonly limit?: number;
  readonly expandable?: boolean;
}

const allocation = ({ reservation, limit = -1, expandable = false }: Share): vim.ResourceAllocationInfo => ({
  reservation,
  limit,
  expandableReservation: expandable,
  shares: { level: "normal", shares: 0 },
});
const open = { reservation: 0, expandable: true };

function pool(parent: string, name: string, memory: Share, cpu: Share = open): void {
  const spec = { cpuAllocation: allocation(cpu), memoryAllocation: allocation(memory) };
  vc.call(vc.ref("ResourcePool", parent), "CreateResourcePool", { name, spec });
}

const into = (name: string, ...machines: string[]) =>
  vc.call(vc.ref("ResourcePool", name), "MoveIntoResourcePool", { list: machines.map((m) => refOf(vc.machine(m))) });
const reserve = (name: string, mb: number, mhz = 0) =>
  vc.vm(name, "ReconfigVM_Task", {
    spec: { memoryAllocation: { reservation: mb }, cpuAllocation: { reservation: mhz } },
  } as never);
const on = (name: string) => vc.vm(name, "PowerOnVM_Task", {});

/** The fault of an operation, which must leave everything as it was. */
function refused(work: () => unknown) {
  const before = everything(vc);
  const fault = faultOf(work);
  const after = everything(vc);
  before.forEach((part, i) => {
    if (!Object.is(part, after[i])) throw new Error(`${fault.message} - and yet something changed (${i}).`);
  });
  return fault;
}

describe("a resource pool", () => {
  it("gives its machines what it reserves, and no more unless it may borrow", () => {
    pool("Resources", "fixed", { reservation: 2048 });
    into("fixed", "a", "b");
    reserve("a", 1536);
    reserve("b", 1536);
    on("a");
    const fault = refused(() => on("b"));
    expect(fault).toMatchObject({ _typeName: "InsufficientMemoryResourcesFault" });
    expect(Number(fault.unreserved)).toBeLessThan(Number(fault.requested));
    expect(fault.message).toContain("'fixed'");
    vc.vm("a", "PowerOffVM_Task", {});
    on("b");
  });

  it("takes even what a machine without a reservation needs beside its memory", () => {
    pool("Resources", "empty", { reservation: 0 });
    into("empty", "a");
    expect(refused(() => on("a"))._typeName).toBe("InsufficientMemoryResourcesFault");
  });

  it("borrows up to its limit, from those above that have something", () => {
    pool("Resources", "outer", { reservation: 4096 });
    pool("outer", "inner", { reservation: 1024, limit: 3072, expandable: true });
    into("inner", "a", "b");
    reserve("a", 2048);
    reserve("b", 2048);
    on("a");
    expect(refused(() => on("b")).message).toContain("'inner'");
    const unlimited = allocation({ reservation: 1024, expandable: true });
    vc.call(vc.ref("ResourcePool", "inner"), "UpdateConfig", {
      config: { cpuAllocation: allocation(open), memoryAllocation: unlimited },
    });
    expect(refused(() => on("b")).message).toContain("'outer'");
  });

  it("counts CPU in the same way", () => {
    pool("Resources", "slow", open, { reservation: 1000 });
    into("slow", "a");
    reserve("a", 0, 1500);
    expect(refused(() => on("a"))).toMatchObject({
      _typeName: "InsufficientCpuResourcesFault",
      unreserved: 1000,
      requested: 1500,
    });
  });

  it("cannot reserve what is not there, by itself or by moving", () => {
    expect(refused(() => pool("Resources", "huge", { reservation: 40 * 1024 }))._typeName).toBe(
      "InsufficientMemoryResourcesFault",
    );
    pool("Resources", "most", { reservation: 30 * 1024 });
    pool("Resources", "small", { reservation: 0 });
    reserve("a", 1024);
    on("a");
    expect(refused(() => into("small", "a"))._typeName).toBe("InsufficientMemoryResourcesFault");
    into("most", "a");
  });

  it("leaves what it reserved to the one above when it goes", () => {
    pool("Resources", "outer", { reservation: 2048, expandable: true });
    pool("outer", "inner", { reservation: 1024, expandable: true });
    into("inner", "a");
    reserve("a", 1536);
    on("a");
    const used = () => vc.find("ResourcePool", "Resources").reserved.memoryBytes;
    vc.call(vc.ref("ResourcePool", "inner"), "Destroy_Task", {});
    expect(used()).toBeGreaterThanOrEqual(2048 * MiB);
    vc.call(vc.ref("ResourcePool", "outer"), "Destroy_Task", {});
    expect(used()).toBe(vc.find("ResourcePool", "Resources").machinesReserved.memoryBytes);
  });

  it("shows what is reserved, overhead included, and what its machines use", () => {
    pool("Resources", "mine", { reservation: 2048 });
    into("mine", "full");
    const runtime = vc.find("ResourcePool", "mine");
    expect(runtime.reserved.memoryBytes).toBeGreaterThan(0);
    expect(vc.find("ResourcePool", "Resources").reserved.memoryBytes).toBe(2048 * MiB);
  });
});

describe("a host's memory", () => {
  it("may be promised many times over: forks take what they write", () => {
    for (let i = 0; i < 20; i++) vc.instantClone("full", `fork-${i}`);
    expect(vc.find("HostSystem", "H1").memoryBytes).toBeLessThan(20 * 8 * 2 ** 30);
  });

  it("admits nothing beside what its machines hold", () => {
    const { id } = vc.find("HostSystem", vc.machine("full").host === vc.find("HostSystem", "H1").id ? "H1" : "H2");
    vc.host.universe.transact((tx) => tx.change("HostSystem", id, () => ({ memoryBytes: 8 * 2 ** 30 })));
    expect(refused(() => vc.instantClone("full", "one more"))).toMatchObject({
      _typeName: "InsufficientHostMemoryCapacityFault",
      unreserved: 0,
    });
  });
});
