import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import { deviceOf } from "../../../../sdk/host/machine/devices.ts";
import { all } from "../../../../sdk/host/state/several.ts";
import { refused, Vcenter } from "./vcenter.ts";

const GiB = 2 ** 30;

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter();
});
afterEach(() => vc.close());

const types = () => vc.events().map(({ type }) => type);

describe("powering on", () => {
  it("gives a machine zeroed memory, and takes its swap file's bytes and its host's memory", () => {
    const free = vc.free("vmfs-01");
    const { host } = vc.machine("build-01");
    const reserved = () => {
      const record = vc.state.objects.get(host);
      return record?.kind === "HostSystem" ? record.reservedBytes : 0;
    };
    const before = reserved();
    vc.vm("build-01", "PowerOnVM_Task", {});
    expect(vc.machine("build-01")).toMatchObject({ power: "poweredOn", frozen: false, forked: false });
    expect(vc.figures("build-01")).toEqual({ size: 8 * GiB, mapped: 0, private: 0, shared: 0 });
    expect(free - vc.free("vmfs-01")).toBe(8 * GiB);
    expect(reserved()).toBeGreaterThan(before);
    vc.vm("build-01", "PowerOffVM_Task", {});
    expect([free - vc.free("vmfs-01"), reserved()]).toEqual([0, before]);
    expect(types()).toEqual(["VmStartingEvent", "VmPoweredOnEvent", "VmStoppingEvent", "VmPoweredOffEvent"]);
  });

  it("connects what is to be connected at power on", () => {
    const connectable = { startConnected: true, allowGuestControl: true, connected: false };
    const device = { _typeName: "VirtualVmxnet3", key: 4000, connectable } as const;
    const clone = vc.instantClone("golden", "desk-1", { location: { deviceChange: [{ operation: "edit", device }] } });
    expect(clone.devices?.[4000]?.connectable?.connected).toBe(false);
    vc.vm("desk-1", "ResetVM_Task", {});
    expect(deviceOf(vc.machine("desk-1"), 4000)?.connectable?.connected).toBe(true);
  });

  it("is refused for a machine that runs, and for a template", () => {
    expect(refused(vc, "web-01", "PowerOnVM_Task", {})).toMatchObject({
      _typeName: "InvalidPowerState",
      existingState: "poweredOn",
      requestedState: "poweredOn",
    });
    expect(refused(vc, "ubuntu-template", "PowerOnVM_Task", {})._typeName).toBe("InvalidState");
  });

  it("is refused where the host has not the processors or the memory", () => {
    vc.vm("build-01", "ReconfigVM_Task", { spec: { numCPUs: 128 } });
    expect(refused(vc, "build-01", "PowerOnVM_Task", {})).toMatchObject({ _typeName: "NotEnoughCpus", numCpuVm: 128 });
    const memoryAllocation = { reservation: 600 * 1024 };
    vc.vm("build-01", "ReconfigVM_Task", { spec: { numCPUs: 2, memoryMB: 700 * 1024, memoryAllocation } });
    expect(refused(vc, "build-01", "PowerOnVM_Task", {})._typeName).toBe("InsufficientHostMemoryCapacityFault");
  });

  it("is refused where the datastore has no room for the swap file", () => {
    const { id, capacity } = vc.find("Datastore", "vmfs-01");
    vc.host.universe.transact((tx) => tx.change("Datastore", id, () => ({ fileBytes: capacity - 100 * GiB })));
    vc.vm("build-01", "ReconfigVM_Task", { spec: { memoryMB: 200 * 1024 } });
    expect(refused(vc, "build-01", "PowerOnVM_Task", {})).toMatchObject({
      _typeName: "NoDiskSpace",
      datastore: "vmfs-01",
      file: "[vmfs-01] build-01/build-01.vswp",
    });
  });

  it("moves to another host of a cluster with DRS when its own is full", () => {
    const { host } = vc.machine("build-01");
    vc.host.universe.transact((tx) => tx.change("HostSystem", host, () => ({ maintenance: true })));
    vc.vm("build-01", "PowerOnVM_Task", {});
    expect(vc.machine("build-01").host).not.toBe(host);
    const now = vc.state.objects.get(vc.machine("build-01").host);
    expect(now?.kind === "HostSystem" && now.vms.has(vc.machine("build-01").id)).toBe(true);
  });

  it("takes the host that is asked for, of the same cluster", () => {
    const host = vc.ref("HostSystem", "esx-04.lab.local");
    vc.vm("build-01", "PowerOnVM_Task", { host });
    expect(vc.machine("build-01").host).toBe(vc.find("HostSystem", "esx-04.lab.local").id);
  });
});

describe("powering off", () => {
  it("forgets memory, and gives back the bytes that only this machine had", () => {
    vc.instantClone("golden", "desk-1");
    const { unique } = vc.pages;
    vc.write("desk-1", undefined, 0, "x");
    expect(vc.pages.unique).toBe(unique + 1);
    vc.vm("desk-1", "PowerOffVM_Task", {});
    expect(vc.pages.unique).toBe(unique);
    expect(vc.machine("desk-1")).toMatchObject({ memory: 0, forked: false });
  });

  it("thaws a frozen machine, whose forks run on", () => {
    vc.instantClone("golden", "desk-1");
    const text = vc.text("desk-1", undefined, 0, 16);
    vc.vm("golden", "PowerOffVM_Task", {});
    expect(vc.machine("golden")).toMatchObject({ power: "poweredOff", frozen: false });
    expect(vc.text("desk-1", undefined, 0, 16)).toBe(text);
    expect(vc.figures("desk-1")).toMatchObject({ private: 2 ** 21, shared: 0 });
  });

  it("is refused for a machine that is off", () => {
    expect(refused(vc, "build-01", "PowerOffVM_Task", {})).toMatchObject({
      _typeName: "InvalidPowerState",
      existingState: "poweredOff",
      requestedState: "poweredOff",
    });
  });
});

describe("suspending", () => {
  it("keeps memory in a file, and goes on with it", () => {
    vc.write("web-01", undefined, 4096, "kept");
    const free = vc.free("vmfs-01");
    vc.vm("web-01", "SuspendVM_Task", {});
    // The file of the memory takes the place of the swap file, which is as large.
    expect(vc.free("vmfs-01")).toBe(free);
    expect([...all(vc.state.guests, "web-01.lab.local")]).toEqual([]);
    vc.vm("web-01", "PowerOnVM_Task", {});
    expect(vc.text("web-01", undefined, 4096, 4)).toBe("kept");
    expect([...all(vc.state.guests, "web-01.lab.local")]).toEqual([vc.machine("web-01").id]);
    expect(types()).toEqual(["VmSuspendingEvent", "VmSuspendedEvent", "VmResumingEvent", "VmPoweredOnEvent"]);
  });

  it("and resetting are refused for a machine that does not run", () => {
    expect(refused(vc, "build-01", "SuspendVM_Task", {})).toMatchObject({ requestedState: "suspended" });
    expect(refused(vc, "build-01", "ResetVM_Task", {})).toMatchObject({ requestedState: "poweredOn" });
  });
});

describe("the guest", () => {
  it("shuts down, starts anew and goes to sleep when its tools run", () => {
    vc.vm("web-01", "RebootGuest", {});
    vc.vm("web-01", "StandbyGuest", {});
    expect(vc.machine("web-01").power).toBe("suspended");
    vc.vm("web-02", "ShutdownGuest", {});
    expect(vc.machine("web-02").power).toBe("poweredOff");
    expect(types()).toEqual([
      "VmGuestRebootEvent",
      "VmGuestStandbyEvent",
      "VmSuspendingEvent",
      "VmSuspendedEvent",
      "VmGuestShutdownEvent",
      "VmStoppingEvent",
      "VmPoweredOffEvent",
    ]);
  });

  it("does not answer while it is frozen", () => {
    expect(refused(vc, "golden", "ShutdownGuest", {})._typeName).toBe("ToolsUnavailable");
    expect(refused(vc, "build-01", "RebootGuest", {})._typeName).toBe("InvalidPowerState");
  });
});

describe("on a host without a cluster", () => {
  it("a machine that finds no memory is refused", () => {
    const inventory: InventoryDescription = {
      datacenters: [
        {
          name: "DC",
          hosts: [{ name: "H", memoryGiB: 1 }],
          datastores: [{ name: "D" }],
          machines: [{ name: "m", memoryGiB: 200 }],
        },
      ],
    };
    const small = new Vcenter({ inventory });
    expect(refused(small, "m", "PowerOnVM_Task", {})._typeName).toBe("InsufficientHostMemoryCapacityFault");
    small.close();
  });
});
