import { beforeAll, describe, expect, it } from "vitest";
import { administrator, basic, served, tokenHeader } from "./client.ts";

const client = served({
  users: [
    administrator,
    { name: "reader@vsphere.local", password: "reader" },
    { name: "corner@vsphere.local", password: "corner" },
    { name: "nobody@vsphere.local", password: "nobody" },
  ],
});
const tokens: Record<string, Record<string, string>> = {};
const sdk = "/sdk/vim25/8.0.3.0";
const moRef = (type: string, value: string) => ({ _typeName: "ManagedObjectReference", type, value });

async function logIn(user: string, password: string): Promise<Record<string, string>> {
  const { body } = await client.send("POST", "/api/session", undefined, basic(`${user}@vsphere.local`, password));
  return { [tokenHeader]: String(body) };
}
const as = (user: string, method: string, path: string, body?: unknown) =>
  client.send(method, path, body, tokens[user] ?? {});
const list = async (user: string, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const { body } = await as(user, "GET", path);
  return Array.isArray(body) ? body : [];
};

let machine = "";

beforeAll(async () => {
  tokens.administrator = await logIn("administrator", "secret");
  machine = String((await list("administrator", "/api/vcenter/vm?names=golden"))[0]?.vm);
  const permit = (type: string, id: string, principal: string) =>
    as("administrator", "POST", `${sdk}/AuthorizationManager/AuthorizationManager/SetEntityPermissions`, {
      entity: moRef(type, id),
      permission: [{ principal: `VSPHERE.LOCAL\\${principal}`, group: false, roleId: -2, propagate: true }],
    });
  const { body } = await as("administrator", "GET", `${sdk}/ServiceInstance/ServiceInstance/content`);
  await permit("Folder", String(Object(body).rootFolder.value), "reader");
  await permit("VirtualMachine", machine, "corner");
  for (const user of ["reader", "corner", "nobody"]) tokens[user] = await logIn(user, user);
});

describe("who may only read", () => {
  it("sees everything", async () => {
    expect(await list("reader", "/api/vcenter/vm")).toEqual(await list("administrator", "/api/vcenter/vm"));
    expect((await as("reader", "GET", `/api/vcenter/vm/${machine}`)).status).toBe(200);
  });

  it.each([
    ["POST", (vm: string) => `/api/vcenter/vm/${vm}/power?action=stop`, undefined],
    ["POST", (vm: string) => `/api/vcenter/vm/${vm}/guest/power?action=shutdown`, undefined],
    ["POST", (vm: string) => `/api/vcenter/vm/${vm}?action=unregister`, undefined],
    ["DELETE", (vm: string) => `/api/vcenter/vm/${vm}`, undefined],
  ])("is refused %s, request %#", async (method, path, body) => {
    const answer = await as("reader", method, path(machine), body);
    expect(answer).toMatchObject({ status: 403, body: { error_type: "UNAUTHORIZED" } });
  });

  it("cannot fork or clone, by REST or VI/JSON", async () => {
    for (const action of ["instant-clone", "clone"]) {
      const answer = await as("reader", "POST", `/api/vcenter/vm?action=${action}`, { source: machine, name: "x" });
      expect(answer).toMatchObject({ status: 403, body: { error_type: "UNAUTHORIZED" } });
    }
    const answer = await as("reader", "POST", `${sdk}/VirtualMachine/${machine}/InstantClone_Task`, {
      spec: { name: "x", location: {} },
    });
    expect(answer).toMatchObject({ status: 500, body: { _typeName: "NoPermission", privilegeId: expect.any(String) } });
  });
});

describe("who may read one machine", () => {
  it("sees that one, and none of what is around it", async () => {
    expect(await list("corner", "/api/vcenter/vm")).toMatchObject([{ name: "golden" }]);
    for (const noun of ["host", "cluster", "datastore", "network", "resource-pool", "folder", "datacenter"]) {
      expect([noun, await list("corner", `/api/vcenter/${noun}`)]).toEqual([noun, []]);
    }
    expect((await as("corner", "GET", `/api/vcenter/vm/${machine}`)).status).toBe(200);
    const other = String((await list("administrator", "/api/vcenter/vm?names=db-01"))[0]?.vm);
    expect(await as("corner", "GET", `/api/vcenter/vm/${other}`)).toMatchObject({
      status: 403,
      body: { error_type: "UNAUTHORIZED" },
    });
    expect(await as("corner", "GET", `${sdk}/VirtualMachine/${other}/name`)).toMatchObject({
      status: 500,
      body: { _typeName: "NoPermission" },
    });
  });
});

describe("who may do nothing", () => {
  it("sees nothing", async () => {
    expect(await list("nobody", "/api/vcenter/vm")).toEqual([]);
    expect((await as("nobody", "GET", `/api/vcenter/vm/${machine}`)).status).toBe(403);
  });
});
