import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refOf } from "../../../../sdk/host/state/id.ts";
import type { vim } from "../../../../sdk/vim/index.ts";
import { expectConsistent } from "../machine/invariants.ts";
import { faultOf, Vcenter } from "../machine/vcenter.ts";
import { inventory } from "../network/fixture.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ inventory });
});
afterEach(() => {
  expectConsistent(vc);
  vc.close();
});

const number = (host: string) => vc.find("HostSystem", host).id;
const system = (host = "H1") => ({ type: "HostDatastoreSystem", value: `datastoreSystem-${number(host)}` }) as const;
const storage = (host = "H1") => ({ type: "HostStorageSystem", value: `storageSystem-${number(host)}` }) as const;
const call = (method: string, args: object = {}, host?: string) => vc.call(system(host), method, args);
const fetch = (self: Parameters<Vcenter["call"]>[0], prop: string) => vc.call(self, "Fetch", { prop });
const nas = (localPath: string, remotePath = "/srv/a") => ({
  spec: { remoteHost: "nas.test", remotePath, localPath, accessMode: "readWrite" },
});
const remove = (name: string, host?: string) => call("RemoveDatastore", { datastore: vc.ref("Datastore", name) }, host);
const disks = (host?: string) => call("QueryAvailableDisksForVmfs", {}, host) as vim.HostScsiDisk[];

function volume(volumeName: string, host?: string) {
  const [disk] = disks(host);
  const [option] = call(
    "QueryVmfsDatastoreCreateOptions",
    { devicePath: disk?.devicePath },
    host,
  ) as vim.VmfsDatastoreOption[];
  const spec = option?.spec as vim.VmfsDatastoreCreateSpec;
  return call("CreateVmfsDatastore", { spec: { ...spec, vmfs: { ...spec.vmfs, volumeName } } }, host);
}

describe("the datastores of a host", () => {
  it("are volumes on its disks, made on one that is free", () => {
    expect(disks()).toHaveLength(2);
    const ref = volume("new");
    expect(ref).toEqual(vc.ref("Datastore", "new"));
    expect(disks()).toHaveLength(1);
    const { extent } = fetch(vc.ref("Datastore", "new"), "info.vmfs") as vim.HostVmfsVolume;
    expect(extent[0]?.diskName).toMatch(/^mpx\.vmhba/);
    expect(fetch(vc.ref("Datastore", "new"), "summary")).toMatchObject({
      type: "VMFS",
      capacity: 2 ** 40,
      multipleHostAccess: false,
    });
    expect(fetch(vc.ref("HostSystem", "H1"), "datastore")).toHaveLength(2);
    expect(fetch(vc.ref("ClusterComputeResource", "C"), "datastore")).toHaveLength(2);
    remove("new");
    expect(disks()).toHaveLength(2);
    expect(fetch(vc.ref("ClusterComputeResource", "C"), "datastore")).toHaveLength(1);
  });

  it("are shares, one between all hosts that mount it", () => {
    const ref = call("CreateNasDatastore", nas("share"));
    expect(call("CreateNasDatastore", nas("share"), "H2")).toEqual(ref);
    expect(fetch(vc.ref("Datastore", "share"), "summary")).toMatchObject({ type: "NFS", multipleHostAccess: true });
    expect(fetch(vc.ref("Datastore", "share"), "info")).toMatchObject({
      _typeName: "NasDatastoreInfo",
      nas: { remoteHost: "nas.test", remotePath: "/srv/a", name: "share" },
    });
    expect(fetch(vc.ref("Datastore", "share"), "host")).toHaveLength(2);
    expect(faultOf(() => call("CreateNasDatastore", nas("share")))._typeName).toBe("AlreadyExists");
    expect(faultOf(() => call("CreateNasDatastore", nas("share", "/srv/b")))._typeName).toBe("DuplicateName");
    remove("share");
    expect(fetch(vc.ref("Datastore", "share"), "summary.multipleHostAccess")).toBe(false);
    remove("share", "H2");
    expect(() => vc.find("Datastore", "share")).toThrow();
  });

  it("are shares that can only be read, where they are mounted so", () => {
    call("CreateNasDatastore", { spec: { ...nas("ro").spec, accessMode: "readOnly" } });
    expect(fetch(vc.ref("Datastore", "ro"), "host")).toMatchObject([{ mountInfo: { accessMode: "readOnly" } }]);
    const directory = { name: "[ro] dir", createParentDirectories: true };
    const manager = { type: "FileManager", value: "FileManager" } as const;
    expect(faultOf(() => vc.call(manager, "MakeDirectory", directory))._typeName).toBe("CannotAccessFile");
    const config = { name: "m", files: { vmPathName: "[ro]" } };
    const args = { config, pool: vc.ref("ResourcePool", "Resources"), host: vc.ref("HostSystem", "H1") };
    expect(faultOf(() => vc.call(vc.ref("Folder", "vm"), "CreateVM_Task", args))._typeName).toBe("CannotAccessFile");
    expect(faultOf(() => call("CreateNasDatastore", nas("ro"), "H2"))._typeName).toBe("NotSupported");
    remove("ro");
  });

  it("are directories of the host", () => {
    call("CreateLocalDatastore", { name: "local", path: "/var/stuff" });
    expect(fetch(vc.ref("Datastore", "local"), "info")).toMatchObject({
      _typeName: "LocalDatastoreInfo",
      path: "/var/stuff",
    });
    expect(fetch(vc.ref("Datastore", "local"), "summary.type")).toBe("OTHER");
    expect(faultOf(() => call("CreateLocalDatastore", { name: "D1", path: "/x" }))._typeName).toBe("DuplicateName");
  });

  it("hold machines, and do not go while they do; files go with them", () => {
    const round = (): readonly [number, number] => {
      volume("new");
      const config = {
        name: "m",
        files: { vmPathName: "[new]" },
        deviceChange: [
          {
            operation: "add",
            device: { _typeName: "ParaVirtualSCSIController", key: -1, busNumber: 0, sharedBus: "noSharing" },
          },
          {
            operation: "add",
            fileOperation: "create",
            device: {
              _typeName: "VirtualDisk",
              key: -2,
              controllerKey: -1,
              unitNumber: 0,
              capacityInKB: 1024,
              backing: {
                _typeName: "VirtualDiskFlatVer2BackingInfo",
                fileName: "",
                diskMode: "persistent",
                thinProvisioned: true,
              },
            },
          },
        ],
      };
      const pool = vc.ref("ResourcePool", "Resources");
      vc.call(vc.ref("Folder", "vm"), "CreateVM_Task", { config, pool, host: vc.ref("HostSystem", "H1") });
      vc.write("m", 0, 0, "content of a disk");
      expect(faultOf(() => remove("new"))).toMatchObject({ _typeName: "ResourceInUse", name: "new" });
      vc.vm("m", "UnregisterVM", {});
      vc.call({ type: "FileManager", value: "FileManager" }, "MakeDirectory", {
        name: "[new] dir",
        createParentDirectories: false,
      });
      remove("new");
      return [vc.pages.unique, vc.pages.bytes];
    };
    expect(round()).toEqual(round());
    expect(vc.pages.unique).toBe(0);
    expect(vc.state.unregistered.size).toBe(0);
  });

  it("are refused where they would have to be pretended", () => {
    expect(faultOf(() => call("CreateNasDatastore", { spec: { ...nas("x").spec, type: "cifs" } }))._typeName).toBe(
      "NotSupported",
    );
    expect(faultOf(() => call("QueryVmfsDatastoreCreateOptions", { devicePath: "/none" }))._typeName).toBe("NotFound");
    expect(
      faultOf(() => call("ExpandVmfsDatastore", { datastore: vc.ref("Datastore", "D1"), spec: {} }))._typeName,
    ).toMatch(/NotSupported|InvalidArgument/);
  });
});

describe("the storage of a host", () => {
  it("shows its adapter, its disks and what is mounted", () => {
    expect(fetch(vc.ref("HostSystem", "H1"), "configManager.storageSystem")).toEqual(storage());
    expect(fetch(storage(), "storageDeviceInfo")).toMatchObject({
      hostBusAdapter: [{ device: "vmhba0" }],
      scsiLun: [{ localDisk: false, lunType: "disk" }, { localDisk: true }, { localDisk: true }],
    });
    expect(fetch(storage(), "fileSystemVolumeInfo")).toMatchObject({
      mountInfo: [{ volume: { name: "D1", type: "VMFS" } }],
    });
    for (const method of ["RescanAllHba", "RescanVmfs", "RefreshStorageSystem"]) vc.call(storage(), method);
    expect(faultOf(() => vc.call(storage(), "RescanHba", { hbaDevice: "vmhba9" }))._typeName).toBe("NotFound");
    expect(refOf(vc.find("HostSystem", "H1"))).toEqual(fetch(vc.ref("HostSystem", "H1"), "config.host"));
  });
});
