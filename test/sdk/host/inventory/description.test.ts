import { describe, expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import type { Inventory, InventoryCounts, MachineDescription } from "../../../../sdk/host/inventory/description.ts";
import { Caller } from "../caller.ts";
import { brokenInvariants } from "../invariants.ts";

const started = (inventory: Inventory) => Caller.start({ inventory });
const refused = (inventory: unknown) => expect(() => Host.start({ inventory: inventory as Inventory }));

const counts: InventoryCounts = {
  datacenters: 2,
  clusters: 2,
  hosts: 2,
  standaloneHosts: 1,
  machines: 1,
  pools: 1,
  datastores: 2,
};
const small = (...machines: MachineDescription[]): Inventory => ({
  datacenters: [
    {
      name: "dc",
      clusters: [{ name: "c", hosts: [{ name: "h1" }, { name: "h2" }], pools: ["prod/web"] }],
      hosts: [{ name: "alone", memoryGiB: 16, cores: 4 }],
      datastores: [{ name: "ds" }, { name: "slow", capacityGiB: 100, hosts: ["alone"] }],
      folders: ["a/b"],
      machines,
    },
  ],
});

describe("an inventory of counts", () => {
  it("is named as vcsim names it", () => {
    const caller = started(counts);
    expect(caller.names("Datacenter")).toEqual(["DC0", "DC1"]);
    expect(caller.names("ClusterComputeResource")).toEqual(["DC0_C0", "DC0_C1", "DC1_C0", "DC1_C1"]);
    expect(caller.names("ComputeResource")).toEqual(["DC0_H0", "DC1_H0"]);
    expect(caller.names("HostSystem").slice(0, 5)).toEqual([
      "DC0_C0_H0",
      "DC0_C0_H1",
      "DC0_C1_H0",
      "DC0_C1_H1",
      "DC0_H0",
    ]);
    expect(caller.names("ResourcePool").slice(0, 2)).toEqual(["Resources", "DC0_C0_RP1"]);
    expect(caller.names("Datastore").slice(0, 2)).toEqual(["LocalDS_0", "LocalDS_1"]);
    expect(caller.names("VirtualMachine").slice(0, 5)).toEqual([
      "DC0_H0_VM0",
      "DC0_C0_RP0_VM0",
      "DC0_C0_RP1_VM0",
      "DC0_C1_RP0_VM0",
      "DC0_C1_RP1_VM0",
    ]);
    expect(brokenInvariants(caller.host)).toEqual([]);
    caller.close();
  });

  it("has the defaults of vcsim: a cluster of three hosts, a host alone, two machines each", () => {
    const caller = started({});
    expect(caller.names("HostSystem")).toHaveLength(4);
    expect(caller.names("VirtualMachine")).toHaveLength(4);
    expect(caller.find("VirtualMachine", "DC0_H0_VM1").power).toBe("poweredOn");
    caller.close();
    const off = started({ poweredOn: false, datacenters: 1, clusters: 0 });
    expect(off.names("VirtualMachine")).toHaveLength(2);
    expect(off.find("VirtualMachine", "DC0_H0_VM1").power).toBe("poweredOff");
    off.close();
  });

  it("has room for what is asked for: machines take turns on datastores, which are large enough as hosts are", () => {
    const caller = started({ standaloneHosts: 1, clusters: 0, machines: 12_000, datastores: 2 });
    expect(caller.names("VirtualMachine")).toHaveLength(12_000);
    expect(["LocalDS_0", "LocalDS_1"].map((name) => caller.find("Datastore", name).vms.size)).toEqual([6000, 6000]);
    expect(caller.find("HostSystem", "DC0_H0").memoryBytes).toBe(12_000 * 2 ** 30);
    caller.close();
    const usual = started({});
    expect(usual.find("HostSystem", "DC0_H0").memoryBytes).toBe(512 * 2 ** 30);
    expect(usual.find("Datastore", "LocalDS_0").capacity).toBe(10 * 2 ** 40);
    usual.close();
  });

  it("of ten thousand machines shares what they have in common", () => {
    const caller = started({ machines: 5000 });
    const machines = [...caller.state.objects.values()].filter((record) => record.kind === "VirtualMachine");
    expect(machines).toHaveLength(10_000);
    expect(new Set(machines.map(({ base }) => base)).size).toBe(1);
    const onHosts = ["DC0_C0_H0", "DC0_C0_H1", "DC0_C0_H2"].map((name) => caller.find("HostSystem", name).vms.size);
    expect(Math.max(...onHosts) - Math.min(...onHosts)).toBeLessThanOrEqual(1);
    caller.close();
  });

  it.each([
    [{ machines: -1 }, "inventory.machines must be a whole number from 0"],
    [{ hosts: 1.5 }, "inventory.hosts must be a whole number"],
    [{ hosts: "3" }, 'inventory.hosts must be a whole number from 0 to 10000000, not "3"'],
    [{ vms: 3 }, "inventory.vms is not known. There are: datacenters, clusters, hosts"],
    [{ poweredOn: 1 }, "inventory.poweredOn must be true or false, not 1"],
    [null, "inventory must be an object, not null"],
    ["lab", 'inventory must be an object, not "lab"'],
    [[], "inventory must be an object, not an array"],
    [{ hosts: 0, standaloneHosts: 0 }, "machine 'DC0_C0_RP0_VM0' is on 'DC0_C0', which has no hosts"],
    [{ datastores: 0 }, "has no datastore to be on"],
  ])("that does not fit is refused: %o", (inventory, message) => {
    refused(inventory).toThrow(RangeError);
    refused(inventory).toThrow(message);
  });
});

describe("a described inventory", () => {
  it("has what it says, and defaults for the rest", () => {
    const caller = started(
      small(
        { name: "one" },
        {
          name: "two",
          folder: "a/b",
          on: "c",
          pool: "prod/web",
          datastore: "ds",
          cpus: 4,
          memoryGiB: 2.5,
          power: "poweredOn",
        },
        {
          name: "three",
          on: "alone",
          datastore: "slow",
          networks: [],
          disks: [],
          power: "suspended",
          extraConfig: { a: "b" },
        },
        { name: "four", disks: [{ sizeGiB: 0.3, usedGiB: 0.1 }], template: true },
      ),
    );
    expect(caller.find("VirtualMachine", "one")).toMatchObject({
      power: "poweredOff",
      base: { numCPU: 1, memoryMB: 1024, guestId: "ubuntu64Guest" },
    });
    expect(caller.find("VirtualMachine", "two")).toMatchObject({
      power: "poweredOn",
      parent: caller.find("Folder", "b").id,
      pool: caller.find("ResourcePool", "web").id,
      base: { numCPU: 4, memoryMB: 2560 },
    });
    expect(caller.find("VirtualMachine", "three")).toMatchObject({
      power: "suspended",
      disks: [],
      base: { extraConfig: { a: "b" } },
    });
    expect(caller.find("VirtualMachine", "four").template).toBe(true);
    expect(brokenInvariants(caller.host)).toEqual([]);
    caller.close();
  });

  it("has names with anything in them", () => {
    const name = "a/b \\ 100% '\"` 🖥 \u0007";
    const caller = started({
      datacenters: [
        {
          name,
          clusters: [{ name, hosts: [{ name: "h" }], pools: [name.replaceAll("/", "%2f")] }],
          datastores: [{ name }],
          networks: [name],
          machines: [{ name, pool: name.replaceAll("/", "%2f") }],
        },
      ],
    });
    for (const kind of [
      "Datacenter",
      "ClusterComputeResource",
      "ResourcePool",
      "Datastore",
      "Network",
      "VirtualMachine",
    ] as const)
      expect(caller.names(kind)).toContain(name);
    caller.close();
  });

  it.each<[string, unknown]>([
    ["inventory.datacenters[0].name is missing", { datacenters: [{}] }],
    [
      "inventory.datacenters[0].clusters[0].hosts is missing",
      { datacenters: [{ name: "d", clusters: [{ name: "c" }] }] },
    ],
    [
      "inventory.datacenters[0].machines[0].memoryGB is not known. There are: name, folder",
      small({ name: "m", memoryGB: 1 } as MachineDescription),
    ],
    [
      "inventory.datacenters[0].machines[1].power must be one of poweredOn, poweredOff",
      small({ name: "m" }, { name: "n", power: "on" } as unknown as MachineDescription),
    ],
    [
      "inventory.datacenters[0].machines[0].memoryGiB must be a size above 0, not 0",
      small({ name: "m", memoryGiB: 0 }),
    ],
    ["inventory.datacenters[0].machines[0].cpus must be a whole number from 1", small({ name: "m", cpus: 0.5 })],
    [
      "inventory.datacenters[0].machines[0].disks[0].sizeGiB is missing",
      small({ name: "m", disks: [{}] } as unknown as MachineDescription),
    ],
    [
      "inventory.datacenters[0].machines[0].extraConfig.a must be a string, not 1",
      small({ name: "m", extraConfig: { a: 1 } } as unknown as MachineDescription),
    ],
    ["machine 'm' is in folder 'x', which is not described. There are: a, a/b", small({ name: "m", folder: "x" })],
    ["machine 'm' is on 'x', which is not described. There are: h1, h2, alone", small({ name: "m", on: "x" })],
    ["machine 'm' is in the resource pool 'c/x'", small({ name: "m", pool: "x" })],
    [
      "machine 'm' is on datastore 'x', which is not described. There are: ds, slow",
      small({ name: "m", datastore: "x" }),
    ],
    ["machine 'm' is on network 'x'", small({ name: "m", networks: ["x"] })],
    ["machine 'm' is a template, which cannot be poweredOn", small({ name: "m", template: true, power: "poweredOn" })],
    ["inventory: The name 'm' already exists", small({ name: "m" }, { name: "m" })],
    ["inventory: The name '' is not valid. It is empty.", small({ name: "" })],
    ["81 characters", small({ name: "x".repeat(81) })],
    [
      "two hosts named 'h'",
      { datacenters: [{ name: "d", clusters: [{ name: "c", hosts: [{ name: "h" }, { name: "h" }] }] }] },
    ],
    ["datastore 'ds' is on host 'x'", { datacenters: [{ name: "d", datastores: [{ name: "ds", hosts: ["x"] }] }] }],
    ["has no cluster or host to be on", { datacenters: [{ name: "d", machines: [{ name: "m" }] }] }],
    [
      "The host 'alone' has not enough memory for 'big'",
      small({ name: "big", on: "alone", datastore: "slow", memoryGiB: 20_000, power: "poweredOn" }),
    ],
    [
      "Insufficient disk space on datastore 'slow'",
      small({ name: "big", on: "alone", datastore: "slow", memoryGiB: 200, power: "poweredOn" }),
    ],
  ])("that does not fit is refused: %s", (message, inventory) => {
    refused(inventory).toThrow(RangeError);
    refused(inventory).toThrow(message);
  });
});

describe("options", () => {
  it.each<[string, object]>([
    ["seed must be a whole number, not 1.5", { seed: 1.5 }],
    ["clock must be instant, manual or real, not fast", { clock: "fast" }],
    ["start must be a date in ISO 8601", { start: "yesterday" }],
    ["start is for hosts with a clock of their own", { start: "2026-01-01", clock: "real" }],
    ["retention.tasks must be a whole number from 0 on, not -1", { retention: { tasks: -1 } }],
    ["retention.events must be a whole number from 0 on, not NaN", { retention: { events: Number.NaN } }],
  ])("that make no sense are refused: %s", (message, options) => {
    expect(() => Host.start(options)).toThrow(RangeError);
    expect(() => Host.start(options)).toThrow(message);
  });
});
