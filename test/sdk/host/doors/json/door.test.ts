import { beforeAll, describe, expect, it } from "vitest";
import { administrator, served, tokenHeader } from "../rest/client.ts";

const client = served();
const base = "/sdk/vim25/8.0.3.0";
let own: Record<string, string> = {};

async function logIn(): Promise<Record<string, string>> {
  const answer = await client.send("POST", `${base}/SessionManager/SessionManager/Login`, {
    userName: administrator.name,
    password: administrator.password,
  });
  return { [tokenHeader]: answer.headers.get(tokenHeader) ?? "" };
}
const call = (path: string, args: unknown = {}) => client.send("POST", `${base}/${path}`, args, own);
const get = (path: string) => client.send("GET", `${base}/${path}`, undefined, own);
const moRef = (type: string, value: string) => ({ _typeName: "ManagedObjectReference", type, value });

async function machine(name: string): Promise<string> {
  const { body } = await call("SearchIndex/SearchIndex/FindByInventoryPath", { inventoryPath: name });
  return typeof body === "object" && body !== null && "value" in body ? String(body.value) : "";
}
async function firstMachine(): Promise<string> {
  const { view } = client.host.universe;
  for (const id of client.host.universe.state.objects.keys()) {
    const record = view.object(id);
    if (record?.kind === "VirtualMachine" && !record.template && record.power === "poweredOn") return `vm-${id}`;
  }
  throw new Error("The lab has no machine that runs.");
}

beforeAll(async () => {
  own = await logIn();
});

describe("VI/JSON without a session", () => {
  it("gives the service content, and nothing else of the inventory", async () => {
    const content = await client.send("GET", `${base}/ServiceInstance/ServiceInstance/content`);
    expect(content.status).toBe(200);
    expect(content.body).toMatchObject({
      _typeName: "ServiceContent",
      rootFolder: { _typeName: "ManagedObjectReference", type: "Folder" },
      about: { _typeName: "AboutInfo", apiType: "VirtualCenter" },
    });
    const machine = await firstMachine();
    for (const path of [`VirtualMachine/${machine}/name`, `VirtualMachine/${machine}/config`]) {
      const refused = await client.send("GET", `${base}/${path}`);
      expect(refused.status).toBe(401);
      expect(refused.body).toMatchObject({ _typeName: "NotAuthenticated" });
    }
    const power = await client.send("POST", `${base}/VirtualMachine/${machine}/PowerOffVM_Task`, {});
    expect(power.status).toBe(401);
  });

  it("refuses a token that nobody has", async () => {
    const answer = await client.send("GET", `${base}/Folder/group-d1/name`, undefined, {
      [tokenHeader]: "0".repeat(40),
    });
    expect(answer.status).toBe(401);
  });

  it("says which release to speak", async () => {
    const hello = (api_releases: unknown) => client.send("POST", "/api/vcenter/system?action=hello", { api_releases });
    expect((await hello(["10.0.0.0", "9.1.0.0", "8.0.1.0"])).body).toEqual({ api_release: "9.1.0.0" });
    expect((await hello(["6.7"])).body).toEqual({ api_release: "" });
    expect((await hello("9.1.0.0")).status).toBe(400);
  });

  it("answers a wrong password as a fault, with no token", async () => {
    const answer = await client.send("POST", `${base}/SessionManager/SessionManager/Login`, {
      userName: administrator.name,
      password: "wrong",
    });
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ _typeName: "InvalidLogin", faultstring: expect.stringContaining("login") });
    expect(answer.headers.get(tokenHeader)).toBeNull();
  });
});

describe("a session of VI/JSON", () => {
  it("begins with a token in a header and ends with Logout", async () => {
    const mine = await logIn();
    expect(mine[tokenHeader]).toMatch(/^\w{20,}$/);
    const current = await client.send("GET", `${base}/SessionManager/SessionManager/currentSession`, undefined, mine);
    expect(current.body).toMatchObject({ _typeName: "UserSession", userName: "VSPHERE.LOCAL\\administrator" });
    const out = await client.send("POST", `${base}/SessionManager/SessionManager/Logout`, {}, mine);
    expect(out).toMatchObject({ status: 204, body: "" });
    const late = await client.send("GET", `${base}/Folder/group-d1/name`, undefined, mine);
    expect(late.status).toBe(401);
    const nobody = await client.send("GET", `${base}/SessionManager/SessionManager/currentSession`, undefined, mine);
    expect(nobody.status).toBe(204);
  });
});

describe("properties by GET", () => {
  it("are the values themselves, objects with their types", async () => {
    const id = await firstMachine();
    expect((await get(`VirtualMachine/${id}/name`)).body).toEqual(expect.any(String));
    const runtime = await get(`VirtualMachine/${id}/runtime`);
    expect(runtime.body).toMatchObject({
      _typeName: "VirtualMachineRuntimeInfo",
      powerState: "poweredOn",
      host: { _typeName: "ManagedObjectReference", type: "HostSystem" },
    });
    expect(Object.keys(Object(runtime.body))[0]).toBe("_typeName");
    expect((await get(`VirtualMachine/${id}/network`)).body).toEqual([expect.objectContaining({ type: "Network" })]);
  });

  it("are found by the type that declares them", async () => {
    const id = await firstMachine();
    const [declared, concrete] = [await get(`ManagedEntity/${id}/name`), await get(`VirtualMachine/${id}/name`)];
    expect(declared).toMatchObject({ status: 200, body: concrete.body });
  });

  it("answer 204 where they are unset, 404 where there is none, and a fault where the object is gone", async () => {
    const id = await firstMachine();
    expect((await get(`VirtualMachine/${id}/snapshot`)).status).toBe(204);
    expect((await get(`VirtualMachine/${id}/nothing`)).status).toBe(404);
    expect((await get(`Nothing/${id}/name`)).status).toBe(404);
    expect((await get("VirtualMachine/vm-999999/name")).body).toMatchObject({
      _typeName: "ManagedObjectNotFound",
      obj: moRef("VirtualMachine", "vm-999999"),
    });
    expect((await get(`VirtualMachine/${id}/%zz`)).status).toBe(400);
  });

  it("are those of the release that is spoken", async () => {
    expect((await client.send("GET", "/sdk/vim25/5.0/Folder/group-d1/name", undefined, own)).status).toBe(404);
    expect((await client.send("GET", `${base}/pbm/PbmServiceInstance/x/content`, undefined, own)).status).toBe(404);
    const id = await firstMachine();
    const info = async (release: string) =>
      (await client.send("GET", `/sdk/vim25/${release}/VirtualMachine/${id}/config`, undefined, own)).body;
    expect(await info("9.1.1.0")).toMatchObject({ _typeName: "VirtualMachineConfigInfo" });
    expect(await info("7.0.0.0")).toMatchObject({ _typeName: "VirtualMachineConfigInfo" });
  });
});

describe("methods by POST", () => {
  it("answer nothing with 204, and faults with 500", async () => {
    expect((await call("ServiceInstance/ServiceInstance/CurrentTime")).body).toMatch(/^\d{4}-/);
    const id = await firstMachine();
    const wrong = await call(`VirtualMachine/${id}/Rename_Task`, { _typeName: "Rename", newName: 5 });
    expect(wrong.status).toBe(500);
    expect(wrong.body).toMatchObject({ _typeName: "InvalidType", argument: "newName" });
    const unknown = await call(`VirtualMachine/${id}/ReconfigVM_Task`, { spec: { nane: "x" } });
    expect(unknown.body).toMatchObject({ _typeName: "InvalidArgument", invalidProperty: "spec.nane" });
    const strange = await call(`VirtualMachine/${id}/ReconfigVM_Task`, { spec: { _typeName: "Nothing" } });
    expect(strange.status).toBe(500);
    expect((await call(`VirtualMachine/${id}/NoSuchMethod`)).status).toBe(404);
    expect((await call(`VirtualMachine/${id}/PowerOffVM_Task`, "[]")).status).toBe(400);
    expect((await call(`VirtualMachine/${id}/PowerOffVM_Task`, "{")).status).toBe(400);
  });

  it("fork a machine, wait for it with a property collector, and find it", async () => {
    const id = await firstMachine();
    const spec = {
      _typeName: "VirtualMachineInstantCloneSpec",
      name: "by-json",
      location: { _typeName: "VirtualMachineRelocateSpec" },
      config: [{ _typeName: "OptionValue", key: "guestinfo.a", value: { _typeName: "string", _value: "b" } }],
    };
    const task = await call(`VirtualMachine/${id}/InstantClone_Task`, { spec });
    expect(task.body).toMatchObject({ _typeName: "ManagedObjectReference", type: "Task" });
    const filter = await call("PropertyCollector/propertyCollector/CreateFilter", {
      spec: {
        propSet: [{ type: "Task", pathSet: ["info.state", "info.result", "info"] }],
        objectSet: [{ obj: task.body }],
      },
      partialUpdates: false,
    });
    expect(filter.status).toBe(200);
    const updates = await call("PropertyCollector/propertyCollector/WaitForUpdatesEx", { version: "", options: null });
    const result = { _typeName: "ManagedObjectReference", type: "VirtualMachine" };
    expect(updates.body).toMatchObject({
      _typeName: "UpdateSet",
      filterSet: [
        {
          _typeName: "PropertyFilterUpdate",
          objectSet: [
            {
              kind: "enter",
              changeSet: expect.arrayContaining([
                expect.objectContaining({ name: "info.state", val: { _typeName: "TaskInfoState", _value: "success" } }),
                expect.objectContaining({ name: "info.result", val: expect.objectContaining(result) }),
                expect.objectContaining({ name: "info", val: expect.objectContaining({ _typeName: "TaskInfo" }) }),
              ]),
            },
          ],
        },
      ],
    });
  });

  it("retrieve values of any type with their types, in pages", async () => {
    const retrieve = (options: object) =>
      call("PropertyCollector/propertyCollector/RetrievePropertiesEx", {
        specSet: [
          {
            propSet: [{ type: "Folder", pathSet: ["name", "childEntity", "childType"] }],
            objectSet: [{ obj: moRef("Folder", "group-d1") }],
          },
        ],
        options,
      });
    expect((await retrieve({})).body).toMatchObject({
      _typeName: "RetrieveResult",
      objects: [
        {
          propSet: expect.arrayContaining([
            expect.objectContaining({ name: "name", val: { _typeName: "string", _value: "Datacenters" } }),
            expect.objectContaining({
              name: "childEntity",
              val: { _typeName: "ArrayOfManagedObjectReference", _value: [expect.anything()] },
            }),
            expect.objectContaining({
              name: "childType",
              val: expect.objectContaining({ _typeName: "ArrayOfString" }),
            }),
          ]),
        },
      ],
    });
  });

  it("answer an empty array where there is nothing, and nothing where nothing is found", async () => {
    expect(await machine("/nowhere")).toBe("");
    const none = await call("SearchIndex/SearchIndex/FindAllByDnsName", { dnsName: "nobody", vmSearch: true });
    expect(none).toMatchObject({ status: 200, body: [] });
    const found = await call("SearchIndex/SearchIndex/FindByInventoryPath", { inventoryPath: "/nowhere" });
    expect(found.status).toBe(204);
  });

  it("put a failed task's fault where SOAP has a wrapper", async () => {
    const id = await firstMachine();
    const task = await call(`VirtualMachine/${id}/PowerOnVM_Task`);
    const { value } = Object(task.body);
    expect((await get(`Task/${value}/info`)).body).toMatchObject({
      _typeName: "TaskInfo",
      state: "error",
      error: { _typeName: "InvalidPowerState", existingState: "poweredOn", faultstring: expect.any(String) },
    });
  });

  it("are not called by others than POST", async () => {
    expect((await client.send("DELETE", `${base}/Folder/group-d1/name`, undefined, own)).status).toBe(405);
    expect((await get("ServiceInstance/ServiceInstance/CurrentTime")).status).toBe(404);
  });
});
