import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ref, vim } from "../../../../sdk/vim/index.ts";
import { LabClient } from "../lab-client.ts";

const users = [
  { name: "administrator@vsphere.local", password: undefined },
  { name: "alice@vsphere.local", password: "a" },
];
let owner: LabClient;
let alice: LabClient;
beforeEach(() => {
  owner = LabClient.start({ users });
  alice = new LabClient(owner.host, false);
  alice.call(alice.content.sessionManager as Ref<"SessionManager">, "Login", {
    userName: "alice@vsphere.local",
    password: "a",
  });
});
afterEach(() => owner.close());

const readOnly = -2;
function allow(entity: Ref<"ManagedEntity">, roleId = readOnly): void {
  owner.call(owner.content.authorizationManager as Ref<"AuthorizationManager">, "SetEntityPermissions", {
    entity,
    permission: [{ principal: "alice@vsphere.local", group: false, roleId, propagate: true }],
  });
}
const visible = (client: LabClient) =>
  client
    .retrieve(LabClient.through(client.view(["ManagedEntity"]), "ManagedEntity", ["name"]))
    .map(({ propSet }) => propSet?.[0]?.val)
    .sort();

describe("who may read what", () => {
  it("nothing is there for somebody who may read nothing", () => {
    expect(visible(alice)).toEqual([]);
    expect(alice.get(alice.content.rootFolder, "name")).toBeUndefined();
  });

  it("what may be read is there, and the way to it by name only", () => {
    const web = owner.at("VirtualMachine", "/DC0/vm/servers/web-01");
    allow(web);
    expect(visible(alice)).toEqual(["DC0", "servers", "vm", "web-01"]);
    expect(alice.at("VirtualMachine", "/DC0/vm/servers/web-01")).toEqual(web);
    const servers = owner.at("Folder", "/DC0/vm/servers");
    const [content] = alice.retrieve({
      propSet: [{ type: "Folder", pathSet: ["name", "overallStatus"] }],
      objectSet: [{ obj: servers }],
    });
    expect(content?.propSet).toEqual([{ name: "name", val: "servers" }]);
    expect(content?.missingSet).toMatchObject([
      { path: "overallStatus", fault: { fault: { _typeName: "NoPermission", privilegeId: "System.Read" } } },
    ]);
  });

  it("a named object that may not be seen tells only that", () => {
    const golden = owner.at("VirtualMachine", "/DC0/vm/golden");
    const [content] = alice.retrieve({
      propSet: [{ type: "VirtualMachine", pathSet: ["name"] }],
      objectSet: [{ obj: golden }],
    });
    expect(content).toMatchObject({ obj: golden, propSet: [], missingSet: [{ path: "name" }] });
  });

  it("a property that takes a privilege of its own is missing without it", () => {
    const manager = owner.content.sessionManager as Ref;
    const read = (client: LabClient) =>
      client.retrieve({
        propSet: [{ type: "SessionManager", pathSet: ["sessionList"] }],
        objectSet: [{ obj: manager }],
      })[0];
    expect(read(owner)?.propSet?.[0]?.val).toHaveLength(2);
    expect(read(alice)).toMatchObject({ propSet: [], missingSet: [{ path: "sessionList" }] });
  });

  it("filters tell of what comes into sight and what goes out of it", () => {
    const servers = owner.at("Folder", "/DC0/vm/servers");
    alice.call(alice.collector, "CreateFilter", {
      spec: LabClient.through(alice.view(["VirtualMachine"]), "VirtualMachine", ["name"]),
      partialUpdates: false,
    });
    const check = (version: string) => alice.call(alice.collector, "CheckForUpdates", { version });
    expect(check("")).toBeUndefined();
    allow(servers);
    const first = check("");
    expect(kinds(first)).toEqual(["enter build-01", "enter db-01", "enter web-01", "enter web-02"]);
    allow(servers, -5);
    expect(kinds(check(first?.version ?? ""))).toEqual(["leave", "leave", "leave", "leave"]);
  });
});

const kinds = (set: vim.UpdateSet | undefined) =>
  (set?.filterSet ?? [])
    .flatMap(({ objectSet }) => objectSet ?? [])
    .map(({ kind, changeSet }) => [kind, ...(changeSet ?? []).map(({ val }) => val)].join(" "))
    .sort();
