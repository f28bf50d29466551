import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Flavour, singleNumber } from "../../../sdk/host/state/esx-id.ts";
import { idOf, numberIn } from "../../../sdk/host/state/id.ts";
import { connect, startHost } from "../../../sdk/index.ts";
import type { Ref } from "../../../sdk/vim/index.ts";
import { Caller, serviceInstance } from "./caller.ts";

let caller: Caller;
beforeEach(() => {
  caller = Caller.start({ flavour: "esx" });
});
afterEach(() => caller.close());

const content = () => caller.call(serviceInstance, "RetrieveServiceContent") as Readonly<Record<string, Ref>>;
const fetch = (self: unknown, prop: string) => caller.call(self, "Fetch", { prop });
const host = { type: "HostSystem", value: "ha-host" } as const;
const folder = (value: string) => ({ type: "Folder", value }) as const;

describe("an ESXi", () => {
  it("says what it is, and has its own singletons and no others", () => {
    const { about, ...services } = content();
    expect(about).toMatchObject({ apiType: "HostAgent", productLineId: "embeddedEsx", name: "VMware ESXi" });
    expect(services).toMatchObject({
      rootFolder: folder("ha-folder-root"),
      propertyCollector: { value: "ha-property-collector" },
      sessionManager: { value: "ha-sessionmgr" },
      taskManager: { value: "ha-taskmgr" },
      searchIndex: { value: "ha-searchindex" },
    });
    for (const name of ["dvSwitchManager", "customFieldsManager", "alarmManager", "extensionManager"])
      expect(services).not.toHaveProperty(name);
    expect(caller.fault({ type: "SessionManager", value: "SessionManager" }, "SessionIsActive")._typeName).toMatch(
      /NotSupported|ManagedObjectNotFound/,
    );
  });

  it("has one of everything in its inventory, by the ids that every ESXi has", () => {
    const ids = [...caller.state.objects.values()].map(idOf);
    expect(ids.slice(0, 10)).toEqual([
      "ha-folder-root",
      "ha-datacenter",
      "ha-folder-vm",
      "ha-folder-host",
      "ha-folder-datastore",
      "ha-folder-network",
      "ha-compute-res",
      "ha-root-pool",
      "ha-host",
      "HaNetwork-VM Network",
    ]);
    expect(fetch(folder("ha-folder-root"), "childEntity")).toEqual([{ type: "Datacenter", value: "ha-datacenter" }]);
    expect(fetch(host, "parent")).toEqual({ type: "ComputeResource", value: "ha-compute-res" });
    expect(fetch(host, "network")).toEqual([{ type: "Network", value: "HaNetwork-VM Network" }]);
    expect(fetch({ type: "Network", value: "HaNetwork-VM Network" }, "name")).toBe("VM Network");
  });

  it("finds every object again by its id", () => {
    for (const record of caller.state.objects.values()) {
      expect(numberIn(idOf(record))).toBe(record.id);
      expect(fetch({ type: record.kind, value: idOf(record) }, "name")).toBeTypeOf("string");
    }
    expect(singleNumber("ha-nothing")).toBe(0);
  });

  it("gives machines plain numbers, and tasks ids that say what they are about", () => {
    const machine = caller.find("VirtualMachine", "ha-host_VM0");
    expect(idOf(machine)).toMatch(/^\d+$/);
    const task = caller.call({ type: "VirtualMachine", value: idOf(machine) }, "PowerOffVM_Task");
    expect(task).toEqual({ type: "Task", value: `haTask-${idOf(machine)}-vim.VirtualMachine.powerOff-1` });
    expect(fetch(task, "info")).toMatchObject({ state: "success", task });
    expect(fetch({ type: "TaskManager", value: "ha-taskmgr" }, "recentTask")).toEqual([task]);
    const filter = { entity: { entity: { type: "VirtualMachine", value: idOf(machine) }, recursion: "self" } };
    const events = caller.call({ type: "EventManager", value: "ha-eventmgr" }, "QueryEvents", { filter });
    expect(events).toMatchObject([
      { vm: { vm: { value: idOf(machine) } }, host: { host } },
      { vm: { vm: { value: idOf(machine) } }, host: { host } },
    ]);
  });

  it("creates machines, takes snapshots of them and destroys them", () => {
    const config = { name: "new", guestId: "otherGuest", files: { vmPathName: "[LocalDS_0]" } };
    const pool = { type: "ResourcePool", value: "ha-root-pool" };
    const { result } = caller.task(folder("ha-folder-vm"), "CreateVM_Task", { config, pool, host });
    expect(result).toMatchObject({ type: "VirtualMachine", value: expect.stringMatching(/^\d+$/) });
    const snapshot = { name: "s", memory: false, quiesce: false };
    const taken = caller.task(result, "CreateSnapshot_Task", snapshot).result;
    expect(taken).toMatchObject({ value: expect.stringMatching(/^\d+-snapshot-\d+$/) });
    expect(caller.task(taken, "RevertToSnapshot_Task").state).toBe("success");
    expect(caller.task(result, "Destroy_Task").state).toBe("success");
    expect(caller.names("VirtualMachine")).toEqual(["ha-host_VM0", "ha-host_VM1"]);
  });

  it("does nothing that takes a vCenter", () => {
    const machine = caller.ref("VirtualMachine", "ha-host_VM0");
    for (const [self, method, args] of [
      [machine, "InstantClone_Task", { spec: { name: "x", location: {} } }],
      [machine, "CloneVM_Task", { folder: folder("ha-folder-vm"), name: "x", spec: { location: {} } }],
      [machine, "MarkAsTemplate", {}],
      [folder("ha-folder-root"), "CreateDatacenter", { name: "x" }],
      [folder("ha-folder-vm"), "CreateFolder", { name: "x" }],
      [folder("ha-folder-network"), "CreateDVS_Task", { spec: { configSpec: { name: "x" } } }],
    ] as const)
      expect(caller.fault(self, method, args), method).toMatchObject({ _typeName: "NotSupported" });
  });

  it("finds files by datastores alone", async () => {
    const where = "/folder/notes.txt?dsName=LocalDS_0";
    async function* bytes() {
      yield Buffer.from("hello");
    }
    await caller.host.upload(where, bytes(), undefined, caller.connection);
    const chunks: Uint8Array[] = [];
    for await (const chunk of caller.host.download(where, undefined, caller.connection)) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("hello");
    const browser = fetch(caller.ref("Datastore", "LocalDS_0"), "browser");
    const found = caller.task(browser, "SearchDatastore_Task", { datastorePath: "[LocalDS_0]" });
    expect(found.state).toBe("success");
  });

  it("goes on as an ESXi in a twin and after a restore", () => {
    using mark = caller.host.snapshot();
    const twin = new Caller(caller.host.fork());
    expect(twin.call(serviceInstance, "RetrieveServiceContent")).toEqual(content());
    caller.call(caller.ref("VirtualMachine", "ha-host_VM0"), "PowerOffVM_Task");
    caller.host.restore(mark);
    expect(fetch(caller.ref("VirtualMachine", "ha-host_VM0"), "runtime.powerState")).toBe("poweredOn");
    twin.close();
  });

  it("is used by the SDK as a vCenter is", async () => {
    await using esx = await startHost({ flavour: "esx", seed: 1, inventory: { machines: 3, poweredOn: false } });
    const session = await connect(esx);
    const vms = await session.find.virtualMachines("*");
    expect(vms).toHaveLength(3);
    const vm = await session.find.virtualMachine("ha-host_VM2");
    await vm.powerOn();
    const [row] = await session.retrieve([vm], ["name", "runtime.powerState"]);
    expect(row).toMatchObject({ name: "ha-host_VM2", "runtime.powerState": "poweredOn" });
  });
});

describe("the inventory of an ESXi", () => {
  it("is one host, and nothing that only a vCenter has", async () => {
    const refused = async (inventory: object) => {
      await expect(startHost({ flavour: "esx", inventory })).rejects.toThrow(RangeError);
    };
    await refused({ clusters: 1 });
    await refused({ portgroups: 1 });
    await refused({ datacenters: [] });
    await refused({ datacenters: [{ name: "A", hosts: [{ name: "a" }, { name: "b" }] }] });
    await refused({ datacenters: [{ name: "A", hosts: [{ name: "a" }], switches: [{ name: "s" }] }] });
    const flavour: string = "other";
    await expect(startHost({ flavour: flavour as Flavour })).rejects.toThrow("flavour must be vcenter or esx");
  });

  it("can be described", async () => {
    const networks = ["VM Network", "VLAN 20"];
    const described = { name: "A", hosts: [{ name: "esx-9" }], datastores: [{ name: "d" }], networks };
    const own = Caller.start({ flavour: "esx", inventory: { datacenters: [described] } });
    expect(own.call(host, "Fetch", { prop: "name" })).toBe("esx-9");
    const other = own.ref("Network", "VLAN 20");
    expect(other.value).toMatch(/^HaNetwork-VLAN 20-\d+$/);
    expect(own.call(other, "Fetch", { prop: "name" })).toBe("VLAN 20");
    own.close();
  });
});
