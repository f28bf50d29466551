import { expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import { Caller, serviceInstance } from "../caller.ts";

it("the time of tasks can be given, by the method that starts them or for all others", () => {
  const taskTimes = { poweroffvm_task: "3s", "*": 10 };
  const caller = Caller.start({ clock: "manual", inventory: { machines: 1, clusters: 0 }, taskTimes });
  const vm = caller.ref("VirtualMachine", "DC0_H0_VM0");
  const off = caller.call(vm, "PowerOffVM_Task");
  caller.host.clock.advance(2999);
  expect(caller.record(off).state).toBe("running");
  caller.host.clock.advance(1);
  expect(caller.record(off).state).toBe("success");
  const on = caller.call(vm, "PowerOnVM_Task", {});
  caller.host.clock.advance(9);
  expect(caller.record(on).state).toBe("running");
  caller.host.clock.advance(1);
  expect(caller.record(on).state).toBe("success");
  caller.close();
});

it("a time that is none is refused", () => {
  expect(() => Host.start({ taskTimes: { "*": "soon" } })).toThrow(/Not a duration: "soon"/);
});

it("another version of the API can be shown", () => {
  for (const flavour of ["vcenter", "esx"] as const) {
    const caller = Caller.start({ flavour, apiVersion: "6.7.3" });
    expect(caller.call(serviceInstance, "RetrieveServiceContent")).toMatchObject({ about: { apiVersion: "6.7.3" } });
    caller.close();
  }
});
