import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HostFault } from "../../../../sdk/host/index.ts";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

let client: LabClient;
beforeEach(() => {
  client = LabClient.start();
});
afterEach(() => client.close());

const machine = (name: string) => client.at("VirtualMachine", `/DC0/vm/${name}`);
const fork = (name: string) =>
  client.run(machine("golden"), "InstantClone_Task", { spec: { name, location: {} } }) as Ref<"VirtualMachine"> & {
    type: "VirtualMachine";
  };

function filter(spec: vim.PropertyFilterSpec, partialUpdates = false): Ref<"PropertyFilter"> {
  return client.call(client.collector, "CreateFilter", { spec, partialUpdates });
}
const one = (obj: Ref, ...pathSet: string[]): vim.PropertyFilterSpec => ({
  propSet: [{ type: obj.type, pathSet }],
  objectSet: [{ obj }],
});
const machines = (...pathSet: string[]) =>
  LabClient.through(client.view(["VirtualMachine"]), "VirtualMachine", pathSet);

const check = (version: string) => client.call(client.collector, "CheckForUpdates", { version });
const wait = (version: string, options: vim.WaitOptions = {}, signal?: AbortSignal) =>
  client.call(client.collector, "WaitForUpdatesEx", { version, options }, signal) as unknown as Promise<
    vim.UpdateSet | undefined
  >;
const updatesIn = (set: vim.UpdateSet | undefined) =>
  (set?.filterSet ?? []).flatMap(({ objectSet }) => objectSet ?? []);

/** The version at which everything that is there has been told. */
const known = (): string => check("")?.version ?? "";

async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof HostFault) return error.name;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a filter", () => {
  it("tells everything first, then only what has changed", () => {
    filter(machines("name", "runtime.powerState", "config.hardware.numCPU"));
    const first = check("");
    expect(updatesIn(first).map(({ kind }) => kind)).toEqual(Array(7).fill("enter"));
    expect(check(first?.version ?? "")).toBeUndefined();
    client.run(machine("servers/web-01"), "PowerOffVM_Task", {});
    expect(updatesIn(check(first?.version ?? ""))).toEqual([
      {
        kind: "modify",
        obj: machine("servers/web-01"),
        changeSet: [{ name: "runtime.powerState", op: "assign", val: "poweredOff" }],
      },
    ]);
  });

  it("tells of machines that come, go and move into its container or out of it", () => {
    const desktops = client.at("Folder", "/DC0/vm/desktops");
    const spec = LabClient.through(client.view(["VirtualMachine"], desktops), "VirtualMachine", ["name"]);
    filter(spec);
    expect(check("")).toBeUndefined();
    const desk = client.run(machine("golden"), "InstantClone_Task", {
      spec: { name: "desk", location: { folder: desktops } },
    });
    const come = check("");
    expect(updatesIn(come)).toMatchObject([{ kind: "enter", obj: desk }]);
    client.run(client.content.rootFolder as Ref<"Folder"> & { type: "Folder" }, "MoveIntoFolder_Task", { list: [] });
    client.run(client.at("Folder", "/DC0/vm/servers"), "MoveIntoFolder_Task", { list: [desktops] });
    expect(check(come?.version ?? "")).toBeUndefined();
    client.run(client.at("Folder", "/DC0/vm"), "MoveIntoFolder_Task", { list: [desk as Ref<"VirtualMachine">] });
    expect(updatesIn(check(come?.version ?? ""))).toEqual([{ kind: "leave", obj: desk }]);
  });

  it("tells of figures of machines that nobody called", () => {
    const desk = fork("desk");
    const golden = machine("golden");
    filter(one(golden, "summary.quickStats.privateMemory"));
    filter(one(client.at("Datastore", "/DC0/datastore/vmfs-01"), "summary.freeSpace"));
    const version = known();
    client.run(desk, "PowerOffVM_Task", {});
    client.run(desk, "Destroy_Task", {});
    const told = updatesIn(check(version));
    expect(told.map(({ obj }) => obj.type)).toEqual(["VirtualMachine", "Datastore"]);
    expect(told[0]?.changeSet).toEqual([{ name: "summary.quickStats.privateMemory", op: "assign", val: 8192 }]);
  });

  it("tells a machine of the new name of its datastore or network", () => {
    filter(machines("summary.config.vmPathName"));
    filter(one(machine("servers/web-01"), "config.hardware.device[4000].backing.deviceName"));
    const version = known();
    client.run(client.at("Datastore", "/DC0/datastore/vmfs-01"), "Rename_Task", { newName: "fast" });
    client.run(client.at("Network", "/DC0/network/servers"), "Rename_Task", { newName: "dmz" });
    const values = updatesIn(check(version)).flatMap(({ changeSet }) => changeSet?.map(({ val }) => val));
    expect(values).toHaveLength(8);
    expect(values).toContain("[fast] golden/golden.vmx");
    expect(values).toContain("dmz");
  });

  it("with partial updates tells who came to a list and who left it, and what changed inside of a property", () => {
    const folder = client.at("Folder", "/DC0/vm");
    const golden = machine("golden");
    filter(one(folder, "childEntity"), true);
    filter(one(golden, "config", "guest"), true);
    const version = known();
    const desk = fork("desk");
    client.run(golden, "ReconfigVM_Task", {
      spec: { annotation: "new", extraConfig: [{ _typeName: "OptionValue", key: "a", value: "1" }] },
    });
    const set = check(version);
    const [list, config] = updatesIn(set);
    expect(list?.changeSet).toEqual([{ name: `childEntity["${desk.value}"]`, op: "add", val: desk }]);
    expect(config?.changeSet).toEqual(
      expect.arrayContaining([
        { name: "config.annotation", op: "assign", val: "new" },
        { name: 'config.extraConfig["a"]', op: "add", val: { _typeName: "OptionValue", key: "a", value: "1" } },
      ]),
    );
    expect(
      config?.changeSet?.every(({ name }) => /^config\.(annotation|extraConfig|changeVersion|modified)/.test(name)),
    ).toBe(true);
    client.run(desk, "PowerOffVM_Task", {});
    client.run(desk, "Destroy_Task", {});
    expect(updatesIn(check(set?.version ?? ""))[0]?.changeSet).toEqual([
      { name: `childEntity["${desk.value}"]`, op: "remove" },
    ]);
  });

  it("says that a nested property is gone with what held it", () => {
    const web = machine("servers/web-01");
    client.run(web, "CreateSnapshot_Task", { name: "s", memory: false, quiesce: false });
    filter(one(web, "snapshot.currentSnapshot", "snapshot"));
    const version = known();
    client.run(web, "RemoveAllSnapshots_Task", {});
    expect(updatesIn(check(version))[0]?.changeSet).toEqual([
      { name: "snapshot.currentSnapshot", op: "indirectRemove" },
      { name: "snapshot", op: "assign" },
    ]);
  });

  it("tells the difference after the whole vCenter was put back", () => {
    const mark = client.host.snapshot();
    filter(machines("name", "summary.quickStats.privateMemory"));
    const desk = fork("desk");
    const version = known();
    client.run(machine("servers/web-02"), "Rename_Task", { newName: "web-99" });
    client.host.restore(mark);
    mark.release();
    const told = updatesIn(check(version));
    // The rename was never told, so that taking it back is no change; golden has its memory for itself again.
    expect(told.map(({ kind, obj }) => `${kind} ${obj.value}`)).toEqual([
      `leave ${desk.value}`,
      `modify ${machine("golden").value}`,
    ]);
  });

  it("names objects that are not there, or refuses them", async () => {
    const gone: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: "vm-999" };
    expect(await refusal(() => filter(one(gone, "name")))).toBe("ManagedObjectNotFound");
    expect(await refusal(() => filter(one(machine("golden"), "nome")))).toBe("InvalidProperty");
    filter({ ...one(gone, "name"), reportMissingObjectsInResults: true });
    expect(check("")?.filterSet).toMatchObject([
      { missingSet: [{ obj: gone, fault: { fault: { _typeName: "ManagedObjectNotFound" } } }] },
    ]);
  });

  it("ends with its view, with itself and with its collector", async () => {
    const view = client.view(["VirtualMachine"]);
    const own = filter(LabClient.through(view, "VirtualMachine", ["name"]));
    let version = known();
    client.call(view, "DestroyView", {});
    const left = check(version);
    expect(updatesIn(left).map(({ kind }) => kind)).toEqual(Array(7).fill("leave"));
    version = left?.version ?? "";
    client.call(own, "DestroyPropertyFilter", {});
    expect(client.get(client.collector, "filter")).toEqual([]);
    const collector = client.call(client.collector, "CreatePropertyCollector", {});
    const other = client.call(collector, "CreateFilter", { spec: machines("name"), partialUpdates: false });
    client.call(collector, "DestroyPropertyCollector", {});
    expect(await refusal(() => client.call(other, "DestroyPropertyFilter", {}))).toBe("ManagedObjectNotFound");
  });
});

describe("a report in parts", () => {
  it("has as many objects as were wanted, and goes on where it left off", async () => {
    filter(machines("name"));
    let set = await wait("", { maxObjectUpdates: 4 });
    expect(set).toMatchObject({ truncated: true });
    expect(updatesIn(set)).toHaveLength(4);
    fork("desk");
    set = await wait(set?.version ?? "", { maxObjectUpdates: 4 });
    expect(set?.truncated).toBeUndefined();
    expect(updatesIn(set)).toHaveLength(3);
    expect(updatesIn(await wait(set?.version ?? ""))).toMatchObject([{ kind: "enter" }]);
  });

  it("can be begun again from the version before it", async () => {
    filter(machines("name", "summary.quickStats.privateMemory"));
    const first = check("");
    fork("a");
    const once = check(first?.version ?? "");
    const again = check(first?.version ?? "");
    // Figures are told again also where they are the same: what they were then is not remembered.
    expect(updatesIn(again)).toEqual(expect.arrayContaining(updatesIn(once)));
    fork("b");
    expect(updatesIn(check(again?.version ?? "")).filter(({ kind }) => kind === "enter")).toHaveLength(1);
    expect(await refusal(() => check("nonsense"))).toBe("InvalidCollectorVersion");
  });
});

describe("waiting", () => {
  it("ends with the next change that matters, told together with those of the same moment", async () => {
    filter(machines("name"));
    const waiting = wait(known());
    client.run(machine("servers/web-01"), "PowerOffVM_Task", {});
    client.run(machine("servers/web-01"), "Rename_Task", { newName: "x" });
    client.run(machine("servers/web-02"), "Rename_Task", { newName: "y" });
    expect(updatesIn(await waiting)).toHaveLength(2);
  });

  it("ends with nothing when its time is over, and at once when it has none", async () => {
    filter(machines("name"));
    const version = known();
    expect(await wait(version, { maxWaitSeconds: 0 })).toBeUndefined();
    expect(await wait(version, { maxWaitSeconds: 1 })).toBeUndefined();
  });

  it("ends when it is canceled, when its client goes away and when another wait takes its place", async () => {
    filter(machines("name"));
    const version = known();
    const canceled = refusal(() => wait(version));
    client.call(client.collector, "CancelWaitForUpdates", {});
    expect(await canceled).toBe("RequestCanceled");
    const aborted = new AbortController();
    const left = refusal(() => wait(version, {}, aborted.signal));
    aborted.abort();
    expect(await left).toBe("RequestCanceled");
    const replaced = refusal(() => wait(version));
    const next = wait(version);
    expect(await replaced).toBe("RequestCanceled");
    client.run(machine("golden"), "Rename_Task", { newName: "gold" });
    expect(updatesIn(await next)).toHaveLength(1);
  });

  it("hears of objects that are listed while it waits, and of their tasks' ends", async () => {
    const list = client.call(client.content.viewManager as Ref<"ViewManager">, "CreateListView", {});
    filter(LabClient.through(list, "Task", ["info.state"]));
    const waiting = wait("");
    const task = client.call(machine("golden"), "Rename_Task", { newName: "gold" });
    expect(client.call(list, "ModifyListView", { add: [task, { type: "Task", value: "task-999" }] })).toEqual([
      { type: "Task", value: "task-999" },
    ]);
    const set = await waiting;
    expect(updatesIn(set)).toEqual([
      { kind: "enter", obj: task, changeSet: [{ name: "info.state", op: "assign", val: "success" }] },
    ]);
    client.call(list, "ModifyListView", { remove: [task] });
    expect(updatesIn(await wait(set?.version ?? ""))).toEqual([{ kind: "leave", obj: task }]);
  });

  it("tells the progress of a task as time passes", async () => {
    const timed = LabClient.start({ clock: "manual" });
    const golden = timed.at("VirtualMachine", "/DC0/vm/golden");
    const task = timed.call(golden, "InstantClone_Task", { spec: { name: "desk", location: {} } });
    timed.call(timed.collector, "CreateFilter", {
      spec: one(task, "info.state", "info.progress"),
      partialUpdates: false,
    });
    const states: unknown[] = [];
    let version = "";
    for (let i = 0; i < 60; i++) {
      const set = timed.call(timed.collector, "CheckForUpdates", { version });
      version = set?.version ?? version;
      for (const { changeSet } of updatesIn(set)) for (const { val } of changeSet ?? []) states.push(val);
      timed.host.clock.advance("10ms");
    }
    expect(states[0]).toBe("running");
    expect(states.at(-1)).toBeUndefined();
    expect(states).toContain("success");
    timed.close();
  });
});
