import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { faultOf } from "../caller.ts";
import { Trial } from "./trial.ts";

let trial: Trial;
beforeEach(() => {
  trial = new Trial("manual");
});
afterEach(() => trial.close());

describe("a task on the instant clock", () => {
  beforeEach(() => {
    trial.close();
    trial = new Trial("instant");
  });

  it("is finished when its method returns", () => {
    const id = trial.submit("exclusive");
    expect(trial.task(id)).toMatchObject({
      state: "success",
      queued: 1000,
      started: 1000,
      completed: 1000,
      result: "exclusive done",
    });
    expect(trial.task(id).work).toBeUndefined();
    expect(trial.log).toEqual(["exclusive 1 begins", "exclusive 1 at 1000"]);
  });

  it.each(["begin", "finish"] as const)("that fails in %s has an error and has done nothing", (where) => {
    trial.refuse.add(where);
    const id = trial.submit("free");
    expect(trial.task(id)).toMatchObject({
      state: "error",
      completed: 1000,
      error: { fault: { _typeName: "InvalidState" } },
    });
    expect(trial.done).toEqual([]);
    trial.refuse.clear();
    expect(trial.submit("free")).toBe(id + 1);
  });
});

describe("a task on the manual clock", () => {
  it("runs through its phases and does its work at the end of the last", () => {
    const id = trial.submit("free");
    expect(trial.task(id)).toMatchObject({ state: "running", progress: 0, started: 1000 });
    trial.advance(9);
    expect(trial.task(id)).toMatchObject({ state: "running", progress: 0 });
    trial.advance(1);
    expect(trial.task(id)).toMatchObject({ state: "running", progress: 50 });
    expect(trial.done).toEqual([]);
    trial.advance(30);
    expect(trial.task(id)).toMatchObject({
      state: "success",
      completed: 1040,
      progress: undefined,
      result: "free done",
    });
    expect(trial.done).toEqual(["free 1"]);
    expect(trial.idle).toBe(true);
  });

  it("is stepped at its own moments, however far time is advanced", () => {
    trial.submit("free");
    trial.advance(5);
    trial.submit("free", 6);
    trial.advance(1000);
    expect(trial.log).toEqual(["free 1 begins", "free 2 begins", "free 1 at 1040", "free 2 at 1045"]);
  });

  it("comes in the order of submission where several are due at one moment", () => {
    for (let entity = 20; entity > 0; entity--) trial.submit("free", entity);
    expect(faultOf(() => trial.cancel(3))._typeName).toBe("NotSupported");
    trial.advance(40);
    expect(trial.log.slice(20)).toEqual(Array.from({ length: 20 }, (_, i) => `free ${i + 1} at 1040`));
  });

  it("without phases is done as soon as time moves at all", () => {
    const id = trial.submit("brief");
    expect(trial.task(id).state).toBe("running");
    trial.advance(0);
    expect(trial.task(id)).toMatchObject({ state: "success", completed: 1000 });
  });

  it("that is refused at its beginning is over at once", () => {
    trial.refuse.add("begin");
    for (const method of ["free", "exclusive", "queued", "aimless"]) {
      const id = trial.submit(method);
      expect(trial.task(id)).toMatchObject({ state: "error", started: 1000, completed: 1000 });
    }
    expect(trial.idle).toBe(true);
  });

  it("that fails at its end has done nothing, and lets the next one in", () => {
    trial.submit("queued");
    trial.submit("queued");
    trial.refuse.add("finish");
    trial.advance(40);
    trial.refuse.clear();
    expect(trial.states).toEqual({ 1: "error", 2: "running" });
    expect(trial.done).toEqual([]);
    trial.advance(40);
    expect(trial.states).toEqual({ 1: "error", 2: "success" });
    expect(trial.idle).toBe(true);
  });

  it("reports a mistake of ours as SystemError, and goes on", () => {
    const id = trial.submit("broken");
    trial.submit("free");
    trial.advance(40);
    expect(trial.task(id).error).toMatchObject({ fault: { _typeName: "SystemError", reason: "our mistake" } });
    expect(trial.task(id + 1).state).toBe("success");
  });
});

describe("tasks on one object", () => {
  it("refuse another one while an exclusive task is at work", () => {
    const id = trial.submit("exclusive");
    const made = faultOf(() => trial.submit("exclusive"));
    expect(made).toMatchObject({ _typeName: "TaskInProgress", task: { type: "Task", value: `task-${id}` } });
    expect(made.message).toContain("is busy with another task (task-1)");
    trial.submit("exclusive", 6);
    trial.advance(40);
    expect(trial.states).toEqual({ 1: "success", 2: "success" });
    trial.submit("exclusive");
  });

  it("wait their turn in the order of submission, where they may", () => {
    trial.submit("exclusive");
    trial.submit("queued");
    trial.submit("queued");
    trial.submit("queued", 6);
    trial.submit("free");
    expect(trial.states).toEqual({ 1: "running", 2: "queued", 3: "queued", 4: "running", 5: "running" });
    expect(faultOf(() => trial.submit("exclusive"))._typeName).toBe("TaskInProgress");
    trial.advance(40);
    expect(trial.states).toEqual({ 1: "success", 2: "running", 3: "queued", 4: "success", 5: "success" });
    expect(trial.task(2)).toMatchObject({ queued: 1000, started: 1040 });
    trial.advance(80);
    expect(trial.task(3)).toMatchObject({ state: "success", started: 1080, completed: 1120 });
    expect(trial.idle).toBe(true);
  });

  it("that refuse when their turn has come make way for the next, thousands of them too", () => {
    const count = 5000;
    trial.submit("exclusive");
    for (let i = 0; i < count; i++) trial.submit("queued");
    trial.refuse.add("begin");
    trial.advance(40);
    const finished = [...trial.universe.state.tasks.values()];
    expect(finished.every(({ work }) => work === undefined)).toBe(true);
    expect(finished.filter(({ state }) => state === "error")).toHaveLength(100);
    expect(trial.idle).toBe(true);
  });
});

describe("tasks that keep another object than their own", () => {
  it("exclude those on that object, and pass it on", () => {
    const indirect = trial.submit("indirect", 7);
    expect(faultOf(() => trial.submit("exclusive", 5))).toMatchObject({ task: { value: `task-${indirect}` } });
    trial.submit("queued", 5);
    trial.submit("exclusive", 7);
    trial.advance(40);
    expect(trial.states).toEqual({ 1: "success", 2: "running", 3: "success" });
    expect(faultOf(() => trial.submit("indirect", 7))._typeName).toBe("TaskInProgress");
    trial.advance(40);
    expect(trial.idle).toBe(true);
  });
});

describe("cancelling", () => {
  it("forgets a task that waits, and the others keep their order", () => {
    for (let i = 0; i < 3; i++) trial.submit("queued");
    trial.cancel(2);
    expect(trial.task(2)).toMatchObject({
      state: "error",
      cancelled: true,
      error: { fault: { _typeName: "RequestCanceled" } },
    });
    trial.advance(80);
    expect(trial.states).toEqual({ 1: "success", 2: "error", 3: "success" });
    expect(trial.log.some((line) => line.startsWith("queued 2"))).toBe(false);
  });

  it.each([0, 10, 39])("ends a task that runs, %i ms into it, and nothing of it is left", (ms) => {
    trial.submit("queued");
    trial.submit("queued");
    trial.advance(ms);
    trial.cancel(1);
    expect(trial.task(1)).toMatchObject({ state: "error", cancelled: true, completed: 1000 + ms, progress: undefined });
    expect(trial.task(2)).toMatchObject({ state: "running", started: 1000 + ms });
    trial.advance(100);
    expect(trial.states).toEqual({ 1: "error", 2: "success" });
    expect(trial.done).toEqual(["queued 2"]);
    expect(trial.idle).toBe(true);
  });

  it("is refused by a task that has finished, and by one that cannot be canceled", () => {
    trial.submit("queued");
    trial.advance(40);
    expect(faultOf(() => trial.cancel(1))._typeName).toBe("InvalidState");
    trial.submit("free");
    expect(faultOf(() => trial.cancel(2))._typeName).toBe("NotSupported");
    trial.advance(40);
    expect(trial.states).toEqual({ 1: "success", 2: "success" });
  });
});

describe("history", () => {
  it("keeps the tasks that finished last, and all that have work to do", () => {
    trial.close();
    trial = new Trial("manual", 2);
    trial.submit("queued");
    trial.submit("queued");
    for (let i = 0; i < 4; i++) {
      trial.submit("brief", 10 + i);
      trial.advance(0);
    }
    expect(trial.states).toEqual({ 1: "running", 2: "queued", 5: "success", 6: "success" });
    trial.advance(100);
    expect(trial.states).toEqual({ 1: "success", 2: "success" });
  });
});
