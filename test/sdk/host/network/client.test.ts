import { expect, it } from "vitest";
import { networkBacking } from "../../../../repl/inventory/network-backing.ts";
import { connect, startHost } from "../../../../sdk/index.ts";
import { inventory } from "./fixture.ts";

const signal = new AbortController().signal;

it("the SDK finds port groups among the networks, by name, by path and by glob", async () => {
  await using host = await startHost({ seed: 1, inventory });
  const vc = await connect(host);
  const { ref } = await vc.find.network("pg-a");
  expect(ref.type).toBe("DistributedVirtualPortgroup");
  expect((await vc.find.network("/DC/network/pg-a")).ref).toEqual(ref);
  expect((await vc.find.networks("pg-*")).length).toBe(3);
  expect((await vc.find.refs("VmwareDistributedVirtualSwitch", "*")).length).toBe(1);
});

it("a machine is put on a port group as the shell does it", async () => {
  await using host = await startHost({ seed: 1, inventory });
  const vc = await connect(host);
  const { ref } = await vc.find.network("pg-b");
  const backing = await networkBacking({ session: vc }, "pg-b", ref, signal);
  const web = await vc.find.virtualMachine("web");
  const device = { _typeName: "VirtualVmxnet3", key: 4000, backing } as const;
  await (await web.ReconfigVM_Task({ spec: { deviceChange: [{ operation: "edit", device }] } })).wait();
  const [row] = await vc.retrieve([ref], ["vm"]);
  expect(row?.vm).toEqual([web.ref]);
  const plain = await vc.find.network("VM Network");
  expect(await networkBacking({ session: vc }, "VM Network", plain.ref, signal)).toEqual({
    _typeName: "VirtualEthernetCardNetworkBackingInfo",
    deviceName: "VM Network",
    network: plain.ref,
  });
});

it("a client that waits hears of machines that come to a port group, of its ports and of its new name", async () => {
  await using host = await startHost({ seed: 1, inventory });
  const vc = await connect(host);
  const { ref } = await vc.find.network("pg-a");
  const paths = ["name", "vm", "config.numPorts", "portKeys"] as const;
  const golden = await vc.find.virtualMachine("golden");
  const collector = await vc.call(vc.content.propertyCollector, "CreatePropertyCollector", {});
  await vc.call(collector, "CreateFilter", {
    partialUpdates: false,
    spec: { propSet: [{ type: "DistributedVirtualPortgroup", pathSet: [...paths] }], objectSet: [{ obj: ref }] },
  });
  const first = await vc.call(collector, "WaitForUpdatesEx", { version: "" });
  expect(first?.filterSet).toHaveLength(1);
  for (let i = 0; i < 8; i++) await golden.instantClone({ name: `f${i}` });
  await vc.tasks.wait(await vc.call(ref, "Rename_Task", { newName: "pg-z" }), {});
  const next = await vc.call(collector, "WaitForUpdatesEx", { version: first?.version ?? "" });
  const names = next?.filterSet?.flatMap((set) => set.objectSet ?? []).flatMap((one) => one.changeSet ?? []);
  expect(names?.map(({ name }) => name).sort()).toEqual(["config.numPorts", "name", "portKeys", "vm"]);
});
