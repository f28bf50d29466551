import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import type { Kind } from "../../../../sdk/host/state/record.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { Caller } from "../caller.ts";
import { brokenInvariants } from "../invariants.ts";

let base: Host;
let caller: Caller;
beforeAll(() => {
  base = Host.start({ seed: 1 });
});
afterAll(() => base.close());
beforeEach(() => {
  caller = new Caller(base.fork());
});
afterEach(() => {
  expect(brokenInvariants(caller.host)).toEqual([]);
  caller.close();
});

const ref = (kind: Kind, name: string): Ref => caller.ref(kind, name);
/** The error of a task, which must have failed, and have left everything else as it was. */
function failed(self: Ref, method: string, args: object = {}) {
  const { objects, events } = caller.state;
  const { error } = caller.task(self, method, args);
  expect([caller.state.objects, caller.state.events]).toEqual([objects, events]);
  expect(caller.state.objects).toBe(objects);
  return error?.fault;
}
const done = (self: Ref, method: string, args: object = {}) => {
  const task = caller.task(self, method, args);
  expect(task.error).toBeUndefined();
  return task.result;
};
const gone = (self: Ref) => caller.fault(self, "Reload")._typeName === "ManagedObjectNotFound";

describe("folders", () => {
  it("are made in folders, for the same objects", () => {
    const made = caller.call(ref("Folder", "vm"), "CreateFolder", { name: "a%2fb" });
    expect(caller.ref("Folder", "a/b")).toEqual(made);
    expect(made).toMatchObject({ type: "Folder", value: expect.stringMatching(/^group-v\d+$/) });
    expect(caller.fault(ref("Folder", "vm"), "CreateFolder", { name: "a/b" })).toMatchObject({
      _typeName: "DuplicateName",
      object: made,
    });
    expect(caller.fault(ref("Folder", "vm"), "CreateFolder", { name: " " })._typeName).toBe("InvalidName");
    caller.call(ref("Folder", "host"), "CreateFolder", { name: "a/b" });
  });

  it("take a machine only where machines go, in the datacenter of its pool", () => {
    const config = { name: "new", files: { vmPathName: "[vmfs-01]" } };
    const pool = ref("ResourcePool", "desktops");
    expect(failed(ref("Folder", "host"), "CreateVM_Task", { config, pool })?._typeName).toBe("NotSupported");
    const other = caller.call(ref("Folder", "Datacenters"), "CreateDatacenter", { name: "DC1" });
    const folders = caller.find("Datacenter", "DC1").folders;
    expect(other).toEqual(ref("Datacenter", "DC1"));
    const elsewhere: Ref = { type: "Folder", value: `group-v${folders.v}` };
    expect(failed(elsewhere, "CreateVM_Task", { config, pool })).toMatchObject({ invalidProperty: "pool" });
    expect(done(ref("Folder", "servers"), "CreateVM_Task", { config, pool })).toEqual(ref("VirtualMachine", "new"));
  });

  it("are destroyed with all that is in them, or not at all", () => {
    const servers = ref("Folder", "servers");
    expect(failed(servers, "Destroy_Task")?._typeName).toBe("InvalidPowerState");
    const inside = ["web-01", "web-02", "db-01", "build-01"].map((name) => ref("VirtualMachine", name));
    caller.call(servers, "CreateFolder", { name: "below" });
    const below = ref("Folder", "below");
    for (const machine of inside.slice(0, 3)) done(machine, "PowerOffVM_Task");
    const { unique } = caller.host.universe.pages;
    done(servers, "Destroy_Task");
    expect([servers, below, ...inside].every(gone)).toBe(true);
    expect(caller.host.universe.pages.unique).toBeLessThan(unique);
  });

  it("of a datacenter, and the root, are the system's", () => {
    for (const name of ["vm", "host", "datastore", "network", "Datacenters"]) {
      expect(failed(ref("Folder", name), "Destroy_Task")?._typeName).toBe("NotSupported");
      expect(failed(ref("Folder", name), "Rename_Task", { newName: "x" })?._typeName).toBe("NotSupported");
    }
  });
});

describe("datacenters and clusters", () => {
  it("are made in their folders", () => {
    expect(caller.fault(ref("Folder", "vm"), "CreateDatacenter", { name: "DC1" })._typeName).toBe("NotSupported");
    caller.call(ref("Folder", "Datacenters"), "CreateDatacenter", { name: "DC1" });
    expect(caller.fault(ref("Folder", "Datacenters"), "CreateDatacenter", { name: "DC1" })._typeName).toBe(
      "DuplicateName",
    );
    const spec = { drsConfig: { enabled: true }, dasConfig: { enabled: true } };
    const made = caller.call(ref("Folder", "host"), "CreateClusterEx", { name: "c", spec });
    expect(made).toEqual(ref("ClusterComputeResource", "c"));
    expect(caller.find("ClusterComputeResource", "c")).toMatchObject({ drs: true, ha: true });
    caller.call(ref("Folder", "host"), "CreateCluster", { name: "d", spec: {} });
    expect(caller.find("ClusterComputeResource", "d")).toMatchObject({ drs: false, ha: false });
    expect(caller.fault(ref("Folder", "vm"), "CreateClusterEx", { name: "e", spec })._typeName).toBe("NotSupported");
  });

  it("are destroyed when nothing is in them", () => {
    expect(failed(ref("Datacenter", "DC0"), "Destroy_Task")).toMatchObject({
      _typeName: "ResourceInUse",
      name: "DC0",
      type: "Datacenter",
    });
    expect(failed(ref("ClusterComputeResource", "cluster-01"), "Destroy_Task")?._typeName).toBe("ResourceInUse");
    const datacenter = caller.call(ref("Folder", "Datacenters"), "CreateDatacenter", { name: "DC1" }) as Ref;
    done(datacenter, "Destroy_Task");
    expect(gone(datacenter)).toBe(true);
  });

  it("take their resource pools along, however deep", () => {
    const cluster = caller.call(ref("Folder", "host"), "CreateClusterEx", { name: "c", spec: {} }) as Ref;
    const spec = { cpuAllocation: {}, memoryAllocation: {} };
    let pool: Ref = { type: "ResourcePool", value: `resgroup-${caller.find("ClusterComputeResource", "c").pool}` };
    const pools = [pool];
    for (const name of ["a", "b", "c"]) {
      pool = caller.call(pool, "CreateResourcePool", { name, spec }) as Ref;
      pools.push(pool);
    }
    done(cluster, "Destroy_Task");
    expect([cluster, ...pools].every(gone)).toBe(true);
  });

  it.each<[Kind, string]>([
    ["Datastore", "vmfs-01"],
    ["Network", "servers"],
  ])("are all that is destroyed: a %s is not", (kind, name) => {
    expect(failed(ref(kind, name), "Destroy_Task")?._typeName).toBe("NotSupported");
  });
});

describe("renaming", () => {
  it.each<[Kind, string]>([
    ["Folder", "servers"],
    ["Datacenter", "DC0"],
    ["ClusterComputeResource", "cluster-01"],
    ["ResourcePool", "servers"],
    ["Datastore", "vmfs-01"],
    ["Network", "servers"],
    ["VirtualMachine", "web-01"],
  ])("changes the name of a %s and nothing else of it", (kind, name) => {
    const self = ref(kind, name);
    const before = caller.find(kind, name);
    done(self, "Rename_Task", { newName: "100%25 new%2f" });
    expect(caller.find(kind, "100% new/")).toEqual({ ...before, name: "100% new/" });
    done(self, "Rename_Task", { newName: "100%25 new%2f" });
  });

  it("wants a name that is free and valid", () => {
    const self = ref("VirtualMachine", "web-01");
    expect(failed(self, "Rename_Task", { newName: "web-02" })).toMatchObject({
      _typeName: "DuplicateName",
      name: "web-02",
    });
    expect(failed(self, "Rename_Task", { newName: "" })?._typeName).toBe("InvalidName");
    expect(failed(ref("HostSystem", "esx-01.lab.local"), "Rename_Task", { newName: "x" })?._typeName).toBe(
      "NotSupported",
    );
    expect(failed(ref("ResourcePool", "Resources"), "Rename_Task", { newName: "x" })?._typeName).toBe("NotSupported");
  });

  it("of a machine is an event, with the name that it had", () => {
    done(ref("VirtualMachine", "web-01"), "Rename_Task", { newName: "w" });
    const [last] = [...caller.state.events.values()].slice(-1);
    expect(last).toMatchObject({ type: "VmRenamedEvent", vmName: "w", more: { oldName: "web-01", newName: "w" } });
  });
});

describe("moving between folders", () => {
  const into = (folder: string, ...list: Ref[]) => [ref("Folder", folder), "MoveIntoFolder_Task", { list }] as const;

  it("takes what is below along", () => {
    done(...into("desktops", ref("Folder", "servers"), ref("VirtualMachine", "golden")));
    expect(caller.find("Folder", "servers").parent).toBe(caller.find("Folder", "desktops").id);
    expect(caller.find("VirtualMachine", "golden").parent).toBe(caller.find("Folder", "desktops").id);
  });

  it("is all or nothing", () => {
    caller.call(ref("Folder", "desktops"), "CreateFolder", { name: "web-02" });
    const list = [ref("VirtualMachine", "web-01"), ref("VirtualMachine", "web-02")];
    expect(failed(...into("desktops", ...list))?._typeName).toBe("DuplicateName");
  });

  it("stays within a folder's kind, its datacenter and reason", () => {
    const [web, servers] = [ref("VirtualMachine", "web-01"), ref("Folder", "servers")];
    expect(failed(...into("host", web))).toMatchObject({ _typeName: "InvalidFolder", target: ref("Folder", "host") });
    expect(failed(...into("servers", servers))?._typeName).toBe("InvalidFolder");
    const below = caller.call(servers, "CreateFolder", { name: "below" }) as Ref;
    expect(failed(below, "MoveIntoFolder_Task", { list: [servers] })?._typeName).toBe("InvalidFolder");
    caller.call(ref("Folder", "Datacenters"), "CreateDatacenter", { name: "DC1" });
    const elsewhere: Ref = { type: "Folder", value: `group-v${caller.find("Datacenter", "DC1").folders.v}` };
    expect(failed(elsewhere, "MoveIntoFolder_Task", { list: [web] })?._typeName).toBe("InvalidFolder");
    expect(failed(...into("Datacenters", ref("HostSystem", "esx-01.lab.local")))?._typeName).toBe("InvalidFolder");
    expect(failed(...into("desktops", { type: "VirtualMachine", value: "vm-999" } as Ref))?._typeName).toBe(
      "ManagedObjectNotFound",
    );
  });

  it("moves datacenters, clusters, datastores and networks in folders of theirs", () => {
    for (const [root, kind, name] of [
      ["Datacenters", "Datacenter", "DC0"],
      ["host", "ClusterComputeResource", "cluster-01"],
      ["datastore", "Datastore", "vmfs-01"],
      ["network", "Network", "servers"],
    ] as const) {
      const folder = caller.call(ref("Folder", root), "CreateFolder", { name: "moved" }) as Ref;
      done(folder, "MoveIntoFolder_Task", { list: [ref(kind, name)] });
      expect(`group-${folder.value[6]}${caller.find(kind, name).parent}`).toBe(folder.value);
      done(folder, "Rename_Task", { newName: root + 1 });
    }
  });
});
