import { expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import { Caller } from "../caller.ts";
import { brokenInvariants } from "../invariants.ts";

const searchIndex = { type: "SearchIndex", value: "SearchIndex" } as const;

const described: InventoryDescription = {
  datacenters: [
    {
      name: "dc",
      folder: "emea/lab",
      clusters: [{ name: "c", folder: "prod", hosts: [{ name: "h" }] }],
      hosts: [{ name: "alone", folder: "prod/old" }],
      datastores: [{ name: "ds", folder: "fast" }],
      switches: [{ name: "dvs", folder: "net", portgroups: ["pg"] }],
      folders: ["a"],
      machines: [{ name: "vm", folder: "a", on: "alone", networks: ["pg"], power: "poweredOn" }],
    },
    { name: "other", folder: "emea" },
  ],
};

it("everything can be described in a folder, which is made once, with those above it", () => {
  const caller = Caller.start({ inventory: described });
  for (const path of [
    ...["emea/lab/dc", "emea/other", "emea/lab/dc/host/prod/c", "emea/lab/dc/host/prod/old/alone"],
    ...["emea/lab/dc/datastore/fast/ds", "emea/lab/dc/network/net/dvs", "emea/lab/dc/network/net/pg"],
    ...["emea/lab/dc/vm/a/vm", "emea/lab/dc/network/VM Network"],
  ]) {
    expect(caller.call(searchIndex, "FindByInventoryPath", { inventoryPath: path }), path).toBeDefined();
  }
  expect(brokenInvariants(caller.host)).toEqual([]);
  caller.close();
});

it("machines in such a datacenter can be made, cloned and destroyed, with their files on its datastore", () => {
  const caller = Caller.start({ inventory: described });
  const vm = caller.ref("VirtualMachine", "vm");
  const spec = { location: {}, powerOn: true, template: false };
  expect(caller.task(vm, "CloneVM_Task", { folder: caller.ref("Folder", "a"), name: "clone", spec })).toMatchObject({
    state: "success",
  });
  const clone = caller.ref("VirtualMachine", "clone");
  expect(caller.task(clone, "PowerOffVM_Task").state).toBe("success");
  expect(caller.task(clone, "Destroy_Task").state).toBe("success");
  expect(brokenInvariants(caller.host)).toEqual([]);
  caller.close();
});

it("a host in a cluster has no folder of its own, and folders have names", () => {
  const refused = (inventory: InventoryDescription) => expect(() => Host.start({ inventory }));
  const clusters = [{ name: "c", hosts: [{ name: "h", folder: "f" }] }];
  refused({ datacenters: [{ name: "dc", clusters }] }).toThrow(/host 'h' is in cluster 'c'/);
  refused({ datacenters: [{ name: "dc", folder: "a//b" }] }).toThrow(RangeError);
});
