import { beforeAll, describe, expect, it } from "vitest";
import { administrator, basic, served, tokenHeader } from "./client.ts";

const client = served();
let own: Record<string, string> = {};
let golden = "";
let forks = 0;

beforeAll(async () => {
  const begun = await client.send("POST", "/api/session", undefined, basic(administrator.name, administrator.password));
  own = { [tokenHeader]: String(begun.body) };
  const { body } = await client.send("GET", "/api/vcenter/vm?power_states=POWERED_ON", undefined, own);
  golden = Array.isArray(body) ? String(body[0].vm) : "";
});

const get = (path: string) => client.send("GET", path, undefined, own);
const post = (path: string, body?: unknown) => client.send("POST", path, body, own);
const info = async (vm: string): Promise<Readonly<Record<string, never>>> =>
  Object((await get(`/api/vcenter/vm/${vm}`)).body);

async function fork(): Promise<string> {
  const { status, body } = await post("/api/vcenter/vm?action=instant-clone", {
    source: golden,
    name: `fork-${++forks}`,
  });
  expect([status, body]).toEqual([200, expect.stringMatching(/^vm-\d+$/)]);
  return String(body);
}

describe("a machine by the REST API", () => {
  it("is described with its hardware", async () => {
    const machine = await info(golden);
    expect(machine).toMatchObject({
      name: expect.any(String),
      power_state: "POWERED_ON",
      instant_clone_frozen: expect.any(Boolean),
      guest_OS: expect.stringMatching(/^[A-Z0-9_]+$/),
      identity: { name: expect.any(String), bios_uuid: expect.any(String), instance_uuid: expect.any(String) },
      hardware: { version: expect.stringMatching(/^VMX_\d\d$/), upgrade_policy: "NEVER", upgrade_status: "NONE" },
      cpu: { count: expect.any(Number), cores_per_socket: expect.any(Number) },
      memory: { size_MiB: expect.any(Number) },
      boot: { type: expect.stringMatching(/^(BIOS|EFI)$/), delay: 0 },
    });
    expect(machine.disks).toMatchObject({
      "2000": {
        type: "SCSI",
        scsi: { bus: 0, unit: 0 },
        backing: { type: "VMDK_FILE", vmdk_file: expect.stringMatching(/^\[.+\] .+\.vmdk$/) },
      },
    });
    expect(Object.values(machine.nics ?? {})[0]).toMatchObject({
      mac_address: expect.stringMatching(/^[0-9a-f:]{17}$/),
      backing: { type: expect.any(String), network: expect.any(String), network_name: expect.any(String) },
      state: "CONNECTED",
    });
    expect(Object.values(machine.scsi_adapters ?? {})[0]).toMatchObject({ type: expect.any(String), sharing: "NONE" });
  });

  it("has lists of pairs in its older form", async () => {
    const older = await get(`/rest/vcenter/vm/${golden}`);
    expect(older.body).toMatchObject({ value: { disks: [{ key: "2000", value: { type: "SCSI" } }] } });
  });

  it("is forked", async () => {
    const id = await fork();
    expect(await info(id)).toMatchObject({ name: "fork-1", power_state: "POWERED_ON" });
    const again = await post("/api/vcenter/vm?action=instant-clone", { source: golden, name: "fork-1" });
    expect(again).toMatchObject({ status: 400, body: { error_type: "ALREADY_EXISTS" } });
  });

  it("is forked where a placement says, with cards that are changed", async () => {
    const folders = await get("/api/vcenter/folder?type=VIRTUAL_MACHINE");
    const folder = Array.isArray(folders.body) ? String(folders.body[0].folder) : "";
    const key = Object.keys((await info(golden)).nics ?? {})[0] ?? "";
    const biosUuid = "564d0000-1111-2222-3333-444455556666";
    const answer = await post("/api/vcenter/vm?action=instant-clone", {
      source: golden,
      name: "placed",
      placement: { folder },
      bios_uuid: biosUuid,
      nics_to_update: { [key]: { mac_type: "MANUAL", mac_address: "00:50:56:01:02:03", start_connected: false } },
      disconnect_all_nics: true,
    });
    expect(answer.status).toBe(200);
    const made = await info(String(answer.body));
    expect(made).toMatchObject({
      identity: { bios_uuid: biosUuid },
      nics: { [key]: { mac_address: "00:50:56:01:02:03", start_connected: false, state: "NOT_CONNECTED" } },
    });
  });

  it("is forked in the older form, wrapped in spec", async () => {
    const answer = await post("/rest/vcenter/vm?action=instant-clone", { spec: { source: golden, name: "older" } });
    expect(answer).toMatchObject({ status: 200, body: { value: expect.stringMatching(/^vm-/) } });
  });

  it("is not forked from what is wrong, and says why", async () => {
    const clone = (body: unknown) => post("/api/vcenter/vm?action=instant-clone", body);
    expect(await clone({ name: "x" })).toMatchObject({ status: 400, body: { error_type: "INVALID_ARGUMENT" } });
    expect(await clone({ source: "vm-9999", name: "x" })).toMatchObject({
      status: 404,
      body: { error_type: "NOT_FOUND" },
    });
    expect(await clone({ source: golden, name: "x", colour: "red" })).toMatchObject({ status: 400 });
    expect(await clone({ source: golden, name: "x", placement: { host: "host-1" } })).toMatchObject({ status: 400 });
    expect(await clone("{")).toMatchObject({ status: 400, body: { error_type: "INVALID_ARGUMENT" } });
    expect(await clone("[]")).toMatchObject({ status: 400 });
    expect(await clone({ source: golden, name: "x", nics_to_update: { "1": {} } })).toMatchObject({ status: 400 });
    const off = await fork();
    await post(`/api/vcenter/vm/${off}/power?action=stop`);
    expect(await clone({ source: off, name: "x" })).toMatchObject({
      status: 400,
      body: { error_type: "NOT_ALLOWED_IN_CURRENT_STATE" },
    });
  });

  it("is stopped, started, suspended and reset", async () => {
    const id = await fork();
    const power = (action: string) => post(`/api/vcenter/vm/${id}/power?action=${action}`);
    const state = async () => Object((await get(`/api/vcenter/vm/${id}/power`)).body).state;
    expect((await power("stop")).status).toBe(204);
    expect(await state()).toBe("POWERED_OFF");
    expect(await power("stop")).toMatchObject({ status: 400, body: { error_type: "ALREADY_IN_DESIRED_STATE" } });
    expect(await power("suspend")).toMatchObject({ status: 400, body: { error_type: "NOT_ALLOWED_IN_CURRENT_STATE" } });
    expect(await power("reset")).toMatchObject({ status: 400, body: { error_type: "NOT_ALLOWED_IN_CURRENT_STATE" } });
    expect(await power("jump")).toMatchObject({ status: 404 });
    expect((await power("start")).status).toBe(204);
    expect(await power("start")).toMatchObject({ status: 400, body: { error_type: "ALREADY_IN_DESIRED_STATE" } });
    expect((await power("reset")).status).toBe(204);
    expect((await power("suspend")).status).toBe(204);
    expect(await state()).toBe("SUSPENDED");
    expect((await post(`/rest/vcenter/vm/${id}/power/start`)).status).toBe(200);
    expect((await get(`/rest/vcenter/vm/${id}/power`)).body).toEqual({ value: { state: "POWERED_ON" } });
    expect((await post(`/rest/vcenter/vm/${id}/power/stop`)).status).toBe(200);
  });

  it("is shut down by its guest, which says who it is", async () => {
    const id = await fork();
    expect((await get(`/api/vcenter/vm/${id}/guest/identity`)).body).toMatchObject({
      name: expect.stringMatching(/^[A-Z0-9_]+$/),
      family: "LINUX",
      host_name: expect.any(String),
      full_name: { default_message: expect.any(String) },
    });
    expect((await get(`/api/vcenter/vm/${id}/guest/power`)).body).toMatchObject({ state: "RUNNING" });
    expect((await post(`/api/vcenter/vm/${id}/guest/power?action=shutdown`)).status).toBe(204);
    expect((await get(`/api/vcenter/vm/${id}/power`)).body).toMatchObject({ state: "POWERED_OFF" });
    expect(await get(`/api/vcenter/vm/${id}/guest/identity`)).toMatchObject({
      status: 503,
      body: { error_type: "SERVICE_UNAVAILABLE" },
    });
    expect(await post(`/api/vcenter/vm/${id}/guest/power?action=reboot`)).toMatchObject({ status: 400 });
  });

  it("is cloned, and deleted when it does not run", async () => {
    const answer = await post("/api/vcenter/vm?action=clone", { source: golden, name: "copy", power_on: true });
    expect(answer.status).toBe(200);
    const copy = String(answer.body);
    const remove = () => client.send("DELETE", `/api/vcenter/vm/${copy}`, undefined, own);
    expect(await remove()).toMatchObject({ status: 400, body: { error_type: "NOT_ALLOWED_IN_CURRENT_STATE" } });
    await post(`/api/vcenter/vm/${copy}/power?action=stop`);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });

  it("has hardware that is read piece by piece, and changed", async () => {
    const id = await fork();
    const hardware = `/api/vcenter/vm/${id}/hardware`;
    const whole = await info(id);
    expect((await get(`${hardware}/cpu`)).body).toEqual(whole.cpu);
    expect((await get(`${hardware}/disk`)).body).toContainEqual({ disk: "2000" });
    expect((await get(`${hardware}/disk/2000`)).body).toMatchObject({ backing: { type: "VMDK_FILE" } });
    expect((await get(`/rest/vcenter/vm/${id}/hardware/disk`)).body).toMatchObject({ value: [{ disk: "2000" }] });
    expect(await get(`${hardware}/disk/9`)).toMatchObject({ status: 404, body: { error_type: "NOT_FOUND" } });
    const change = (path: string, body: unknown) => client.send("PATCH", `${hardware}/${path}`, body, own);
    expect(await change("cpu", { count: 4 })).toMatchObject({
      status: 400,
      body: { error_type: "NOT_ALLOWED_IN_CURRENT_STATE" },
    });
    await post(`/api/vcenter/vm/${id}/power?action=stop`);
    expect((await change("cpu", { count: 4, cores_per_socket: 2 })).status).toBe(204);
    expect((await change("memory", { size_MiB: 4096 })).status).toBe(204);
    expect(await info(id)).toMatchObject({ cpu: { count: 4, cores_per_socket: 2 }, memory: { size_MiB: 4096 } });
    expect(await change("cpu", { count: "4" })).toMatchObject({
      status: 400,
      body: { error_type: "INVALID_ARGUMENT" },
    });
    expect(await change("cpu", { cores: 4 })).toMatchObject({ status: 400, body: { error_type: "INVALID_ARGUMENT" } });
  });

  it("has network cards that are connected when its guest is a machine of its own", async () => {
    const made = await post("/api/vcenter/vm?action=instant-clone", {
      source: golden,
      name: "apart",
      disconnect_all_nics: true,
    });
    const vm = String(made.body);
    const { body } = await get(`/api/vcenter/vm/${vm}/hardware/ethernet`);
    const nic = Array.isArray(body) ? String(body[0].nic) : "";
    const state = async () => Object((await get(`/api/vcenter/vm/${vm}/hardware/ethernet/${nic}`)).body).state;
    expect(await state()).toBe("NOT_CONNECTED");
    const connect = () => post(`/api/vcenter/vm/${vm}/hardware/ethernet/${nic}?action=connect`);
    expect((await connect()).status).toBe(204);
    expect(await state()).toBe("CONNECTED");
    expect(await connect()).toMatchObject({ status: 400, body: { error_type: "ALREADY_IN_DESIRED_STATE" } });
    expect((await post(`/rest/vcenter/vm/${vm}/hardware/ethernet/${nic}/disconnect`)).status).toBe(200);
    expect(await state()).toBe("NOT_CONNECTED");
  });

  it("is unregistered", async () => {
    const id = await fork();
    await post(`/api/vcenter/vm/${id}/power?action=stop`);
    expect((await post(`/api/vcenter/vm/${id}?action=unregister`)).status).toBe(204);
    expect((await get(`/api/vcenter/vm/${id}`)).status).toBe(404);
  });
});
