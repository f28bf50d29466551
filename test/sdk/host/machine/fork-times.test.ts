import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generationId } from "../../../../sdk/host/machine/generation-id.ts";
import { numberIn } from "../../../../sdk/host/state/id.ts";
import { everything, faultOf, Vcenter } from "./vcenter.ts";

let vc: Vcenter;
beforeEach(() => {
  vc = new Vcenter({ clock: "manual" });
});
afterEach(() => vc.close());

const start = (source: string, name: string) =>
  numberIn(vc.start(source, "InstantClone_Task", { spec: { name, location: {} } }).value);
const cancel = (task: number) => vc.call({ type: "Task", value: `task-${task}` }, "CancelTask", {});
const args = () => {
  const found = vc.events().findLast(({ eventTypeId }) => eventTypeId === "com.vmware.vc.VmInstantClonedEvent");
  const list: unknown = found?.more?.arguments;
  return Array.isArray(list) ? list : [];
};

describe("the times of an instant clone's parts", () => {
  it("are in its event, after whose clone it is, and add up to what the task took", () => {
    const number = start("web-01", "copy");
    vc.host.clock.advance("1s");
    const { started = 0, completed = 0 } = vc.state.tasks.get(number) ?? {};
    const [first, { value: src } = { value: {} }, { value: dst } = { value: {} }] = args();
    expect(first).toEqual({ key: "sourceVm", value: "web-01" });
    expect(src).toMatchObject({ startTime: started, endTime: completed });
    expect(src.quiesceDoneTime - src.quiesceTime).toBe(40);
    expect(dst).toMatchObject({ dstVmId: vc.machine("copy").id, cptLoadTime: src.quiesceDoneTime + 10 });
    expect(dst.cptLoadDoneTime).toBe(src.resumeDoneTime);
    expect(dst.replicateMemDoneTime).toBeLessThan(dst.endTime);
  });

  it("know of no quiescing where the source is frozen", () => {
    start("golden", "desk-1");
    vc.host.clock.advance("1s");
    const [, { value: src } = { value: {} }] = args();
    expect(src.quiesceDoneTime).toBe(src.quiesceTime);
  });

  it("are not told where nothing takes time", () => {
    const instant = new Vcenter();
    instant.instantClone("golden", "desk-1");
    expect(instant.events().at(-1)?.more?.arguments).toEqual([{ key: "sourceVm", value: "golden" }]);
    instant.close();
  });
});

describe("an instant clone that comes to nothing", () => {
  it("leaves everything as it was, in whichever of its parts it is canceled", () => {
    for (const ms of [0, 5, 45, 55, 70, 80]) {
      const before = everything(vc);
      const task = start("web-01", "copy");
      vc.host.clock.advance(`${ms}ms`);
      cancel(task);
      vc.host.clock.advance("10s");
      expect(everything(vc)).toEqual(before);
      expect(vc.state.tasks.get(task)).toMatchObject({ state: "error", cancelled: true });
    }
  });

  it("waits in line no longer than its source is there", () => {
    vc.start("golden", "PowerOffVM_Task", {});
    vc.host.clock.advance("10s");
    const destroying = vc.start("golden", "Destroy_Task", {});
    const task = start("golden", "desk-1");
    expect(vc.state.tasks.get(task)?.state).toBe("queued");
    vc.host.clock.advance("10s");
    expect(vc.state.tasks.get(numberIn(destroying.value))?.state).toBe("success");
    expect(vc.state.tasks.get(task)).toMatchObject({
      state: "error",
      error: { fault: { _typeName: "ManagedObjectNotFound" } },
    });
    expect(faultOf(() => vc.machine("desk-1")).message).toContain("desk-1");
  });

  it("is of a source by any name, also one that changes meanwhile", () => {
    vc.start("golden", "Rename_Task", { newName: "silver" });
    start("golden", "desk-1");
    vc.host.clock.advance("10s");
    expect(vc.machine("desk-1").source).toBe(vc.machine("silver").id);
    expect(args()[0]).toEqual({ key: "sourceVm", value: "silver" });
  });

  it("is the second of one name, when both were under way", () => {
    const before = vc.pages.unique;
    const tasks = [start("golden", "same"), start("web-01", "same-too"), start("golden", "same")];
    vc.host.clock.advance("10s");
    expect(tasks.map((task) => vc.state.tasks.get(task)?.state)).toEqual(["success", "success", "error"]);
    expect(vc.pages.unique).toBe(before);
  });

  it("says which privilege is missing, on what", () => {
    const names = ["VirtualMachine.Provisioning.Clone", "VirtualMachine.Interact.PowerOn", "Datastore.AllocateSpace"];
    const users = [
      { name: "Administrator@vsphere.local", password: "x" },
      { name: "ann@vsphere.local", password: "x" },
    ];
    const guarded = new Vcenter({ users });
    const authorization = { type: "AuthorizationManager", value: "AuthorizationManager" } as const;
    const roleId = guarded.call(authorization, "AddAuthorizationRole", { name: "some", privIds: names });
    const root = { type: "Folder", value: "group-d1" } as const;
    const permission = [{ principal: "VSPHERE.LOCAL\\ann", group: false, roleId, propagate: true }];
    guarded.call(authorization, "SetEntityPermissions", { entity: root, permission });
    const before = everything(guarded);
    const client = guarded.host.connect({ loggedIn: false, userAgent: "ann" });
    guarded.host.call(client, { type: "SessionManager", value: "SessionManager" }, "Login", {
      userName: "ann@vsphere.local",
      password: "x",
    });
    const spec = { name: "desk-1", location: {} };
    const golden = guarded.ref("VirtualMachine", "golden");
    expect(faultOf(() => guarded.host.call(client, golden, "InstantClone_Task", { spec }))).toMatchObject({
      _typeName: "NoPermission",
      privilegeId: "VirtualMachine.Inventory.CreateFromExisting",
    });
    expect(everything(guarded).slice(0, 5)).toEqual(before.slice(0, 5));
    guarded.close();
  });
});

describe("the generation id of a guest", () => {
  it("is another for every fork and after every return to a snapshot, and stays through restarts", () => {
    const instant = new Vcenter();
    const id = (name: string) => generationId(instant.view, instant.machine(name));
    for (const name of ["a", "b"]) instant.instantClone("golden", name);
    expect(new Set(["golden", "a", "b"].map(id)).size).toBe(3);
    const first = id("a");
    instant.vm("a", "ResetVM_Task", {});
    instant.vm("a", "CreateSnapshot_Task", { name: "s", memory: true, quiesce: false });
    instant.vm("a", "SuspendVM_Task", {});
    instant.vm("a", "PowerOnVM_Task", {});
    expect(id("a")).toBe(first);
    const seen = [first];
    for (let n = 0; n < 3; n++) {
      instant.vm("a", "RevertToCurrentSnapshot_Task", {});
      seen.push(id("a"));
    }
    expect(new Set(seen).size).toBe(4);
    instant.close();
  });
});
