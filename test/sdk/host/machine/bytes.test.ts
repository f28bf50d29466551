import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { asFault } from "../../../../sdk/host/faults.ts";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import { fileSizes } from "../../../../sdk/host/storage/files.ts";
import { everything, Vcenter } from "./vcenter.ts";

const page = 4096;
const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC",
      clusters: [{ name: "C", hosts: [{ name: "H", memoryGiB: 2 }] }],
      datastores: [{ name: "D", capacityGiB: 8 }],
      machines: [
        {
          name: "golden",
          memoryGiB: 1,
          memory: "full",
          disks: [{ sizeGiB: 4, usedGiB: 1 }, { sizeGiB: 1 }],
          power: "frozen",
        },
        { name: "off", memoryGiB: 1 },
      ],
    },
  ],
};

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ inventory });
});
afterEach(() => vc.close());

function refusal(work: () => void) {
  const before = everything(vc);
  try {
    work();
  } catch (error) {
    expect(everything(vc)).toEqual(before);
    return asFault(error).fault;
  }
  throw new Error("It was expected to fail.");
}

describe("guest memory", () => {
  it("is read and written at any address", () => {
    vc.write("golden", undefined, 2 * page - 3, "across pages");
    expect(vc.text("golden", undefined, 2 * page - 3, 12)).toBe("across pages");
  });

  it("is not there while a machine is off", () => {
    expect(refusal(() => vc.write("off", undefined, 0, "x"))).toMatchObject({
      _typeName: "InvalidPowerState",
      existingState: "poweredOff",
    });
    expect(refusal(() => vc.text("off", undefined, 0, 1))).toMatchObject({ _typeName: "InvalidPowerState" });
  });

  it("ends where it ends", () => {
    for (const [at, field] of [
      [2 ** 30 - 3, "length"],
      [-1, "address"],
      [0.5, "address"],
      [2 ** 31, "address"],
    ] as const)
      expect(refusal(() => vc.write("golden", undefined, at, "four"))).toMatchObject({
        _typeName: "InvalidArgument",
        invalidProperty: field,
      });
  });

  it("is not written where the host has no memory left for it", () => {
    vc.instantClone("golden", "fork");
    vc.host.universe.transact((tx) =>
      tx.change("HostSystem", vc.find("HostSystem", "H").id, () => ({ memoryBytes: 2 ** 30 + 2 * page })),
    );
    const three = new Uint8Array(3 * page).fill(7);
    expect(refusal(() => vc.write("fork", undefined, 0, three))).toMatchObject({
      _typeName: "InsufficientHostMemoryCapacityFault",
      requested: 3 * page,
      unreserved: 2 * page,
    });
    vc.write("fork", undefined, 0, three.subarray(page));
    expect(vc.figures("fork")).toMatchObject({ private: 2 });
  });
});

describe("a disk", () => {
  it("is the first, or the one of a key", () => {
    vc.write("golden", 2001, 0, "second");
    expect(vc.text("golden", 2001, 0, 6)).toBe("second");
    expect(vc.text("golden", 0, 0, 6)).not.toBe("second");
    expect(refusal(() => vc.write("golden", 2002, 0, "x"))).toMatchObject({
      _typeName: "InvalidArgument",
      invalidProperty: "key",
    });
  });

  it("ends where it ends", () => {
    expect(refusal(() => vc.write("golden", 2001, 2 ** 30 - 1, "xy"))).toMatchObject({ invalidProperty: "length" });
  });

  it("can be written while its machine is off", () => {
    vc.write("off", 0, 100, "boot");
    expect(vc.text("off", 0, 100, 4)).toBe("boot");
  });

  it("is not written where its datastore is full, nor memory where that holds the swap file", () => {
    vc.instantClone("golden", "fork");
    const { id, capacity } = vc.find("Datastore", "D");
    const free = vc.free("D");
    const left = (pages: number) =>
      vc.host.universe.transact((tx) =>
        tx.change("Datastore", id, ({ fileBytes }) => ({ fileBytes: fileBytes + vc.free("D") - pages * page })),
      );
    left(2);
    expect(free).toBeLessThan(capacity);
    const three = new Uint8Array(3 * page).fill(7);
    const fault = { _typeName: "NoDiskSpace", datastore: "D" };
    expect(refusal(() => vc.write("fork", 0, 0, three))).toMatchObject({ ...fault, file: "[D] fork/fork-000001.vmdk" });
    expect(refusal(() => vc.write("fork", undefined, 0, three))).toMatchObject({
      ...fault,
      file: "[D] fork/fork.vswp",
    });
    vc.write("fork", 0, 0, three.subarray(page));
    expect(vc.free("D")).toBe(0);
    // What a machine that is no fork may swap was set aside when it was powered on.
    vc.write("golden", undefined, 0, three);
    // The frozen source's file is what the fork is based on: there is no room for the new one it would need.
    expect(refusal(() => vc.write("golden", 0, 0, "x"))).toMatchObject(fault);
    left(0);
  });

  it("costs nothing for bytes that are there already, or for zeros where there are none", () => {
    vc.instantClone("golden", "fork");
    const free = vc.free("D");
    const same = vc.host.readBytes(vc.ref("VirtualMachine", "fork"), 0, 0, 10 * page);
    vc.write("fork", 0, 0, same);
    vc.write("fork", 0, 3 * 2 ** 30, new Uint8Array(100 * page));
    expect(vc.free("D")).toBe(free);
    vc.write("fork", 0, 3 * 2 ** 30, "x");
    expect(vc.free("D")).toBe(free - page);
  });

  it("that is frozen gets a file of its own with the first write after a fork", () => {
    const free = vc.free("D");
    vc.write("golden", 0, 0, "y");
    expect(vc.free("D")).toBe(free);
    vc.instantClone("golden", "fork");
    const forked = vc.free("D");
    vc.write("golden", 0, 0, "x");
    expect(vc.free("D")).toBe(forked - fileSizes.descriptor - page);
  });
});
