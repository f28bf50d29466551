import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InventoryDescription } from "../../../../sdk/host/inventory/description.ts";
import { lab } from "../../../../sdk/host/inventory/lab.ts";
import { numberIn } from "../../../../sdk/host/state/id.ts";
import type { TaskRecord } from "../../../../sdk/host/state/task-record.ts";
import { everything, faultOf, Vcenter } from "./vcenter.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ clock: "manual" });
});
afterEach(() => vc.close());

/** The lab, in which a machine has a disk of another kind. */
const withDisk = (name: string, disk: { sizeGiB: number; usedGiB: number }): InventoryDescription => ({
  datacenters: lab.datacenters.map((datacenter) => ({
    ...datacenter,
    machines: (datacenter.machines ?? []).map((each) => (each.name === name ? { ...each, disks: [disk] } : each)),
  })),
});

function start(source: string, name: string): number {
  const ref = vc.start(source, "InstantClone_Task", { spec: { name, location: {} } });
  return numberIn(ref.value);
}
const task = (number: number): TaskRecord => {
  const found = vc.state.tasks.get(number);
  if (!found) throw new Error("no task");
  return found;
};

describe("an instant clone that takes its time", () => {
  it("goes through its phases, of which nothing is to be seen until the last has ended", () => {
    const number = start("golden", "desk-1");
    const before = everything(vc);
    expect(task(number)).toMatchObject({ state: "running", progress: 0, descriptionId: "VirtualMachine.instantClone" });
    vc.host.clock.advance("30ms");
    expect(task(number).progress).toBeGreaterThan(0);
    expect(everything(vc)).toEqual(before);
    vc.host.clock.advance("1s");
    expect(task(number)).toMatchObject({ state: "success", result: vc.ref("VirtualMachine", "desk-1") });
    expect(vc.machine("desk-1").created).toBe(task(number).completed);
  });

  it("is done within a second; 64 of one source within six", () => {
    const numbers = Array.from({ length: 64 }, (_, i) => start("web-01", `copy-${i}`));
    vc.host.clock.advance("1s");
    expect(task(numbers[0] ?? 0).state).toBe("success");
    vc.host.clock.advance("5s");
    expect(numbers.every((number) => task(number).state === "success")).toBe(true);
  });

  it("waits its turn at its source, and not at others", () => {
    const numbers = [start("golden", "a"), start("golden", "b"), start("web-01", "c")];
    expect(numbers.map((number) => task(number).state)).toEqual(["running", "queued", "running"]);
  });

  it("is refused as soon as its turn has come, by what is wrong then", () => {
    expect(task(start("golden", "golden"))).toMatchObject({
      state: "error",
      error: { fault: { _typeName: "DuplicateName" } },
    });
    const numbers = [start("golden", "twice"), start("golden", "twice")];
    vc.host.clock.advance("1s");
    expect(numbers.map((number) => task(number).state)).toEqual(["success", "error"]);
  });

  it("can be canceled, and then has never been", () => {
    const before = everything(vc);
    const number = start("golden", "desk-1");
    vc.call({ type: "Task", value: `task-${number}` }, "CancelTask", {});
    expect(task(number)).toMatchObject({ state: "error", cancelled: true });
    vc.host.clock.advance("1m");
    expect(everything(vc)).toEqual(before);
  });

  it("keeps its source from being powered off or changed meanwhile", () => {
    start("golden", "desk-1");
    for (const work of [
      () => vc.vm("golden", "PowerOffVM_Task", {}),
      () => vc.vm("golden", "ReconfigVM_Task", { spec: { annotation: "x" } }),
      () => vc.vm("golden", "UnregisterVM", {}),
    ])
      expect(faultOf(work)).toMatchObject({ _typeName: "TaskInProgress", task: { type: "Task" } });
  });

  it("goes on in a twin and after a restore, as it stood", () => {
    const number = start("golden", "desk-1");
    vc.host.clock.advance("30ms");
    const mark = vc.host.snapshot();
    const twin = vc.twin();
    vc.host.clock.advance("1s");
    expect(() => twin.machine("desk-1")).toThrow();
    twin.host.clock.advance("1s");
    expect(twin.machine("desk-1")).toEqual(vc.machine("desk-1"));
    twin.close();
    vc.host.restore(mark);
    expect(task(number).state).toBe("running");
    vc.host.clock.advance("1s");
    expect(vc.machine("desk-1").power).toBe("poweredOn");
    mark.release();
  });
});

describe("tasks that take their time", () => {
  it("power a machine on when they end, and hold others off until then", () => {
    const ref = vc.start("build-01", "PowerOnVM_Task", {});
    expect(vc.machine("build-01").power).toBe("poweredOff");
    expect(faultOf(() => vc.vm("build-01", "PowerOnVM_Task", {}))._typeName).toBe("TaskInProgress");
    vc.host.clock.advance("2s");
    expect(vc.machine("build-01").power).toBe("poweredOn");
    expect(task(numberIn(ref.value)).state).toBe("success");
  });

  it("copy disks for as long as there is to copy, and clone side by side", () => {
    vc.close();
    const inventory = withDisk("web-02", { sizeGiB: 40, usedGiB: 4 });
    vc = new Vcenter({ clock: "manual", inventory });
    const folder = vc.ref("Folder", "servers");
    const spec = { location: {}, template: false, powerOn: false };
    const refs = ["a", "b"].map((name) => vc.start("web-02", "CloneVM_Task", { folder, name, spec }));
    vc.host.clock.advance("10s");
    expect(refs.map(({ value }) => task(numberIn(value)).state)).toEqual(["running", "running"]);
    vc.host.clock.advance("10s");
    expect(refs.map(({ value }) => task(numberIn(value)).state)).toEqual(["success", "success"]);
  });
});
