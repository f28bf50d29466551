import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { Caller, eventManager, taskManager } from "../caller.ts";

let caller: Caller;
beforeEach(() => {
  caller = Caller.start({ retention: { tasks: 100, events: 100 } });
});
afterEach(() => caller.close());

const vm = (name: string) => caller.ref("VirtualMachine", name);
const log = (msg: string, entity: Ref = vm("golden")) => caller.call(eventManager, "LogUserEvent", { entity, msg });
const logged = (count: number, from = 1) => {
  for (let i = from; i < from + count; i++) log(`${i}`);
};
const rename = (newName: string) => caller.task(vm("web-01"), "Rename_Task", { newName });

const events = (filter: object = {}) => caller.call(eventManager, "CreateCollectorForEvents", { filter }) as Ref;
const query = (filter: object) => caller.call(eventManager, "QueryEvents", { filter }) as vim.Event[];
const messages = (list: unknown) => (list as vim.Event[]).map(({ fullFormattedMessage }) => fullFormattedMessage);
const next = (collector: Ref, maxCount: number) => messages(caller.call(collector, "ReadNextEvents", { maxCount }));
const previous = (collector: Ref, maxCount: number) =>
  messages(caller.call(collector, "ReadPreviousEvents", { maxCount }));
const latest = (collector: Ref) => messages(property(collector, "latestPage"));
function property(collector: Ref, name: string): unknown {
  return caller.connection.session?.objects.get(collector.value)?.property(name);
}
const numbers = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, i) => `${from + Math.sign(to - from) * i}`);

describe("a collector of events", () => {
  it("begins at the oldest and reads on, also what has come since", () => {
    logged(25);
    const collector = events();
    expect(next(collector, 10)).toEqual(numbers(1, 10));
    expect(next(collector, 100)).toEqual(numbers(11, 25));
    expect(next(collector, 100)).toEqual([]);
    logged(2, 26);
    expect(next(collector, 100)).toEqual(["26", "27"]);
  });

  it("reads back, the newer ones first, and forth again", () => {
    logged(25);
    const collector = events();
    next(collector, 20);
    expect(previous(collector, 5)).toEqual(numbers(20, 16));
    expect(next(collector, 3)).toEqual(numbers(16, 18));
    expect(previous(collector, 100)).toEqual(numbers(18, 1));
    expect(previous(collector, 1)).toEqual([]);
    expect(next(collector, 1)).toEqual(["1"]);
  });

  it("goes to just before the latest page, and back to the oldest", () => {
    logged(25);
    const collector = events();
    caller.call(collector, "ResetCollector");
    expect(next(collector, 100)).toEqual(numbers(16, 25));
    caller.call(collector, "ResetCollector");
    expect(previous(collector, 3)).toEqual(numbers(15, 13));
    caller.call(collector, "RewindCollector");
    expect(previous(collector, 3)).toEqual([]);
    expect(next(collector, 2)).toEqual(["1", "2"]);
  });

  it("shows its latest page, the newest first, of the size it is told", () => {
    logged(25);
    const collector = events();
    expect(latest(collector)).toEqual(numbers(25, 16));
    caller.call(collector, "SetCollectorPageSize", { maxCount: 3 });
    expect(latest(collector)).toEqual(numbers(25, 23));
    expect(next(collector, 1)).toEqual(["1"]);
    logged(1, 26);
    expect(latest(collector)).toEqual(numbers(26, 24));
  });

  it("loses what is forgotten, and nothing else", () => {
    logged(50);
    const collector = events();
    next(collector, 10);
    logged(100, 51);
    expect(next(collector, 1000)).toEqual(numbers(51, 150));
    expect(previous(collector, 1000)).toEqual(numbers(150, 51));
  });

  it("reads from 1 to 1000 at a time", () => {
    const collector = events();
    for (const maxCount of [0, -1, 1001]) {
      expect(caller.fault(collector, "ReadNextEvents", { maxCount })).toMatchObject({ invalidProperty: "maxCount" });
      expect(caller.fault(collector, "ReadPreviousEvents", { maxCount })._typeName).toBe("InvalidArgument");
      expect(caller.fault(collector, "SetCollectorPageSize", { maxCount })._typeName).toBe("InvalidArgument");
    }
  });

  it("is one of 32 at most, and gone once it is destroyed", () => {
    const all = Array.from({ length: 32 }, () => events());
    expect(new Set(all.map(({ value }) => value)).size).toBe(32);
    expect(caller.fault(eventManager, "CreateCollectorForEvents", { filter: {} })._typeName).toBe("InvalidState");
    const [first] = all;
    caller.call(first, "DestroyCollector");
    expect(caller.fault(first, "ReadNextEvents", { maxCount: 1 })._typeName).toBe("ManagedObjectNotFound");
    events();
  });

  it("is a collector of events to nobody who takes it for one of tasks", () => {
    const { value } = events();
    expect(caller.fault({ type: "TaskHistoryCollector", value }, "ReadNextTasks", { maxCount: 1 })._typeName).toBe(
      "ManagedObjectNotFound",
    );
  });
});

describe("a filter of events", () => {
  beforeEach(() => {
    log("one");
    caller.task(vm("web-01"), "PowerOffVM_Task");
    rename("web-1");
    log("two", vm("db-01"));
  });

  const types = (filter: object) => query(filter).map(({ _typeName }) => _typeName);

  it.each([
    [{ type: ["VmPoweredOffEvent"] }, ["VmPoweredOffEvent"]],
    [{ type: ["VmEvent"] }, ["VmStoppingEvent", "VmPoweredOffEvent", "VmRenamedEvent"]],
    [{ eventTypeId: ["vim.event.VmRenamedEvent"] }, ["VmRenamedEvent"]],
    [{ category: ["user"] }, ["GeneralUserEvent", "GeneralUserEvent"]],
    [{ category: ["info"], maxCount: 1 }, ["VmRenamedEvent"]],
    [{ maxCount: 2 }, ["VmRenamedEvent", "GeneralUserEvent"]],
    [{ userName: { systemUser: false, userList: ["administrator@vsphere.local"] }, maxCount: 1 }, ["GeneralUserEvent"]],
    [{ userName: { systemUser: true, userList: ["alice"] } }, []],
    [{ time: { endTime: "2025-12-31T00:00:00Z" } }, []],
    [{ time: { beginTime: "2026-01-01T00:00:00Z", endTime: "2026-01-01T00:00:00Z" } }, ["GeneralUserEvent"]],
  ])("%o passes %o", (filter, passed) => {
    expect(types(filter)).toEqual(passed);
  });

  it("looks at an object, at what is below it, or at both", () => {
    const scope = (entity: Ref, recursion: string) =>
      messages(query({ entity: { entity, recursion }, category: ["user"] }));
    expect(scope(vm("db-01"), "self")).toEqual(["two"]);
    expect(scope(caller.ref("Folder", "servers"), "self")).toEqual([]);
    expect(scope(caller.ref("Folder", "servers"), "children")).toEqual(["two"]);
    expect(scope(caller.ref("ResourcePool", "servers"), "all")).toEqual(["two"]);
    expect(scope(caller.ref("Datacenter", "DC0"), "all")).toEqual(["one", "two"]);
    expect(scope(caller.ref("HostSystem", "esx-01.lab.local"), "all")).toContain("one");
  });

  it("finds all events of one operation by their chain", () => {
    const [renamed] = query({ type: ["VmRenamedEvent"] });
    expect(query({ eventChainId: renamed?.chainId })).toHaveLength(1);
    expect(query({ eventChainId: 99_999 })).toEqual([]);
  });

  it("wants a count that makes sense", () => {
    expect(caller.fault(eventManager, "QueryEvents", { filter: { maxCount: 0 } })).toMatchObject({
      invalidProperty: "filter.maxCount",
    });
  });
});

describe("a collector of tasks", () => {
  const tasks = (filter: object = {}) => caller.call(taskManager, "CreateCollectorForTasks", { filter }) as Ref;
  const read = (collector: Ref, maxCount = 100) =>
    caller.call(collector, "ReadNextTasks", { maxCount }) as vim.TaskInfo[];
  const keys = (list: readonly vim.TaskInfo[]) => list.map(({ key }) => key);

  it("pages through what was asked, succeeded or not", () => {
    for (let i = 0; i < 5; i++) caller.task(vm("golden"), "Rename_Task", { newName: i % 2 ? "" : "golden" });
    const collector = tasks();
    expect(keys(read(collector, 2))).toEqual(["task-1", "task-2"]);
    expect(keys(read(collector))).toEqual(["task-3", "task-4", "task-5"]);
    expect(keys(caller.call(collector, "ReadPreviousTasks", { maxCount: 2 }) as vim.TaskInfo[])).toEqual([
      "task-5",
      "task-4",
    ]);
    expect(read(tasks({ state: ["error"] }))).toMatchObject([{ key: "task-2", state: "error" }, { key: "task-4" }]);
    expect(read(tasks({ eventChainId: [3] }))).toHaveLength(1);
    const time = { timeType: "queuedTime", beginTime: "2026-01-01T00:00:00.003Z" };
    expect(keys(read(tasks({ time })))).toEqual(["task-4", "task-5"]);
  });

  it("follows tasks as they go on", () => {
    const manual = Caller.start({ clock: "manual" });
    const web = manual.ref("VirtualMachine", "web-01");
    const running = manual.call(taskManager, "CreateCollectorForTasks", { filter: { state: ["running"] } });
    manual.call(web, "Rename_Task", { newName: "x" });
    const page = () => manual.connection.session?.objects.get(Object(running).value)?.property("latestPage");
    expect(page()).toMatchObject([{ state: "running", descriptionId: "VirtualMachine.rename" }]);
    manual.host.clock.advance("1s");
    expect(page()).toEqual([]);
    manual.close();
  });
});
