import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { vim } from "../../../../sdk/vim/index.ts";
import { brokenInvariants } from "../invariants.ts";
import { expectConsistent } from "../machine/invariants.ts";
import { everything } from "../machine/vcenter.ts";
import { Store } from "./store.ts";

const MiB = 2 ** 20;
let vc: Store;
beforeEach(() => {
  vc = new Store();
  vc.makeDirectory("[vmfs-01] volumes");
});
afterEach(() => {
  expectConsistent(vc);
  expect(brokenInvariants(vc.host)).toEqual([]);
  vc.close();
});

function refused(work: () => unknown): string | undefined {
  const before = everything(vc);
  const fault = vc.refusal(work);
  everything(vc).forEach((part, i) => {
    if (!Object.is(part, before[i])) throw new Error(`${fault.message} - and yet something changed (${i}).`);
  });
  return fault._typeName;
}

const data = "[vmfs-01] volumes/data.vmdk";
const one = (method: string, more: object = {}) => vc.disks(method, { name: data, ...more });
const between = (method: string, from: string, to: string, more: object = {}) => vc.diskBetween(method, from, to, more);

/** Adds a disk that lies on a datastore to a machine; returns its key. */
function attach(name: string, fileName: string): number {
  const controller = vc.machine(name).base.devices.find(({ _typeName }) => _typeName === "ParaVirtualSCSIController");
  const backing = { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName, diskMode: "persistent" } as const;
  const device: vim.VirtualDisk = {
    _typeName: "VirtualDisk",
    key: -1,
    controllerKey: controller?.key ?? 0,
    capacityInKB: 0,
    backing,
  };
  vc.vm(name, "ReconfigVM_Task", { spec: { deviceChange: [{ operation: "add", device }] } });
  return vc.machine(name).disks.at(-1)?.key ?? 0;
}

function detach(name: string, key: number): void {
  const device = vc.machine(name).base.devices.find((found) => found.key === key);
  if (!device) throw new Error(`There is no device ${key}.`);
  vc.vm(name, "ReconfigVM_Task", { spec: { deviceChange: [{ operation: "remove", device }] } });
}

describe("a virtual disk", () => {
  it("is made, used by a machine, given back and deleted, with its bytes and its room", () => {
    const before = vc.free("vmfs-01");
    vc.createDisk(data, 1000);
    expect(vc.names("[vmfs-01] volumes")).toEqual(["data-flat.vmdk", "data.vmdk"]);
    const key = attach("golden", data);
    vc.write("golden", key, 4096, "on data");
    expect(refused(() => one("DeleteVirtualDisk_Task"))).toBe("FileLocked");
    expect(vc.machine("golden").disks.at(-1)?.layer.path).toBe("volumes/data.vmdk");
    detach("golden", key);
    expect(vc.text("golden", attach("golden", data), 4096, 7)).toBe("on data");
    detach("golden", key);
    one("DeleteVirtualDisk_Task");
    expect(vc.names("[vmfs-01] volumes")).toEqual([]);
    expect(vc.free("vmfs-01")).toBe(before);
  });

  it("takes all of its room at once when it is thick, and none of its blocks later", () => {
    const free = () => vc.free("vmfs-01");
    const before = free();
    vc.createDisk(data, 4096, "eagerZeroedThick");
    const thick = before - free();
    expect(thick).toBeGreaterThanOrEqual(4 * MiB);
    expect(thick).toBeLessThan(5 * MiB);
    const key = attach("golden", data);
    vc.write("golden", key, 0, new Uint8Array(MiB).fill(1));
    expect(before - free()).toBe(thick);
  });

  it("is copied as it is or otherwise: the copy shares nothing", () => {
    vc.createDisk(data, 1024);
    const key = attach("golden", data);
    vc.write("golden", key, 0, "first");
    expect(refused(() => between("CopyVirtualDisk_Task", data, "[vmfs-01] volumes/copy.vmdk"))).toBe("FileLocked");
    detach("golden", key);
    between("CopyVirtualDisk_Task", data, "[vmfs-01] volumes/copy.vmdk", {
      destSpec: { _typeName: "VirtualDiskSpec", diskType: "thick", adapterType: "ide" },
    });
    expect(refused(() => between("CopyVirtualDisk_Task", data, "[vmfs-01] volumes/copy.vmdk"))).toBe(
      "FileAlreadyExists",
    );
    between("CopyVirtualDisk_Task", data, "[vmfs-01] volumes/copy.vmdk", { force: true });
    const copy = attach("golden", "[vmfs-01] volumes/copy.vmdk");
    vc.write("golden", copy, 0, "other");
    detach("golden", copy);
    expect(vc.text("golden", attach("golden", data), 0, 5)).toBe("first");
  });

  it("of a machine is copied out while the machine is off, or is only read", () => {
    vc.write("build-01", 0, 0, "build");
    between("CopyVirtualDisk_Task", "[vmfs-01] build-01/build-01.vmdk", data);
    expect(vc.text("golden", attach("golden", data), 0, 5)).toBe("build");
    expect(
      refused(() => between("CopyVirtualDisk_Task", "[vmfs-01] golden/golden.vmdk", "[vmfs-01] volumes/x.vmdk")),
    ).toBe("FileLocked");
    vc.write("golden", 0, 0, "golden");
    vc.instantClone("golden", "desk");
    between("CopyVirtualDisk_Task", "[vmfs-01] golden/golden.vmdk", "[vmfs-01] volumes/x.vmdk");
    expect(vc.text("golden", attach("golden", "[vmfs-01] volumes/x.vmdk"), 0, 6)).toBe("golden");
  });

  it("grows, is inflated and is zeroed", () => {
    vc.createDisk(data, 1024);
    const key = attach("golden", data);
    vc.write("golden", key, 0, "kept");
    detach("golden", key);
    one("ExtendVirtualDisk_Task", { newCapacityKb: 4096 });
    expect(refused(() => one("ExtendVirtualDisk_Task", { newCapacityKb: 4096 }))).toBe("InvalidArgument");
    expect(refused(() => one("EagerZeroVirtualDisk_Task"))).toBe("InvalidArgument");
    const before = vc.free("vmfs-01");
    one("InflateVirtualDisk_Task");
    expect(before - vc.free("vmfs-01")).toBe(4 * MiB - 4096);
    one("EagerZeroVirtualDisk_Task");
    for (const method of ["ShrinkVirtualDisk_Task", "DefragmentVirtualDisk_Task"]) one(method);
    expect(vc.text("golden", attach("golden", data), 0, 4)).toBe("kept");
    detach("golden", vc.machine("golden").disks.at(-1)?.key ?? 0);
    one("ZeroFillVirtualDisk_Task");
    expect(vc.text("golden", attach("golden", data), 0, 4)).toBe("\0\0\0\0");
  });

  it("says its UUID and geometry", () => {
    vc.createDisk(data, 20 * MiB);
    expect(one("QueryVirtualDiskUuid")).toMatch(/^60 00 c2 9/);
    one("SetVirtualDiskUuid", { uuid: "60 00 C2 93 7b a0 3a 03-9f 22 56 c5 29 93 b7 27" });
    expect(one("QueryVirtualDiskUuid")).toBe("60 00 c2 93 7b a0 3a 03-9f 22 56 c5 29 93 b7 27");
    expect(refused(() => one("SetVirtualDiskUuid", { uuid: "x" }))).toBe("InvalidArgument");
    expect(one("QueryVirtualDiskGeometry")).toEqual({ cylinder: 2610, head: 255, sector: 63 });
    expect(one("QueryVirtualDiskFragmentation")).toBe(0);
    between("MoveVirtualDisk_Task", data, "[vmfs-01] volumes/moved.vmdk");
    const name = "[vmfs-01] volumes/moved.vmdk";
    expect(vc.disks("QueryVirtualDiskUuid", { name })).toBe("60 00 c2 93 7b a0 3a 03-9f 22 56 c5 29 93 b7 27");
  });

  it("moves to another datastore with its bytes, and its room with it", () => {
    vc.createDisk(data, 1024);
    const key = attach("golden", data);
    vc.write("golden", key, 0, "bytes");
    detach("golden", key);
    const free = vc.free("local-01");
    between("MoveVirtualDisk_Task", data, "[local-01] data.vmdk");
    expect(vc.names("[vmfs-01] volumes")).toEqual([]);
    expect(free - vc.free("local-01")).toBeGreaterThanOrEqual(4096);
    expect(vc.text("golden", attach("golden", "[local-01] data.vmdk"), 0, 5)).toBe("bytes");
  });

  it("is refused with sizes, formats and names that no disk has", () => {
    for (const kb of [0, -1, 62 * 2 ** 30 + 1])
      expect([kb, refused(() => vc.createDisk(data, kb))]).toEqual([kb, "InvalidArgument"]);
    expect(refused(() => vc.createDisk(data, 1024, "rdm"))).toBe("NotSupported");
    expect(refused(() => vc.createDisk(data, 30 * 2 ** 30, "thick"))).toBe("NoDiskSpace");
    for (const name of ["data", "x-flat.vmdk", ".vmdk"])
      expect([name, refused(() => vc.createDisk(`[vmfs-01] volumes/${name}`))]).toEqual([name, "InvalidArgument"]);
    expect(refused(() => vc.createDisk("[vmfs-01] nowhere/x.vmdk"))).toBe("FileNotFound");
    vc.createDisk(data);
    expect(refused(() => vc.createDisk(data))).toBe("FileAlreadyExists");
    const name = "[vmfs-01] golden/golden.vmx";
    expect(refused(() => vc.disks("InflateVirtualDisk_Task", { name }))).toBe("IncorrectFileType");
    expect(refused(() => vc.disks("InflateVirtualDisk_Task", { name: "[vmfs-01] no.vmdk" }))).toBe("FileNotFound");
  });
});
