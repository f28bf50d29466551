import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Host, type Session, startHost, type VirtualMachine } from "../../../sdk/index.ts";

let host: Host;
let vc: Session;
let golden: VirtualMachine;
beforeEach(async () => {
  host = await startHost({ seed: 1 });
  vc = await connect(host);
  golden = await vc.find.virtualMachine("golden");
});
afterEach(async () => {
  await vc.close();
  host.close();
});

const name = (i: number) => `desk-${i}`;

describe("a bulk fork", () => {
  it("makes as many machines as it is asked for, each with its own guest info", async () => {
    const guestInfo = (i: number) => ({ "guestinfo.ic.hostname": name(i) });
    const report = await vc.fork(golden, { count: 300, name, guestInfo });
    expect(report.failed).toEqual([]);
    expect(report.created).toHaveLength(300);
    const value = await report.created[41]?.get('config.extraConfig["guestinfo.ic.hostname"]');
    expect(value?.value).toBe("desk-42");
  });

  it("reports what failed, machine by machine, and makes the others", async () => {
    await golden.instantClone({ name: "desk-2" });
    const report = await vc.fork(golden, { count: 3, name });
    expect(report.created).toHaveLength(2);
    expect(report.failed).toMatchObject([{ index: 2, name: "desk-2", error: { code: "DuplicateName" } }]);
    expect(await vc.find.virtualMachines("desk-*")).toHaveLength(3);
  });

  it("reports progress up to the total", async () => {
    const seen: number[] = [];
    await vc.fork(golden, { count: 20, name, onProgress: ({ done }) => seen.push(done) });
    expect(seen.at(-1)).toBe(20);
  });

  it("stops when it is aborted, and leaves only whole machines", async () => {
    const abort = new AbortController();
    const onProgress = ({ done }: { done: number }) => {
      if (done === 10) abort.abort();
    };
    const report = await vc.fork(golden, { count: 10_000, name, concurrency: 4, signal: abort.signal, onProgress });
    expect(report.aborted).toBe(true);
    expect(report.created.length).toBeLessThan(10_000);
    expect(await vc.find.virtualMachines("desk-*")).toHaveLength(report.created.length);
  });

  it("cancels what is under way on a clock that takes its time", async () => {
    const slow = await startHost({ seed: 1, clock: "manual" });
    const session = await connect(slow);
    const source = await session.find.virtualMachine("golden");
    const abort = new AbortController();
    const before = slow.universe.pages.unique;
    const forking = session.fork(source, { count: 5, name, signal: abort.signal });
    await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    const report = await forking;
    expect(report.created).toEqual([]);
    expect(report.failed.every(({ error }) => error.code === "RequestCanceled")).toBe(true);
    expect(await session.find.virtualMachines("desk-*")).toHaveLength(0);
    expect(slow.universe.pages.unique).toBe(before);
    await session.close();
    slow.close();
  });

  it("refuses a count that makes no sense, before anything happens", async () => {
    const { state } = host.universe;
    await expect(vc.fork(golden, { count: 0, name })).rejects.toMatchObject({ code: "InvalidArgument" });
    await expect(vc.fork(golden, { count: 1.5, name })).rejects.toThrow("count");
    expect(host.universe.state).toBe(state);
  });
});

describe("two forks", () => {
  it("do not see what the other writes, in memory and on disk, and the figures say what it cost", async () => {
    const [left, right] = [await golden.instantClone({ name: "left" }), await golden.instantClone({ name: "right" })];
    const before = await golden.memory.read(4096, 8);
    await left.memory.write(4096, new Uint8Array([1, 2, 3]));
    await left.disk.write(512, new Uint8Array([4, 5, 6]));
    expect([...(await left.memory.read(4096, 3))]).toEqual([1, 2, 3]);
    expect(await right.memory.read(4096, 8)).toEqual(before);
    expect(await golden.memory.read(4096, 8)).toEqual(before);
    expect((await left.memory.figures()).private).toBe(4096);
    expect((await left.disk.figures()).private).toBe(4096);
    expect((await right.memory.figures()).private).toBe(0);
    expect((await golden.memory.figures()).private).toBe(0);
    await right.powerOff();
    await right.destroy();
    await left.powerOff();
    await left.destroy();
    const { private: own, size } = await golden.memory.figures();
    expect(own).toBe(size);
  });

  it("says where an address ends", async () => {
    await expect(golden.memory.read(8 * 2 ** 30, 1)).rejects.toMatchObject({ code: "InvalidArgument" });
    await expect(golden.disk.write(-1, new Uint8Array(1))).rejects.toMatchObject({ code: "InvalidArgument" });
  });
});
