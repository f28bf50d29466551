import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { authorizationManager, Caller, sessionManager } from "../caller.ts";

const [admin, readOnly] = [-1, -2];

let base: Host;
let caller: Caller;
let root: Ref;
beforeAll(() => {
  base = Host.start({
    seed: 1,
    users: [
      { name: "Administrator", password: "" },
      { name: "alice", password: "a" },
    ],
  });
});
afterAll(() => base.close());
beforeEach(() => {
  caller = new Caller(base.fork());
  root = caller.ref("Folder", "Datacenters");
});
afterEach(() => caller.close());

const call = (method: string, args: object = {}) => caller.call(authorizationManager, method, args);
const fault = (method: string, args: object = {}) => caller.fault(authorizationManager, method, args);
const addRole = (name: string, ...privIds: string[]) => call("AddAuthorizationRole", { name, privIds }) as number;
const role = (id: number) => caller.state.roles.find((one) => one.id === id);
const held = (id: number) => [...(role(id)?.privileges ?? [])].sort();
const system = ["System.Anonymous", "System.Read", "System.View"];

describe("roles", () => {
  it("are added with the privileges that no role is without", () => {
    const id = addRole("Forker", "VirtualMachine.Inventory.CreateFromExisting");
    expect(id).toBeGreaterThan(0);
    expect(role(id)).toMatchObject({ name: "Forker", system: false });
    expect(held(id)).toEqual([...system, "VirtualMachine.Inventory.CreateFromExisting"]);
    expect(addRole("Other")).toBe(id + 1);
  });

  it("have names of their own, and privileges that there are", () => {
    addRole("Forker");
    const { state } = caller;
    expect(fault("AddAuthorizationRole", { name: "Forker" })).toMatchObject({
      _typeName: "AlreadyExists",
      name: "Forker",
    });
    expect(fault("AddAuthorizationRole", { name: "Admin" })._typeName).toBe("AlreadyExists");
    expect(fault("AddAuthorizationRole", { name: " " })._typeName).toBe("InvalidName");
    expect(fault("AddAuthorizationRole", { name: "x", privIds: ["System.Read", "Sys.Read"] })).toMatchObject({
      _typeName: "InvalidArgument",
      invalidProperty: "privIds[1]",
    });
    expect(caller.state).toBe(state);
  });

  it("are changed, but not those that every vCenter has", () => {
    const id = addRole("Forker", "Folder.Create");
    call("UpdateAuthorizationRole", { roleId: id, newName: "Forker", privIds: ["Folder.Move"] });
    expect(held(id)).toEqual(["Folder.Move", ...system]);
    call("UpdateAuthorizationRole", { roleId: id, newName: "Mover" });
    expect(role(id)?.name).toBe("Mover");
    expect(held(id)).toEqual(["Folder.Move", ...system]);
    expect(fault("UpdateAuthorizationRole", { roleId: id, newName: "Admin" })._typeName).toBe("AlreadyExists");
    expect(fault("UpdateAuthorizationRole", { roleId: admin, newName: "x" })).toMatchObject({
      invalidProperty: "roleId",
    });
    expect(fault("UpdateAuthorizationRole", { roleId: 7, newName: "x" })._typeName).toBe("NotFound");
    expect(fault("RemoveAuthorizationRole", { roleId: admin, failIfUsed: false })._typeName).toBe("InvalidArgument");
  });

  it("that are removed take their permissions along, unless that is to fail", () => {
    const id = addRole("Forker");
    const permission = [{ principal: "alice", group: false, roleId: id, propagate: true }];
    const entity = caller.ref("VirtualMachine", "golden");
    call("SetEntityPermissions", { entity, permission });
    expect(fault("RemoveAuthorizationRole", { roleId: id, failIfUsed: true })._typeName).toBe("RemoveFailed");
    call("RemoveAuthorizationRole", { roleId: id, failIfUsed: false });
    expect(role(id)).toBeUndefined();
    expect(call("RetrieveEntityPermissions", { entity, inherited: false })).toEqual([]);
    expect(fault("RetrieveRolePermissions", { roleId: id })._typeName).toBe("NotFound");
  });

  it("are merged: those who had one have the other", () => {
    const id = addRole("Forker");
    const entity = caller.ref("VirtualMachine", "golden");
    call("SetEntityPermissions", {
      entity,
      permission: [{ principal: "alice", group: false, roleId: id, propagate: true }],
    });
    call("MergePermissions", { srcRoleId: id, dstRoleId: readOnly });
    expect(call("RetrieveRolePermissions", { roleId: readOnly })).toEqual([
      { entity, principal: "VSPHERE.LOCAL\\alice", group: false, roleId: readOnly, propagate: true },
    ]);
    expect(fault("MergePermissions", { srcRoleId: admin, dstRoleId: readOnly })._typeName).toBe(
      "AuthMinimumAdminPermission",
    );
  });

  it("are the owner's business", () => {
    const alice = new Caller(caller.host, false);
    alice.call(sessionManager, "Login", { userName: "alice", password: "a" });
    expect(alice.fault(authorizationManager, "AddAuthorizationRole", { name: "x" })).toMatchObject({
      _typeName: "NoPermission",
      privilegeId: "Authorization.ModifyRoles",
      object: root,
    });
    const entity = caller.ref("VirtualMachine", "golden");
    expect(alice.fault(authorizationManager, "SetEntityPermissions", { entity, permission: [] })).toMatchObject({
      privilegeId: "Authorization.ModifyPermissions",
      object: entity,
    });
  });
});

describe("permissions", () => {
  const set = (entity: Ref, principal: string, roleId: number, propagate = true) =>
    call("SetEntityPermissions", { entity, permission: [{ principal, group: false, roleId, propagate }] });
  const on = (entity: Ref, inherited = false) =>
    call("RetrieveEntityPermissions", { entity, inherited }) as vim.Permission[];

  it("are one for each user and group on an object: a later one takes the place of an earlier one", () => {
    const entity = caller.ref("VirtualMachine", "golden");
    set(entity, "alice", readOnly);
    set(entity, "ALICE@vsphere.local", admin);
    expect(on(entity)).toMatchObject([{ principal: "VSPHERE.LOCAL\\ALICE", roleId: admin }]);
    set(entity, "bob", readOnly);
    expect(on(entity)).toHaveLength(2);
    call("ResetEntityPermissions", { entity, permission: [] });
    expect(on(entity)).toEqual([]);
    expect(caller.state.permissions.has(caller.find("VirtualMachine", "golden").id)).toBe(false);
  });

  it("are shown with those from above that hold there", () => {
    const [vm, servers] = [caller.ref("VirtualMachine", "web-01"), caller.ref("Folder", "servers")];
    set(servers, "alice", readOnly);
    set(servers, "bob", readOnly, false);
    expect(on(vm)).toEqual([]);
    expect(on(vm, true).map(({ principal, entity }) => `${principal} ${entity?.value}`)).toEqual([
      `VSPHERE.LOCAL\\alice ${servers.value}`,
      `VSPHERE.LOCAL\\Administrator ${root.value}`,
      `VSPHERE.LOCAL\\Administrators ${root.value}`,
    ]);
    set(vm, "alice", admin);
    expect(on(vm, true).filter(({ principal }) => principal.endsWith("alice"))).toMatchObject([{ roleId: admin }]);
  });

  it("are removed one by one, and only where they are", () => {
    const entity = caller.ref("VirtualMachine", "golden");
    set(entity, "alice", readOnly);
    expect(fault("RemoveEntityPermission", { entity, user: "alice", isGroup: true })._typeName).toBe("NotFound");
    call("RemoveEntityPermission", { entity, user: "Alice", isGroup: false });
    expect(on(entity)).toEqual([]);
  });

  it("leave somebody who may do everything", () => {
    call("RemoveEntityPermission", { entity: root, user: "Administrators", isGroup: true });
    const last = { entity: root, user: "Administrator", isGroup: false };
    const { state } = caller;
    expect(fault("RemoveEntityPermission", last)._typeName).toBe("AuthMinimumAdminPermission");
    expect(fault("ResetEntityPermissions", { entity: root })._typeName).toBe("AuthMinimumAdminPermission");
    const permission = [{ principal: "Administrator", group: false, roleId: admin, propagate: false }];
    expect(fault("SetEntityPermissions", { entity: root, permission })._typeName).toBe("AuthMinimumAdminPermission");
    expect(caller.state).toBe(state);
  });

  it("name a role that there is, and somebody", () => {
    const entity = caller.ref("VirtualMachine", "golden");
    const permission = (principal: string, roleId: number) => [{ principal, group: false, roleId, propagate: true }];
    expect(fault("SetEntityPermissions", { entity, permission: permission("alice", 99) })._typeName).toBe("NotFound");
    expect(fault("SetEntityPermissions", { entity, permission: permission("", admin) })).toMatchObject({
      invalidProperty: "permission[0].principal",
    });
    expect(fault("SetEntityPermissions", { entity: { type: "Folder", value: "group-v99" } })._typeName).toBe(
      "ManagedObjectNotFound",
    );
  });

  it("tell what a session may do where", () => {
    const alice = new Caller(caller.host, false);
    alice.call(sessionManager, "Login", { userName: "alice", password: "a" });
    const entity = caller.ref("VirtualMachine", "golden");
    set(entity, "alice", addRole("Off", "VirtualMachine.Interact.PowerOff"));
    const sessionId = alice.connection.session?.key ?? "";
    const privId = ["VirtualMachine.Interact.PowerOff", "VirtualMachine.Interact.PowerOn", "System.View"];
    expect(call("HasPrivilegeOnEntity", { entity, sessionId, privId })).toEqual([true, false, true]);
    expect(call("HasPrivilegeOnEntity", { entity, sessionId: "nosuch", privId })).toEqual([false, false, false]);
    expect(call("HasPrivilegeOnEntities", { entity: [entity], sessionId, privId: privId.slice(0, 1) })).toEqual([
      { entity, privAvailability: [{ privId: privId[0], isGranted: true }] },
    ]);
  });
});
