import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { Caller } from "../caller.ts";

const machine = (n: number): Ref<"VirtualMachine"> => ({ type: "VirtualMachine", value: `vm-${n}` });

let caller: Caller;
let golden: Ref;
beforeEach(() => {
  caller = Caller.start({ clock: "manual" });
  golden = caller.ref("VirtualMachine", "golden");
});
afterEach(() => caller.close());

const fork = (name: string, on = caller) => on.call(golden, "InstantClone_Task", { spec: { name, location: {} } });
const state = (task: unknown, on = caller) => on.record(task).state;
const has = (name: string, on = caller) => on.names("VirtualMachine").includes(name);

describe("running tasks", () => {
  it("have made nothing until they are done", () => {
    const before = caller.state;
    const { unique } = caller.host.universe.pages;
    const task = fork("a");
    expect(state(task)).toBe("running");
    expect(caller.state.objects).toBe(before.objects);
    caller.host.clock.advance("50ms");
    expect(caller.record(task).progress).toBeGreaterThan(0);
    expect(caller.state.objects).toBe(before.objects);
    expect(caller.state.events).toBe(before.events);
    caller.host.clock.advance("1s");
    expect(state(task)).toBe("success");
    expect(caller.record(task).result).toEqual(caller.ref("VirtualMachine", "a"));
    expect(caller.host.universe.pages.unique).toBe(unique);
  });

  it("go on in a twin, each its own way", () => {
    const [first, second] = [fork("a"), fork("b")];
    caller.host.clock.advance("20ms");
    const twin = new Caller(caller.host.fork());
    twin.call(first, "CancelTask");
    twin.host.clock.advance("1h");
    expect([state(first, twin), state(second, twin)]).toEqual(["error", "success"]);
    expect([has("a", twin), has("b", twin)]).toEqual([false, true]);
    expect([state(first), state(second)]).toEqual(["running", "queued"]);
    caller.host.clock.advance("1h");
    expect([has("a"), has("b")]).toEqual([true, true]);
    twin.close();
  });

  it("go on where they stood when a mark is restored, and those that began later never were", () => {
    const first = fork("a");
    caller.host.clock.advance("20ms");
    const mark = caller.host.snapshot();
    const moment = caller.host.clock.now();
    for (let round = 0; round < 3; round++) {
      const second = fork("b");
      caller.host.clock.advance("1m");
      expect([state(first), state(second), has("a"), has("b")]).toEqual(["success", "success", true, true]);
      caller.host.restore(mark);
      expect(caller.host.clock.now()).toEqual(moment);
      expect([state(first), has("a"), has("b")]).toEqual(["running", false, false]);
      expect(caller.fault(second, "CancelTask")._typeName).toBe("ManagedObjectNotFound");
    }
    caller.host.clock.advance("1m");
    expect(has("a")).toBe(true);
    mark.release();
  });

  it("are cancelled by CancelTask, once", () => {
    const task = fork("a");
    expect(caller.call(task, "CancelTask")).toBeUndefined();
    expect(caller.record(task)).toMatchObject({ state: "error", cancelled: true });
    expect(caller.fault(task, "CancelTask")._typeName).toBe("InvalidState");
    const rename = caller.call(golden, "Rename_Task", { newName: "gold" });
    expect(caller.fault(rename, "CancelTask")._typeName).toBe("NotSupported");
    caller.host.clock.advance("1m");
    expect([has("a"), has("gold")]).toEqual([false, true]);
  });

  it("find out at the end that what they are about has gone", () => {
    const off = caller.ref("VirtualMachine", "build-01");
    const folder = caller.find("VirtualMachine", "build-01").parent;
    const task = caller.call(off, "Rename_Task", { newName: "x" });
    caller.host.clock.advance(10);
    // Whoever destroys the folder does not ask its machines whether they are busy.
    for (const name of ["web-01", "web-02", "db-01"])
      caller.call(caller.ref("VirtualMachine", name), "PowerOffVM_Task");
    const doomed = caller.call({ type: "Folder", value: `group-v${folder}` }, "Destroy_Task");
    caller.host.clock.advance(30);
    expect(state(task)).toBe("running");
    caller.host.clock.advance("1m");
    expect(state(task)).toBe("success");
    expect(state(doomed)).toBe("error");
    const later = caller.call({ type: "Folder", value: `group-v${folder}` }, "Destroy_Task");
    caller.host.clock.advance(395);
    const late = caller.call(off, "Rename_Task", { newName: "y" });
    caller.host.clock.advance("1m");
    expect(state(later)).toBe("success");
    expect(caller.record(late).error?.fault._typeName).toBe("ManagedObjectNotFound");
    expect([caller.state.due.size, caller.state.busy.size]).toEqual([0, 0]);
  });

  it("that wait for a source find out that it has changed when their turn comes", () => {
    const [first, second] = [fork("a"), fork("b")];
    expect(caller.fault(golden, "PowerOffVM_Task")._typeName).toBe("TaskInProgress");
    caller.host.clock.advance("1m");
    caller.call(golden, "PowerOffVM_Task");
    const third = fork("c");
    expect(state(third)).toBe("queued");
    caller.host.clock.advance("1m");
    expect([state(first), state(second)]).toEqual(["success", "success"]);
    expect(caller.record(third).error?.fault._typeName).toBe("InvalidPowerState");
    expect(caller.record(third).started).toBe(caller.record(third).completed);
  });

  it("may be described, finished or not, but not driven from outside", () => {
    const task = fork("a");
    const description = { key: "com.example.fork", message: "Forking" };
    for (let i = 0; i < 2; i++) {
      caller.call(task, "SetTaskDescription", { description });
      expect(caller.record(task).description).toEqual(description);
      expect(caller.fault(task, "SetTaskState", { state: "success" })._typeName).toBe("InvalidState");
      expect(caller.fault(task, "UpdateProgress", { percentDone: 50 })._typeName).toBe("InvalidState");
      caller.host.clock.advance("1m");
    }
    expect(state(task)).toBe("success");
    expect(caller.state.finished.size).toBe(1);
  });
});

describe("the clocks", () => {
  it("cannot be advanced unless they are manual", () => {
    const host = Host.start({ seed: 1 });
    expect(() => host.clock.advance("1s")).toThrow('only in a host started with clock: "manual"');
    host.close();
  });

  it.each(["", "1", "1 s", "-1s", "s", "1w", "1e3s", "NaNs"])("understand no duration %o", (duration) => {
    expect(() => caller.host.clock.advance(duration)).toThrow(RangeError);
    expect(() => caller.host.clock.advance(duration)).toThrow(JSON.stringify(duration));
  });

  it.each([
    [1500, 1500],
    ["250ms", 250],
    ["3s", 3000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
  ])("understand %o", (duration, ms) => {
    const before = caller.host.clock.now().getTime();
    caller.host.clock.advance(duration);
    expect(caller.host.clock.now().getTime() - before).toBe(ms);
  });

  it("of the real kind do what is due by themselves, and nothing once the host is closed", async () => {
    const real = new Caller(Host.start({ clock: "real" }));
    const off = real.ref("VirtualMachine", "build-01");
    const task = real.call(off, "Rename_Task", { newName: "soon" });
    expect(state(task, real)).toBe("running");
    const done = new Promise<void>((resolve) => {
      real.host.universe.listen(() => state(task, real) === "success" && resolve());
    });
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 10_000))]);
    expect(has("soon", real)).toBe(true);
    const { started = 0, completed = 0 } = real.record(task);
    expect(completed - started).toBeGreaterThanOrEqual(50);
    real.call(off, "Rename_Task", { newName: "never" });
    const { state: last } = real;
    real.close();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(real.host.universe.state).toBe(last);
  });

  it("of the real kind take up what was due while nobody looked, as after a restore", async () => {
    const real = new Caller(Host.start({ clock: "real" }));
    const task = real.call(real.ref("VirtualMachine", "build-01"), "Rename_Task", { newName: "late" });
    const mark = real.host.snapshot();
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(has("late", real)).toBe(true);
    real.host.restore(mark);
    expect([state(task, real), has("late", real)]).toEqual(["running", false]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(has("late", real)).toBe(true);
    mark.release();
    real.close();
  });
});

describe("logical time", () => {
  it("begins where the host was told, the zone being UTC where none is named", () => {
    for (const [start, time] of [
      ["2030-05-06T07:08:09", "2030-05-06T07:08:09.000Z"],
      ["2030-05-06T07:08:09+02:00", "2030-05-06T05:08:09.000Z"],
      ["2030-05-06", "2030-05-06T00:00:00.000Z"],
    ] as const) {
      const host = Host.start({ start });
      expect(host.clock.now().toISOString()).toBe(time);
      host.close();
    }
  });

  it("passes by changes, not by reading", () => {
    const instant = Caller.start();
    const before = instant.host.clock.now().getTime();
    instant.call(machine(23), "Reload");
    expect(instant.host.clock.now().getTime()).toBe(before);
    instant.call(golden, "Rename_Task", { newName: "gold" });
    expect(instant.host.clock.now().getTime()).toBe(before + 1);
    instant.close();
  });
});
