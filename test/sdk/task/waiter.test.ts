import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Host, type Session, startHost } from "../../../sdk/index.ts";

let host: Host;
let vc: Session;
beforeEach(async () => {
  host = await startHost({ seed: 1, clock: "manual" });
  vc = await connect(host);
});
afterEach(async () => {
  await vc.close();
  host.close();
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("waiting for tasks", () => {
  it("ends when the task has finished, with what it made", async () => {
    const golden = await vc.find.virtualMachine("golden");
    const task = await golden.InstantClone_Task({ spec: { name: "desk", location: {} } });
    const waiting = task.wait();
    await turn();
    expect((await task.info()).state).toBe("running");
    host.clock.advance("1m");
    const { result } = await waiting;
    expect(result.type).toBe("VirtualMachine");
  });

  it("takes a handful of calls for a thousand tasks", async () => {
    const golden = await vc.find.virtualMachine("golden");
    const tasks = [];
    for (let i = 0; i < 1000; i++)
      tasks.push(await golden.InstantClone_Task({ spec: { name: `desk-${i}`, location: {} } }));
    let calls = 0;
    const { call } = vc.transport;
    Object.defineProperty(vc.transport, "call", {
      value: (...args: Parameters<typeof call>) => {
        calls++;
        return call(...args);
      },
    });
    const waiting = Promise.all(tasks.map((task) => task.wait()));
    await turn();
    host.clock.advance("1h");
    expect(await waiting).toHaveLength(1000);
    expect(calls).toBeLessThan(30);
  });

  it("fails with the task's fault, and names the task", async () => {
    const vm = await vc.find.virtualMachine("web-01");
    const task = await vm.PowerOnVM_Task();
    const waiting = task.wait();
    host.clock.advance("1m");
    await expect(waiting).rejects.toMatchObject({ code: "InvalidPowerState", task: task.ref });
  });

  it("is given up when its signal is aborted; the task goes on", async () => {
    const vm = await vc.find.virtualMachine("build-01");
    const abort = new AbortController();
    const task = await vm.PowerOnVM_Task();
    const waiting = task.wait({ signal: abort.signal });
    await turn();
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: "Aborted" });
    host.clock.advance("1m");
    expect(await vm.powerState()).toBe("poweredOn");
  });

  it("says that a cancelled task was cancelled", async () => {
    const golden = await vc.find.virtualMachine("golden");
    const task = await golden.InstantClone_Task({ spec: { name: "desk", location: {} } });
    const waiting = task.wait();
    await turn();
    await task.cancel();
    await expect(waiting).rejects.toMatchObject({ code: "RequestCanceled" });
    expect(await vc.find.virtualMachines("desk")).toHaveLength(0);
  });
});
