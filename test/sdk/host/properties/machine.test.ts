import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { numberIn } from "../../../../sdk/host/state/id.ts";
import type { MachineRecord } from "../../../../sdk/host/state/machine-record.ts";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

type Machine = Ref<"VirtualMachine"> & { readonly type: "VirtualMachine" };

let client: LabClient;
beforeEach(() => {
  client = LabClient.start();
});
afterEach(() => client.close());

const page = 4096;
const golden = () => client.at("VirtualMachine", "/DC0/vm/golden");
const fork = (source: Machine, name: string) =>
  client.run(source, "InstantClone_Task", { spec: { name, location: {} } }) as Machine;

function recordOf(ref: Ref): MachineRecord {
  const record = client.host.universe.state.objects.get(numberIn(ref.value));
  if (record?.kind !== "VirtualMachine") throw new Error(`${ref.value} is no machine`);
  return record;
}

/** Writes so many pages that differ from what is there. */
function write(ref: Ref, pages: number, where: "memory" | "disk"): void {
  const { memory, disks } = recordOf(ref);
  client.host.universe.transact((tx) => {
    tx.pages.write(where === "memory" ? memory : (disks[0]?.space ?? 0), 0, new Uint8Array(pages * page).fill(7));
  });
}

const stats = (ref: Ref) => client.get(ref, "summary.quickStats") as vim.VirtualMachineQuickStats;
const usage = (ref: Ref) => (client.get(ref, "storage.perDatastoreUsage") as vim.VirtualMachineUsageOnDatastore[])[0];
const files = (ref: Ref) => (client.get(ref, "layoutEx") as vim.VirtualMachineFileLayoutEx).file ?? [];

describe("the figures of a machine", () => {
  it("say what it shares with its forks and what is its own", () => {
    expect(stats(golden())).toMatchObject({ privateMemory: 8192, sharedMemory: 0, grantedMemory: 8192 });
    const desk = fork(golden(), "desk");
    expect(stats(golden())).toMatchObject({ privateMemory: 0, sharedMemory: 8192 });
    expect(stats(desk)).toMatchObject({
      privateMemory: 0,
      sharedMemory: 8192,
      grantedMemory: 8192,
      guestMemoryUsage: 0,
    });
    write(desk, 1024, "memory");
    expect(stats(desk)).toMatchObject({ privateMemory: 4, sharedMemory: 8188 });
    expect(stats(golden())).toMatchObject({ privateMemory: 4, sharedMemory: 8188 });
    client.run(desk, "PowerOffVM_Task", {});
    expect(stats(desk)).toMatchObject({ privateMemory: 0, sharedMemory: 0, hostMemoryUsage: 0 });
  });

  it("count in a fork's swap file and on its disk what it has written, to the byte", () => {
    const desk = fork(golden(), "desk");
    const before = usage(desk);
    const swap = () => files(desk).find(({ type }) => type === "swap");
    expect(swap()).toMatchObject({ name: "[vmfs-01] desk/desk.vswp", size: 0 });
    write(desk, 3, "memory");
    write(desk, 5, "disk");
    expect(swap()?.size).toBe(3 * page);
    const after = usage(desk);
    expect((after?.unshared ?? 0) - (before?.unshared ?? 0)).toBe(8 * page);
    expect((before?.uncommitted ?? 0) - (after?.uncommitted ?? 0)).toBe(8 * page);
    const summary = client.get(desk, "summary.storage") as vim.VirtualMachineStorageSummary;
    expect(summary).toMatchObject({
      committed: after?.committed,
      uncommitted: after?.uncommitted,
      unshared: after?.unshared,
    });
    const extents = files(desk).filter(({ type }) => type === "diskExtent");
    expect(extents.map(({ uniqueSize }) => uniqueSize)).toEqual([0, 5 * page]);
    expect(files(desk).reduce((sum, { uniqueSize }) => sum + (uniqueSize ?? 0), 0)).toBe(after?.unshared);
  });

  it("add up to what the host and the datastore have in use", () => {
    const host = client.at("HostSystem", "/DC0/host/cluster-01/esx-01.lab.local");
    const store = client.at("Datastore", "/DC0/datastore/vmfs-01");
    const free = () => client.get(store, "summary.freeSpace") as number;
    const used = () => client.get(host, "summary.quickStats.overallMemoryUsage") as number;
    const [memory, space] = [used(), free()];
    const desk = fork(golden(), "desk");
    expect(used()).toBe(memory);
    const made = space - free();
    expect(made).toBeGreaterThan(0);
    write(desk, 512, "memory");
    write(desk, 256, "disk");
    expect(used() - memory).toBe(2);
    expect(space - free()).toBe(made + 768 * page);
    client.run(desk, "PowerOffVM_Task", {});
    client.run(desk, "Destroy_Task", {});
    expect([used(), free()]).toEqual([memory, space]);
  });
});

describe("a fork as its clients see it", () => {
  it("is based on its source's disk, has addresses of its own and runs", () => {
    const [first, second] = [fork(golden(), "desk-1"), fork(golden(), "desk-2")];
    const disk = client.get(first, "config.hardware.device[2000].backing") as vim.VirtualDiskFlatVer2BackingInfo;
    expect(disk).toMatchObject({
      fileName: "[vmfs-01] desk-1/desk-1-000001.vmdk",
      thinProvisioned: true,
      parent: { fileName: "[vmfs-01] golden/golden.vmdk" },
    });
    expect(files(first).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "[vmfs-01] desk-1/desk-1.vmx",
        "[vmfs-01] desk-1/vmware.log",
        "[vmfs-01] desk-1/desk-1.nvram",
        "[vmfs-01] golden/golden-flat.vmdk",
        "[vmfs-01] desk-1/desk-1-000001-sesparse.vmdk",
      ]),
    );
    const own = [
      "config.hardware.device[4000].macAddress",
      "config.uuid",
      "config.instanceUuid",
      "config.hardware.device[2000].backing.uuid",
    ];
    for (const path of own) {
      const values = [golden(), first, second].map((ref) => client.get(ref, path));
      expect(new Set(values).size).toBe(3);
    }
    expect(client.get(first, "runtime")).toMatchObject({ powerState: "poweredOn", instantCloneFrozen: false });
    expect(client.get(golden(), "runtime")).toMatchObject({ powerState: "poweredOn", instantCloneFrozen: true });
    expect(client.get(golden(), "guest")).toMatchObject({
      toolsRunningStatus: "guestToolsNotRunning",
      hostName: "golden",
    });
  });

  it("costs nothing to be looked at: what it shows of its source is its source's own", () => {
    const [first, second] = [fork(golden(), "desk-1"), fork(golden(), "desk-2")];
    const devices = (ref: Ref) => client.get(ref, "config.hardware.device") as vim.VirtualDevice[];
    const [a, b] = [devices(first), devices(second)];
    expect(a.filter((device, i) => device === b[i])).toHaveLength(a.length - 2);
    const backing = (ref: Ref) =>
      client.get(ref, "config.hardware.device[2000].backing") as vim.VirtualDiskFlatVer2BackingInfo;
    expect(backing(first).parent).toBe(backing(second).parent);
  });

  it("tells in its event whose fork it is", () => {
    const desk = fork(golden(), "desk");
    const event = client.get(client.content.eventManager as Ref, "latestEvent");
    expect(event).toMatchObject({
      _typeName: "EventEx",
      eventTypeId: "com.vmware.vc.VmInstantClonedEvent",
      vm: { name: "desk", vm: desk },
      host: { name: "esx-01.lab.local" },
      computeResource: { name: "cluster-01" },
      datacenter: { name: "DC0" },
      fullFormattedMessage: expect.stringContaining("golden"),
    });
    expect((event as vim.EventEx).arguments?.[0]).toMatchObject({ value: "golden" });
  });
});

describe("names", () => {
  it("are escaped as entities show them and plain in paths of files", () => {
    const desk = fork(golden(), "50% a/b\\c");
    expect(client.get(desk, "name")).toBe("50%25 a%2fb%5cc");
    expect(client.get(desk, "summary.config.name")).toBe("50%25 a%2fb%5cc");
    expect(client.get(desk, "config.files.vmPathName")).toMatch(/^\[vmfs-01\] 50% a_b_c\/50% a_b_c\.vmx$/);
  });
});
