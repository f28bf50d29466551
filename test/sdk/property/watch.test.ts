import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect, type Host, type Session, startHost } from "../../../sdk/index.ts";

let host: Host;
let vc: Session;
beforeEach(async () => {
  host = await startHost({ seed: 1 });
  vc = await connect(host);
});
afterEach(async () => {
  await vc.close();
  host.close();
});

describe("watch", () => {
  it("gives each object as it is first, then every change, until the loop is left", async () => {
    const vm = await vc.find.virtualMachine("web-01");
    const seen: unknown[] = [];
    for await (const update of vc.watch([vm], ["runtime.powerState"])) {
      seen.push([update.kind, update.changes["runtime.powerState"]]);
      if (seen.length === 1) await vm.powerOff();
      else break;
    }
    expect(seen).toEqual([
      ["enter", "poweredOn"],
      ["modify", "poweredOff"],
    ]);
  });

  it("ends with an Aborted error when its signal is", async () => {
    const vm = await vc.find.virtualMachine("web-01");
    const abort = new AbortController();
    const watching = (async () => {
      for await (const _ of vc.watch([vm], ["name"], { signal: abort.signal })) abort.abort();
    })();
    await expect(watching).rejects.toMatchObject({ code: "Aborted" });
  });

  it("tells what changed when the whole vCenter is put back", async () => {
    const vm = await vc.find.virtualMachine("web-01");
    const mark = host.snapshot();
    await vm.powerOff();
    const states: unknown[] = [];
    for await (const update of vc.watch([vm], ["runtime.powerState"])) {
      states.push(update.changes["runtime.powerState"]);
      if (states.length === 2) break;
      host.restore(mark);
    }
    mark.release();
    expect(states).toEqual(["poweredOff", "poweredOn"]);
  });
});

describe("retrieve", () => {
  it("answers in the order of the objects, with unset properties undefined", async () => {
    const vms = [await vc.find.virtualMachine("web-02"), await vc.find.virtualMachine("build-01")];
    const rows = await vc.retrieve(vms, ["name", "runtime.bootTime"]);
    expect(rows.map((row) => row.name)).toEqual(["web-02", "build-01"]);
    expect(rows[1]?.["runtime.bootTime"]).toBeUndefined();
  });

  it("says which object is gone", async () => {
    const vm = await vc.find.virtualMachine("build-01");
    await vm.destroy();
    await expect(vc.retrieve([vm], ["name"])).rejects.toMatchObject({ code: "ManagedObjectNotFound" });
  });

  it("refuses a path that does not exist, naming it", async () => {
    const vm = await vc.find.virtualMachine("build-01");
    const path: string = "config.nothing";
    await expect(vc.retrieve([vm], [path])).rejects.toMatchObject({ code: "InvalidProperty" });
    await expect(vc.retrieve([vm], [path])).rejects.toThrow("config.nothing");
  });
});
