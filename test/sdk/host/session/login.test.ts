import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import { principalKey, principalOf } from "../../../../sdk/host/session/sessions.ts";
import { dataType } from "../../../../sdk/vim/schema.ts";
import { Caller, serviceInstance, sessionManager } from "../caller.ts";

const users = [
  { name: "Administrator@vsphere.local", password: "secret", fullName: "The Owner" },
  { name: "alice@corp.local", password: "wonder", groups: ["Desktops@corp.local"] },
];

let host: Host;
let caller: Caller;
beforeEach(() => {
  host = Host.start({ seed: 1, users });
  caller = new Caller(host, false);
});
afterEach(() => host.close());

const login = (userName: string, password: string, on = caller) =>
  on.call(sessionManager, "Login", { userName, password });

describe("logging in", () => {
  it("gives a session, as the schema has it", () => {
    const session = login("alice@corp.local", "wonder");
    expect(session).toMatchObject({ userName: "CORP.LOCAL\\alice", fullName: "alice@corp.local", locale: "en" });
    const required = dataType("UserSession")?.properties.filter(({ optional }) => !optional) ?? [];
    for (const { name } of required) expect(session).toHaveProperty(name);
    expect(caller.call(serviceInstance, "CurrentTime")).toBe("2026-01-01T00:00:00.000Z");
  });

  it.each(["alice@corp.local", "ALICE@corp.LOCAL", "corp.local\\Alice"])("knows a user by %s", (name) => {
    expect(login(name, "wonder")).toMatchObject({ userName: "CORP.LOCAL\\alice" });
  });

  it.each([
    ["alice@corp.local", "Wonder"],
    ["alice@corp.local", ""],
    ["alice", "wonder"],
    ["bob", "wonder"],
    ["", ""],
  ])("refuses %o with %o and does not say why", (name, password) => {
    const made = caller.fault(sessionManager, "Login", { userName: name, password });
    expect(made._typeName).toBe("InvalidLogin");
    expect(made.message).toContain("incorrect user name or password");
    expect(host.sessions.list).toEqual([]);
  });

  it("takes any password where the owner set none", () => {
    const open = Caller.start();
    open.call(sessionManager, "Logout");
    expect(login("administrator@vsphere.local", "whatever", open)).toMatchObject({
      userName: "VSPHERE.LOCAL\\Administrator",
    });
    open.close();
  });

  it("twice is refused until one has logged out", () => {
    login("alice@corp.local", "wonder");
    expect(caller.fault(sessionManager, "Login", { userName: "alice@corp.local", password: "wonder" })._typeName).toBe(
      "InvalidArgument",
    );
    caller.call(sessionManager, "Logout");
    login("Administrator", "secret");
    expect(host.sessions.list).toHaveLength(1);
  });

  it("knows English, and says so", () => {
    const login = (locale: string) => ({ userName: "alice@corp.local", password: "wonder", locale });
    expect(caller.fault(sessionManager, "Login", login("tlh"))._typeName).toBe("InvalidLocale");
    caller.call(sessionManager, "Login", login("en_US"));
    expect(caller.fault(sessionManager, "SetLocale", { locale: "xx" })._typeName).toBe("InvalidLocale");
  });
});

describe("without a session", () => {
  it("only what is anonymous answers", () => {
    expect(caller.call(serviceInstance, "RetrieveServiceContent")).toMatchObject({ rootFolder: { value: "group-d1" } });
    expect(caller.fault(serviceInstance, "CurrentTime")).toMatchObject({
      _typeName: "NotAuthenticated",
      object: serviceInstance,
      privilegeId: "System.View",
    });
    expect(caller.fault({ type: "VirtualMachine", value: "vm-23" }, "PowerOffVM_Task")._typeName).toBe(
      "NotAuthenticated",
    );
  });

  it("nobody learns what there is", () => {
    for (const value of ["vm-23", "vm-99"])
      expect(caller.fault({ type: "VirtualMachine", value }, "Reload")._typeName).toBe("NotAuthenticated");
  });

  it("changes nothing", () => {
    const { state } = caller;
    caller.fault({ type: "VirtualMachine", value: "vm-23" }, "Destroy_Task");
    expect(caller.state).toBe(state);
  });
});

describe("a session", () => {
  it("ends with Logout, and what belonged to it with it", () => {
    login("Administrator", "secret");
    const collector = caller.call({ type: "EventManager", value: "EventManager" }, "CreateCollectorForEvents", {
      filter: {},
    });
    caller.call(collector, "ResetCollector");
    caller.call(sessionManager, "Logout");
    expect(caller.fault(collector, "ResetCollector")._typeName).toBe("NotAuthenticated");
    login("Administrator", "secret");
    expect(caller.fault(collector, "ResetCollector")._typeName).toBe("ManagedObjectNotFound");
  });

  it("is its client's alone: others do not reach what belongs to it", () => {
    login("Administrator", "secret");
    const other = new Caller(host);
    const collector = caller.call({ type: "EventManager", value: "EventManager" }, "CreateCollectorForEvents", {
      filter: {},
    });
    expect(other.fault(collector, "ResetCollector")._typeName).toBe("ManagedObjectNotFound");
  });

  it("that another one terminates is over, and its client can log in again", () => {
    const { key } = Object(login("alice@corp.local", "wonder"));
    const owner = new Caller(host);
    const terminate = (sessionId: string[]) => owner.fault(sessionManager, "TerminateSession", { sessionId });
    expect(terminate([key, "nosuch"])._typeName).toBe("NotFound");
    expect(terminate([owner.connection.session?.key ?? ""])._typeName).toBe("InvalidArgument");
    expect(owner.call(sessionManager, "SessionIsActive", { sessionID: key, userName: "alice@corp.local" })).toBe(true);
    owner.call(sessionManager, "TerminateSession", { sessionId: [key, key] });
    expect(owner.call(sessionManager, "SessionIsActive", { sessionID: key, userName: "alice@corp.local" })).toBe(false);
    expect(caller.fault(serviceInstance, "CurrentTime")._typeName).toBe("NotAuthenticated");
    login("alice@corp.local", "wonder");
    expect(caller.call(serviceInstance, "CurrentTime")).toBeTypeOf("string");
  });

  it("of one host is none of its twin's, though their keys are the same", () => {
    login("Administrator", "secret");
    const twin = host.fork();
    const own = twin.connect({ loggedIn: true, userAgent: "" });
    expect(own.session?.key).toBe(caller.connection.session?.key);
    expect(() => twin.call(caller.connection, serviceInstance, "CurrentTime", {})).toThrow("not authenticated");
    expect(caller.call(serviceInstance, "CurrentTime")).toBeTypeOf("string");
    twin.close();
  });

  it("counts its calls and knows when the last one was", () => {
    login("Administrator", "secret");
    const { session } = caller.connection;
    const before = session?.calls ?? 0;
    caller.call(serviceInstance, "CurrentTime");
    caller.fault({ type: "VirtualMachine", value: "vm-99" }, "Reload");
    expect(session?.calls).toBe(before + 2);
  });
});

describe("principals", () => {
  it.each([
    ["alice", "VSPHERE.LOCAL\\alice"],
    ["Alice@corp.local", "CORP.LOCAL\\Alice"],
    ["corp.local\\Alice", "CORP.LOCAL\\Alice"],
    ["a@b@corp", "CORP\\a@b"],
    ["", "VSPHERE.LOCAL\\"],
  ])("%o is shown as %o", (name, shown) => {
    expect(principalOf(name)).toBe(shown);
    expect(principalOf(shown)).toBe(shown);
    expect(principalKey(name)).toBe(shown.toUpperCase());
  });
});
