import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClockKind } from "../../../../sdk/host/clock.ts";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";
import { invalidState } from "../../../../sdk/host/faults.ts";
import { emptyState } from "../../../../sdk/host/state/state.ts";
import type { TaskRecord } from "../../../../sdk/host/state/task-record.ts";
import { Universe } from "../../../../sdk/host/state/universe.ts";
import { TaskEngine } from "../../../../sdk/host/task/engine.ts";
import { nextDue } from "../../../../sdk/host/task/locks.ts";
import type { AnyOperation } from "../../../../sdk/host/task/operation.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { faultOf } from "../caller.ts";

/** What the operations of these tests did, in order. */
let log: string[] = [];
let refuse: Set<string> = new Set();
let universe: Universe;
let engine: TaskEngine;

const refused = invalidState("refused");

/** An operation that leaves an event, so that what it did shows. */
function operation(name: string, more: Partial<AnyOperation> = {}): AnyOperation {
  return {
    kind: "operation",
    lock: undefined,
    cancelable: false,
    keeps: (_view, job) => job.id,
    requires: () => [],
    phases: () => [
      { name: "one", ms: 10 },
      { name: "two", ms: 30 },
    ],
    begin(_view, job) {
      log.push(`${name} ${job.task} begins`);
      if (refuse.has("begin")) throw refused;
    },
    finish(tx, job) {
      tx.guests.set(`ip:${name}${job.task}`, job.id);
      if (refuse.has("finish")) throw invalidState("failed");
      log.push(`${name} ${job.task} at ${tx.now}`);
      return `${name} done`;
    },
    ...more,
  };
}

const operations: Readonly<Record<string, AnyOperation>> = {
  free: operation("free"),
  exclusive: operation("exclusive", { lock: "exclusive" }),
  queued: operation("queued", { lock: "queued", cancelable: true }),
  brief: operation("brief", { phases: () => [] }),
  broken: operation("broken", {
    finish() {
      throw new Error("our mistake");
    },
  }),
  indirect: operation("indirect", { lock: "exclusive", keeps: () => 5 }),
  aimless: operation("aimless", {
    lock: "queued",
    phases() {
      throw new Error("no phases");
    },
  }),
};

const found = (_type: string, method: string): AnyOperation => {
  const operation = operations[method];
  if (!operation) throw new Error(`no operation ${method}`);
  return operation;
};

function start(clock: ClockKind, tasks = 100): void {
  const options = { seed: 1, clock, logicalTime: true, retention: { tasks, events: 10 } };
  universe = new Universe(options, emptyState(1000, []), new PageStore());
  engine = new TaskEngine(universe, found);
}

function submit(method: string, entity = 5): number {
  const self: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: `vm-${entity}` };
  const operation = found("", method);
  const more = { method, descriptionId: method, entityName: `vm ${entity}`, args: {}, user: "me" };
  return Number(engine.submit({ operation, self, id: entity, ...more }).value.slice("task-".length));
}

function advance(ms: number): void {
  const until = universe.now + ms;
  for (let next = nextDue(universe.state); next && next.due <= until; next = nextDue(universe.state)) {
    universe.setTime(next.due);
    engine.runDue();
  }
  universe.setTime(until);
}

function task(id: number): TaskRecord {
  const found = universe.state.tasks.get(id);
  if (!found) throw new Error(`no task ${id}`);
  return found;
}

const cancel = (id: number) => universe.transact((tx) => engine.cancel(tx, task(id)));
const states = () => Object.fromEntries([...universe.state.tasks.values()].map(({ id, state }) => [id, state]));
const idle = () => [universe.state.due.size, universe.state.busy.size];

beforeEach(() => {
  log = [];
  refuse = new Set();
  start("manual");
});
afterEach(() => universe.close());

describe("a task on the instant clock", () => {
  beforeEach(() => start("instant"));

  it("is finished when its method returns", () => {
    const id = submit("exclusive");
    expect(task(id)).toMatchObject({
      state: "success",
      queued: 1000,
      started: 1000,
      completed: 1000,
      result: "exclusive done",
    });
    expect(task(id).work).toBeUndefined();
    expect(log).toEqual(["exclusive 1 begins", "exclusive 1 at 1000"]);
  });

  it.each(["begin", "finish"])("that fails in %s has an error and has done nothing", (where) => {
    refuse.add(where);
    const id = submit("free");
    expect(task(id)).toMatchObject({
      state: "error",
      completed: 1000,
      error: { fault: { _typeName: "InvalidState" } },
    });
    expect(universe.state.guests.size).toBe(0);
    refuse.clear();
    expect(submit("free")).toBe(id + 1);
  });
});

describe("a task on the manual clock", () => {
  it("runs through its phases and does its work at the end of the last", () => {
    const id = submit("free");
    expect(task(id)).toMatchObject({ state: "running", progress: 0, started: 1000 });
    advance(9);
    expect(task(id)).toMatchObject({ state: "running", progress: 0 });
    advance(1);
    expect(task(id)).toMatchObject({ state: "running", progress: 50 });
    expect(universe.state.guests.size).toBe(0);
    advance(30);
    expect(task(id)).toMatchObject({ state: "success", completed: 1040, progress: undefined, result: "free done" });
    expect(universe.state.guests.size).toBe(1);
    expect(idle()).toEqual([0, 0]);
  });

  it("is stepped at its own moments, however far time is advanced", () => {
    submit("free");
    advance(5);
    submit("free", 6);
    advance(1000);
    expect(log).toEqual(["free 1 begins", "free 2 begins", "free 1 at 1040", "free 2 at 1045"]);
  });

  it("comes in the order of submission where several are due at one moment", () => {
    for (let entity = 20; entity > 0; entity--) submit("free", entity);
    cancelIfAllowed(3);
    advance(40);
    expect(log.slice(20)).toEqual(Array.from({ length: 20 }, (_, i) => `free ${i + 1} at 1040`));
  });

  it("without phases is done as soon as time moves at all", () => {
    const id = submit("brief");
    expect(task(id).state).toBe("running");
    advance(0);
    expect(task(id)).toMatchObject({ state: "success", completed: 1000 });
  });

  it("that is refused at its beginning is over at once", () => {
    refuse.add("begin");
    for (const method of ["free", "exclusive", "queued", "aimless"]) {
      const id = submit(method);
      expect(task(id)).toMatchObject({ state: "error", started: 1000, completed: 1000 });
    }
    expect(idle()).toEqual([0, 0]);
  });

  it("that fails at its end has done nothing, and lets the next one in", () => {
    submit("queued");
    submit("queued");
    refuse.add("finish");
    advance(40);
    refuse.clear();
    expect(states()).toEqual({ 1: "error", 2: "running" });
    expect(universe.state.guests.size).toBe(0);
    advance(40);
    expect(states()).toEqual({ 1: "error", 2: "success" });
    expect(idle()).toEqual([0, 0]);
  });

  it("reports a mistake of ours as SystemError, and goes on", () => {
    const id = submit("broken");
    submit("free");
    advance(40);
    expect(task(id).error).toMatchObject({ fault: { _typeName: "SystemError", reason: "our mistake" } });
    expect(task(id + 1).state).toBe("success");
  });
});

describe("tasks on one object", () => {
  it("refuse another one while an exclusive task is at work", () => {
    const id = submit("exclusive");
    const made = faultOf(() => submit("exclusive"));
    expect(made).toMatchObject({ _typeName: "TaskInProgress", task: { type: "Task", value: `task-${id}` } });
    expect(made.message).toContain("is busy with another task (task-1)");
    submit("exclusive", 6);
    advance(40);
    expect(states()).toEqual({ 1: "success", 2: "success" });
    submit("exclusive");
  });

  it("wait their turn in the order of submission, where they may", () => {
    submit("exclusive");
    submit("queued");
    submit("queued");
    submit("queued", 6);
    submit("free");
    expect(states()).toEqual({ 1: "running", 2: "queued", 3: "queued", 4: "running", 5: "running" });
    expect(faultOf(() => submit("exclusive"))._typeName).toBe("TaskInProgress");
    advance(40);
    expect(states()).toEqual({ 1: "success", 2: "running", 3: "queued", 4: "success", 5: "success" });
    expect(task(2)).toMatchObject({ queued: 1000, started: 1040 });
    advance(80);
    expect(task(3)).toMatchObject({ state: "success", started: 1080, completed: 1120 });
    expect(idle()).toEqual([0, 0]);
  });

  it("that refuse when their turn has come make way for the next, thousands of them too", () => {
    const count = 5000;
    submit("exclusive");
    for (let i = 0; i < count; i++) submit("queued");
    refuse.add("begin");
    advance(40);
    const finished = [...universe.state.tasks.values()];
    expect(finished.every(({ work }) => work === undefined)).toBe(true);
    expect(finished.filter(({ state }) => state === "error")).toHaveLength(100);
    expect(idle()).toEqual([0, 0]);
  });
});

describe("tasks that keep another object than their own", () => {
  it("exclude those on that object, and pass it on", () => {
    const indirect = submit("indirect", 7);
    expect(faultOf(() => submit("exclusive", 5))).toMatchObject({ task: { value: `task-${indirect}` } });
    submit("queued", 5);
    submit("exclusive", 7);
    advance(40);
    expect(states()).toEqual({ 1: "success", 2: "running", 3: "success" });
    expect(faultOf(() => submit("indirect", 7))._typeName).toBe("TaskInProgress");
    advance(40);
    expect(idle()).toEqual([0, 0]);
  });
});

describe("cancelling", () => {
  it("forgets a task that waits, and the others keep their order", () => {
    for (let i = 0; i < 3; i++) submit("queued");
    cancel(2);
    expect(task(2)).toMatchObject({
      state: "error",
      cancelled: true,
      error: { fault: { _typeName: "RequestCanceled" } },
    });
    advance(80);
    expect(states()).toEqual({ 1: "success", 2: "error", 3: "success" });
    expect(log.some((line) => line.startsWith("queued 2"))).toBe(false);
  });

  it.each([0, 10, 39])("ends a task that runs, %i ms into it, and nothing of it is left", (ms) => {
    submit("queued");
    submit("queued");
    advance(ms);
    cancel(1);
    expect(task(1)).toMatchObject({ state: "error", cancelled: true, completed: 1000 + ms, progress: undefined });
    expect(task(2)).toMatchObject({ state: "running", started: 1000 + ms });
    advance(100);
    expect(states()).toEqual({ 1: "error", 2: "success" });
    expect([...universe.state.guests.entries()]).toEqual([["ip:queued2", 5]]);
    expect(idle()).toEqual([0, 0]);
  });

  it("is refused by a task that has finished, and by one that cannot be canceled", () => {
    submit("queued");
    advance(40);
    expect(faultOf(() => cancel(1))._typeName).toBe("InvalidState");
    submit("free");
    expect(faultOf(() => cancel(2))._typeName).toBe("NotSupported");
    advance(40);
    expect(states()).toEqual({ 1: "success", 2: "success" });
  });
});

describe("history", () => {
  it("keeps the tasks that finished last, and all that have work to do", () => {
    universe.close();
    start("manual", 2);
    submit("queued");
    submit("queued");
    for (let i = 0; i < 4; i++) {
      submit("brief", 10 + i);
      advance(0);
    }
    expect(states()).toEqual({ 1: "running", 2: "queued", 5: "success", 6: "success" });
    advance(100);
    expect(states()).toEqual({ 1: "success", 2: "success" });
  });
});

function cancelIfAllowed(id: number): void {
  expect(faultOf(() => cancel(id))._typeName).toBe("NotSupported");
}
