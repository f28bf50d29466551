import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";
import { authorizationManager, Caller, sessionManager } from "../caller.ts";

const users = [
  { name: "Administrator@vsphere.local", password: "secret" },
  { name: "alice", password: "a", groups: ["Operators", "Auditors"] },
];
const [admin, readOnly, noAccess] = [-1, -2, -5];

let base: Host;
let owner: Caller;
let alice: Caller;
beforeAll(() => {
  base = Host.start({ seed: 1, users });
});
afterAll(() => base.close());

beforeEach(() => {
  owner = new Caller(base.fork());
  alice = new Caller(owner.host, false);
  alice.call(sessionManager, "Login", { userName: "alice", password: "a" });
});
afterEach(() => owner.close());

const permit = (entity: Ref, principal: string, roleId: number, more: { group?: boolean; propagate?: boolean } = {}) =>
  owner.call(authorizationManager, "SetEntityPermissions", {
    entity,
    permission: [{ principal, roleId, group: more.group ?? false, propagate: more.propagate ?? true }],
  });
const addRole = (name: string, ...privIds: string[]) =>
  owner.call(authorizationManager, "AddAuthorizationRole", { name, privIds }) as number;

const machine = (name = "web-01") => owner.ref("VirtualMachine", name);
const folder = (name = "vm") => owner.ref("Folder", name);
/** Whether alice may switch a machine off; either way it is on again afterwards. */
function may(name = "web-01"): boolean {
  const twin = new Caller(owner.host.fork(), false);
  twin.call(sessionManager, "Login", { userName: "alice", password: "a" });
  try {
    twin.call(machine(name), "PowerOffVM_Task");
    return true;
  } catch {
    return false;
  } finally {
    twin.close();
  }
}

describe("privileges", () => {
  it("are missing where nobody gave any: the fault names which, and on what, and nothing changes", () => {
    const { state } = owner;
    const made = alice.fault(machine(), "PowerOffVM_Task");
    expect(made).toMatchObject({
      _typeName: "NoPermission",
      object: machine(),
      privilegeId: "VirtualMachine.Interact.PowerOff",
    });
    expect(made.message).toContain("'VSPHERE.LOCAL\\alice' lacks VirtualMachine.Interact.PowerOff on 'web-01'");
    expect(owner.state).toBe(state);
  });

  it("hold on the object itself, and below it where they propagate", () => {
    permit(folder(), "alice", admin, { propagate: false });
    expect(may()).toBe(false);
    permit(folder(), "alice", admin);
    expect(may()).toBe(true);
    permit(machine(), "alice", readOnly, { propagate: false });
    expect([may(), may("web-02")]).toEqual([false, true]);
  });

  it("come from the nearest permission, whatever is said further up", () => {
    permit(folder(), "alice", admin);
    permit(folder("servers"), "alice", noAccess);
    expect([may(), may("golden")]).toEqual([false, true]);
    permit(machine(), "alice", admin);
    expect([may(), may("web-02")]).toEqual([true, false]);
  });

  it("of a user's own go before those of his groups on one object", () => {
    permit(folder(), "Operators", admin, { group: true });
    expect(may()).toBe(true);
    permit(folder(), "alice", readOnly);
    expect(may()).toBe(false);
  });

  it("of a group nearer by go before those of the user further up", () => {
    permit(folder(), "alice", admin);
    permit(machine(), "Operators", noAccess, { group: true });
    expect([may(), may("web-02")]).toEqual([false, true]);
  });

  it("of several groups add up", () => {
    permit(folder(), "Operators", addRole("off", "VirtualMachine.Interact.PowerOff"), { group: true });
    permit(folder(), "Auditors", noAccess, { group: true });
    expect(may()).toBe(true);
    permit(folder(), "Others", noAccess, { group: true });
    expect(may()).toBe(true);
  });

  it("on a machine come from its folder and from its resource pool alike", () => {
    permit(owner.ref("ResourcePool", "servers"), "alice", admin);
    expect([may("web-01"), may("golden")]).toEqual([true, false]);
    permit(folder(), "alice", noAccess);
    expect(may("web-01")).toBe(true);
    permit(machine(), "alice", readOnly);
    expect(may("web-01")).toBe(false);
  });

  it("tell users from groups of the same name", () => {
    permit(folder(), "alice", admin, { group: true });
    permit(folder(), "Operators", admin);
    expect(may()).toBe(false);
  });

  it("on a machine hold for its snapshots too", () => {
    const { result } = owner.task(machine(), "CreateSnapshot_Task", { name: "s", memory: false, quiesce: false });
    expect(alice.fault(result, "RemoveSnapshot_Task", { removeChildren: false })._typeName).toBe("NoPermission");
    permit(machine(), "alice", admin, { propagate: false });
    expect(alice.task(result, "RemoveSnapshot_Task", { removeChildren: false }).state).toBe("success");
  });

  it("are asked on the objects that arguments name", () => {
    permit(machine("golden"), "alice", admin);
    const spec = { name: "a", location: { folder: folder(), pool: owner.ref("ResourcePool", "desktops") } };
    const refused = () => alice.fault(machine("golden"), "InstantClone_Task", { spec });
    expect(refused()).toMatchObject({ object: folder(), privilegeId: "VirtualMachine.Inventory.CreateFromExisting" });
    permit(folder(), "alice", admin);
    expect(refused()).toMatchObject({
      privilegeId: "Datastore.AllocateSpace",
      object: owner.ref("Datastore", "vmfs-01"),
    });
    permit(owner.ref("Datastore", "vmfs-01"), "alice", admin);
    expect(refused()).toMatchObject({
      privilegeId: "Resource.AssignVMToPool",
      object: owner.ref("ResourcePool", "desktops"),
    });
    permit(owner.ref("ResourcePool", "desktops"), "alice", admin);
    expect(alice.task(machine("golden"), "InstantClone_Task", { spec }).state).toBe("success");
  });

  it("are not asked on what is not there: that is what is wrong then", () => {
    const spec = { name: "a", location: { folder: { type: "Folder", value: "group-v999" } } };
    const task = owner.task(machine("golden"), "InstantClone_Task", { spec });
    expect(task.error?.fault._typeName).toBe("ManagedObjectNotFound");
    const wrongType = { name: "a", location: { folder: { type: "Folder", value: machine().value } } };
    expect(owner.task(machine("golden"), "InstantClone_Task", { spec: wrongType }).state).toBe("error");
  });

  it("to rename and to destroy depend on the kind of object", () => {
    const rename = (self: Ref) => alice.fault(self, "Rename_Task", { newName: "x" });
    expect(rename(machine())).toMatchObject({ privilegeId: "VirtualMachine.Config.Rename" });
    expect(rename(folder("servers"))).toMatchObject({ privilegeId: "Folder.Rename" });
    expect(rename(owner.ref("ResourcePool", "servers"))).toMatchObject({ privilegeId: "Resource.RenamePool" });
    expect(rename(owner.ref("ClusterComputeResource", "cluster-01"))).toMatchObject({
      privilegeId: "Host.Inventory.RenameCluster",
    });
    const destroy = (self: Ref) => alice.fault(self, "Destroy_Task");
    expect(destroy(folder("servers"))).toMatchObject({ privilegeId: "Folder.Delete" });
    expect(destroy(owner.ref("ResourcePool", "servers"))).toMatchObject({ privilegeId: "Resource.DeletePool" });
  });

  it("to move are asked on what moves and on where it goes", () => {
    const list = [machine()];
    const moved = () => alice.fault(folder("desktops"), "MoveIntoFolder_Task", { list });
    expect(moved()).toMatchObject({ privilegeId: "VirtualMachine.Inventory.Move", object: machine() });
    permit(machine(), "alice", admin);
    expect(moved()).toMatchObject({ privilegeId: "VirtualMachine.Inventory.Move", object: folder("desktops") });
    const pool = owner.ref("ResourcePool", "desktops");
    expect(alice.fault(pool, "MoveIntoResourcePool", { list })).toMatchObject({
      privilegeId: "Resource.AssignVMToPool",
      object: pool,
    });
    for (const [method, args, privilegeId] of [
      ["UpdateConfig", { name: "x" }, "Resource.RenamePool"],
      ["UpdateConfig", { config: { cpuAllocation: {}, memoryAllocation: {} } }, "Resource.EditPool"],
      ["DestroyChildren", {}, "Resource.DeletePool"],
    ] as const)
      expect(alice.fault(pool, method, args)).toMatchObject({ _typeName: "NoPermission", privilegeId });
  });

  it("are not needed to cancel one's own task, but to cancel that of somebody else", () => {
    const manual = Host.start({ seed: 1, users, clock: "manual" });
    const [boss, other] = [new Caller(manual), new Caller(manual, false)];
    other.call(sessionManager, "Login", { userName: "alice", password: "a" });
    const golden = boss.ref("VirtualMachine", "golden");
    const permission = (roleId: number) => [{ principal: "alice", group: false, roleId, propagate: true }];
    const forkOf = (by: Caller, name: string) => by.call(golden, "InstantClone_Task", { spec: { name, location: {} } });
    const theirs = forkOf(boss, "a");
    expect(other.fault(theirs, "CancelTask")).toMatchObject({ privilegeId: "Global.CancelTask", object: golden });
    boss.call(authorizationManager, "SetEntityPermissions", {
      entity: boss.ref("Datacenter", "DC0"),
      permission: permission(admin),
    });
    const own = forkOf(other, "b");
    boss.call(authorizationManager, "SetEntityPermissions", {
      entity: boss.ref("Datacenter", "DC0"),
      permission: permission(readOnly),
    });
    other.call(own, "CancelTask");
    expect(boss.record(own)).toMatchObject({ state: "error", cancelled: true });
    boss.call(theirs, "CancelTask");
    manual.close();
  });
});
