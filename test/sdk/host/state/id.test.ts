import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { machineOfUuid, macOf, mix, uuidOf } from "../../../../sdk/host/random.ts";
import { names, numberIn, taskRef } from "../../../../sdk/host/state/id.ts";
import { Caller } from "../caller.ts";

const seeds = fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
const machines = fc.integer({ min: 1, max: 2 ** 32 - 1 });
const kinds = fc.constantFrom("bios" as const, "instance" as const);

describe("UUIDs", () => {
  it("tell the machine that they belong to, for any seed and machine", () => {
    fc.assert(
      fc.property(seeds, kinds, machines, (seed, kind, id) => machineOfUuid(seed, kind, uuidOf(seed, kind, id)) === id),
    );
  });

  it("have the form of vCenter's", () => {
    fc.assert(
      fc.property(seeds, kinds, machines, (seed, kind, id) => {
        const pattern = kind === "bios" ? /^42/ : /^50/;
        expect(uuidOf(seed, kind, id)).toMatch(pattern);
        expect(uuidOf(seed, kind, id)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }),
    );
  });

  it("are of nobody when they were made by another seed, for the other purpose, or by chance", () => {
    const whose = (seed: number, kind: "bios" | "instance", uuid: string) => {
      const id = machineOfUuid(seed, kind, uuid);
      return id !== 0 && uuidOf(seed, kind, id) === uuid;
    };
    fc.assert(
      fc.property(machines, fc.uuid(), (id, other) => {
        expect(whose(1, "bios", uuidOf(2, "bios", id))).toBe(false);
        expect(whose(1, "instance", uuidOf(1, "bios", id))).toBe(false);
        expect(whose(1, "bios", other)).toBe(false);
      }),
    );
    for (const no of ["", "x", "42", uuidOf(1, "bios", 7).replace("-", ""), `${uuidOf(1, "bios", 7)}0`])
      expect(machineOfUuid(1, "bios", no)).toBe(0);
  });

  it("are all different, as are MAC addresses up to a million machines", () => {
    const count = 50_000;
    const ids = Array.from({ length: count }, (_, i) => i + 1);
    expect(new Set(ids.map((id) => uuidOf(1, "bios", id))).size).toBe(count);
    expect(new Set(ids.flatMap((id) => [0, 1, 2, 3].map((card) => macOf(id, card)))).size).toBe(4 * count);
    expect(macOf(2 ** 20 - 1, 3)).toBe("00:50:56:bf:ff:ff");
  });

  it("depend on every number that goes in", () => {
    expect(new Set([mix(1), mix(2), mix(1, 0), mix(1, 1), mix(1, 0, 0), mix(1, 1, 0)]).size).toBe(6);
  });
});

describe("managed object ids", () => {
  it.each([
    ["vm-42", 42],
    ["group-v3", 3],
    ["domain-c7", 7],
    ["42", 42],
    ["vm-", 0],
    ["", 0],
    ["vm-99999999999999999999", 0],
    ["vm-４２", 0],
  ])("%o ends with the number %i", (id, number) => {
    expect(numberIn(id)).toBe(number);
  });

  it("name an object by type, prefix and number together, and task ids likewise", () => {
    const caller = Caller.start();
    const golden = caller.find("VirtualMachine", "golden");
    const { value } = caller.ref("VirtualMachine", "golden");
    expect(names({ type: "VirtualMachine", value }, golden)).toBe(true);
    const wrong = [
      { type: "Folder", value },
      { type: "VirtualMachine", value: value.replace("vm-", "vm-0") },
      { type: "VirtualMachine", value: value.replace("vm-", "host-") },
      { type: "VirtualMachine", value: `${golden.id}` },
    ];
    for (const ref of wrong) {
      expect(names(ref, golden)).toBe(false);
      expect(caller.fault(ref, "Reload")).toMatchObject({ _typeName: "ManagedObjectNotFound", obj: ref });
    }
    const task = caller.call({ type: "VirtualMachine", value }, "Rename_Task", { newName: "gold" });
    expect(task).toEqual(taskRef({ id: 1 }));
    for (const id of ["task-01", "1", "x-1"])
      expect(caller.fault({ type: "Task", value: id }, "CancelTask")._typeName).toBe("ManagedObjectNotFound");
    caller.close();
  });
});
