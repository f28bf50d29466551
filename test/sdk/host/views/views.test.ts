import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

let client: LabClient;
beforeEach(() => {
  client = LabClient.start();
});
afterEach(() => client.close());

const manager = () => client.content.viewManager as Ref<"ViewManager">;
const shown = (view: Ref) => client.get(view, "view") as Ref[];
const names = (view: Ref) =>
  shown(view)
    .map((ref) => client.get(ref, "name"))
    .sort();
const container = (ref: Ref<"ManagedEntity">, type: string[], recursive = true) =>
  client.call(manager(), "CreateContainerView", { container: ref, type, recursive });

describe("a container view", () => {
  it("shows what is in a folder, a datacenter, a cluster, a host or a resource pool", () => {
    const all = ["build-01", "db-01", "golden", "photon-golden", "ubuntu-template", "web-01", "web-02"];
    expect(names(container(client.content.rootFolder, ["VirtualMachine"]))).toEqual(all);
    expect(names(container(client.at("Datacenter", "/DC0"), ["VirtualMachine"]))).toEqual(all);
    expect(names(container(client.at("Folder", "/DC0/vm/servers"), ["VirtualMachine"]))).toEqual([
      "build-01",
      "db-01",
      "web-01",
      "web-02",
    ]);
    expect(names(container(client.at("ClusterComputeResource", "/DC0/host/cluster-01"), ["VirtualMachine"]))).toEqual(
      all,
    );
    expect(
      names(container(client.at("HostSystem", "/DC0/host/cluster-01/esx-01.lab.local"), ["VirtualMachine"])),
    ).toContain("golden");
    expect(
      names(container(client.at("ResourcePool", "/DC0/host/cluster-01/Resources/servers"), ["VirtualMachine"])),
    ).not.toContain("golden");
    expect(names(container(client.at("Folder", "/DC0/host"), ["ResourcePool", "HostSystem"]))).toHaveLength(7);
  });

  it("takes base types for all types that derive from them", () => {
    const every = shown(container(client.content.rootFolder, ["ManagedEntity"]));
    expect(every).toEqual(shown(container(client.content.rootFolder, [])));
    expect(every.map(({ value }) => value)).toEqual([...new Set(every.map(({ value }) => value))]);
    expect(names(container(client.content.rootFolder, ["ComputeResource"]))).toEqual(["cluster-01"]);
  });

  it("without recursion shows only what is directly inside", () => {
    expect(names(container(client.at("Folder", "/DC0/vm"), [], false))).toEqual([
      "desktops",
      "golden",
      "photon-golden",
      "servers",
      "templates",
    ]);
    expect(names(container(client.at("Datacenter", "/DC0"), [], false))).toEqual([
      "datastore",
      "host",
      "network",
      "vm",
    ]);
  });

  it("is live", () => {
    const view = container(client.content.rootFolder, ["VirtualMachine"]);
    client.run(client.at("VirtualMachine", "/DC0/vm/golden"), "InstantClone_Task", {
      spec: { name: "desk", location: {} },
    });
    expect(names(view)).toContain("desk");
  });

  it("refuses a container or type that is none", () => {
    const gone: Ref<"Folder"> = { type: "Folder", value: "group-v999" };
    expect(() => container(gone, [])).toThrow(/group-v999/);
    expect(() => container(client.content.rootFolder, ["Machine"])).toThrow(/'Machine'/);
  });
});

describe("a list view", () => {
  it("shows what was listed as long as it is there, and says which references name nothing", () => {
    const golden = client.at("VirtualMachine", "/DC0/vm/golden");
    const gone: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: "vm-999" };
    const list = client.call(manager(), "CreateListView", { obj: [golden, gone] });
    expect(shown(list)).toEqual([golden]);
    const desk = client.run(golden, "InstantClone_Task", {
      spec: { name: "desk", location: {} },
    }) as Ref<"VirtualMachine"> & { type: "VirtualMachine" };
    expect(client.call(list, "ModifyListView", { add: [desk, gone], remove: [golden] })).toEqual([gone]);
    expect(shown(list)).toEqual([desk]);
    client.run(desk, "PowerOffVM_Task", {});
    client.run(desk, "Destroy_Task", {});
    expect(shown(list)).toEqual([]);
    expect(client.call(list, "ResetListView", { obj: [golden] })).toEqual([]);
    expect(shown(list)).toEqual([golden]);
  });

  it("can be what another view shows", () => {
    const view = container(client.content.rootFolder, ["Folder"]);
    const list = client.call(manager(), "CreateListViewFromView", { view });
    expect(names(list)).toEqual(names(view));
    client.call(list, "ResetListViewFromView", { view: container(client.content.rootFolder, ["Datastore"]) });
    expect(names(list)).toEqual(["local-01", "vmfs-01"]);
  });
});

describe("an inventory view", () => {
  it("shows what is in the folders that are open", () => {
    const view = client.call(manager(), "CreateInventoryView", {});
    const root = client.content.rootFolder;
    const dc = client.at("Datacenter", "/DC0");
    const vm = client.at("Folder", "/DC0/vm");
    expect(names(view)).toEqual(["Datacenters"]);
    expect(client.call(view, "OpenInventoryViewFolder", { entity: [vm] })).toEqual([vm]);
    for (const entity of [root, dc, vm])
      expect(client.call(view, "OpenInventoryViewFolder", { entity: [entity] })).toEqual([]);
    expect(names(view)).toEqual([
      "DC0",
      "Datacenters",
      "datastore",
      "desktops",
      "golden",
      "host",
      "network",
      "photon-golden",
      "servers",
      "templates",
      "vm",
    ]);
    client.call(view, "CloseInventoryViewFolder", { entity: [dc] });
    client.call(view, "OpenInventoryViewFolder", { entity: [dc] });
    expect(names(view)).toEqual(["DC0", "Datacenters", "datastore", "host", "network", "vm"]);
  });
});

describe("a view that was destroyed", () => {
  it("is gone", () => {
    const view = container(client.content.rootFolder, []);
    client.call(view, "DestroyView", {});
    expect(() => client.call(view, "DestroyView", {})).toThrow();
    expect(client.get(manager(), "viewList")).toEqual([]);
  });
});
