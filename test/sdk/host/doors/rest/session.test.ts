import { describe, expect, it } from "vitest";
import { administrator, basic, served, tokenHeader } from "./client.ts";

const client = served();
const good = basic(administrator.name, administrator.password);

describe("a session of the REST API", () => {
  it("begins with POST, is described by GET, and ends with DELETE", async () => {
    const begun = await client.send("POST", "/api/session", undefined, good);
    expect(begun).toMatchObject({ status: 201, body: expect.stringMatching(/^\w{20,}$/) });
    const own = { [tokenHeader]: String(begun.body) };
    const described = await client.send("GET", "/api/session", undefined, own);
    expect(described).toMatchObject({
      status: 200,
      body: {
        user: "administrator@VSPHERE.LOCAL",
        created_time: expect.any(String),
        last_accessed_time: expect.any(String),
      },
    });
    expect(client.host.sessions.list).toHaveLength(1);
    expect((await client.send("DELETE", "/api/session", undefined, own)).status).toBe(204);
    expect(client.host.sessions.list).toHaveLength(0);
    expect((await client.send("GET", "/api/session", undefined, own)).status).toBe(401);
  });

  it("has an older form, wrapped in value, with a cookie", async () => {
    const begun = await client.send("POST", "/rest/com/vmware/cis/session", undefined, good);
    expect(begun).toMatchObject({ status: 200, body: { value: expect.any(String) } });
    const cookie = begun.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^vmware-api-session-id=\w+; Path=\/rest; HttpOnly/);
    const own = { Cookie: cookie.split(";")[0] ?? "" };
    const described = await client.send("POST", "/rest/com/vmware/cis/session?~action=get", undefined, own);
    expect(described).toMatchObject({ status: 200, body: { value: { user: "administrator@VSPHERE.LOCAL" } } });
    expect(await client.send("DELETE", "/rest/com/vmware/cis/session", undefined, own)).toMatchObject({
      status: 200,
      body: "",
    });
    const late = await client.send("GET", "/rest/vcenter/vm", undefined, own);
    expect(late).toMatchObject({
      status: 401,
      body: { type: "com.vmware.vapi.std.errors.unauthenticated", value: { messages: [expect.anything()] } },
    });
  });

  it("is one with VI/JSON", async () => {
    const begun = await client.send("POST", "/api/session", undefined, good);
    const own = { [tokenHeader]: String(begun.body) };
    const current = await client.send("GET", "/sdk/vim25/8.0.3.0/Folder/group-d1/name", undefined, own);
    expect(current).toMatchObject({ status: 200, body: "Datacenters" });
    await client.send("DELETE", "/api/session", undefined, own);
  });

  it.each([
    ["nothing", {}],
    ["no user", { Authorization: "Basic Og==" }],
    ["a wrong password", basic(administrator.name, "wrong")],
    ["somebody unknown", basic("nobody@vsphere.local", "secret")],
    ["another scheme", { Authorization: "Bearer x" }],
  ])("is not given for %s", async (_what, headers) => {
    const answer = await client.send("POST", "/api/session", undefined, headers);
    expect(answer).toMatchObject({
      status: 401,
      body: {
        error_type: "UNAUTHENTICATED",
        messages: [{ id: expect.any(String), default_message: expect.any(String), args: [] }],
      },
    });
    expect(answer.headers.get(tokenHeader)).toBeNull();
  });

  it.each([
    ["GET", "/api/vcenter/vm"],
    ["GET", "/api/vcenter/host"],
    ["GET", "/api/vcenter/vm/vm-1"],
    ["POST", "/api/vcenter/vm?action=instant-clone"],
    ["DELETE", "/api/vcenter/vm/vm-1"],
    ["POST", "/api/vcenter/vm/vm-1/power?action=stop"],
    ["GET", "/api/appliance/system/version"],
  ])("is needed for %s %s", async (method, path) => {
    expect(await client.send(method, path)).toMatchObject({ status: 401, body: { error_type: "UNAUTHENTICATED" } });
  });

  it("makes nothing of what is not simulated but 404", async () => {
    const begun = await client.send("POST", "/api/session", undefined, good);
    const own = { [tokenHeader]: String(begun.body) };
    for (const path of ["/api/cis/tagging/tag", "/api/vcenter/nothing", "/rest/com/vmware/content/library"]) {
      const answer = await client.send("GET", path, undefined, own);
      expect(answer.status).toBe(404);
      expect(JSON.stringify(answer.body)).toContain("is not simulated");
    }
    expect((await client.send("PATCH", "/api/vcenter/vm/vm-1", {}, own)).status).toBe(404);
  });
});

describe("a single ESXi", () => {
  const esx = served({ flavour: "esx", users: [{ name: "root", password: "secret" }] });

  it("has neither REST nor VI/JSON", async () => {
    expect((await esx.send("POST", "/api/session", undefined, basic("root", "secret"))).status).toBe(404);
    expect((await esx.send("GET", "/sdk/vim25/8.0.3.0/ServiceInstance/ServiceInstance/content")).status).toBe(404);
  });
});
