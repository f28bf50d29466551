import { beforeAll, describe, expect, it } from "vitest";
import { administrator, basic, served, tokenHeader } from "./client.ts";

const client = served();
let own: Record<string, string> = {};
type Row = Readonly<Record<string, unknown>>;

beforeAll(async () => {
  const begun = await client.send("POST", "/api/session", undefined, basic(administrator.name, administrator.password));
  own = { [tokenHeader]: String(begun.body) };
});

const get = (path: string) => client.send("GET", path, undefined, own);
async function rows(path: string): Promise<readonly Row[]> {
  const { status, body } = await get(path);
  if (status !== 200 || !Array.isArray(body)) throw new Error(`${path} answered ${status} ${JSON.stringify(body)}`);
  return body;
}

describe("lists of the REST API", () => {
  it.each([
    ["vm", ["memory_size_MiB", "vm", "name", "power_state", "cpu_count"]],
    ["host", ["host", "name", "connection_state", "power_state"]],
    ["cluster", ["drs_enabled", "cluster", "name", "ha_enabled"]],
    ["datacenter", ["name", "datacenter"]],
    ["datastore", ["datastore", "name", "type", "free_space", "capacity"]],
    ["network", ["name", "type", "network"]],
    ["folder", ["folder", "name", "type"]],
    ["resource-pool", ["name", "resource_pool"]],
  ])("of kind %s have their members", async (noun, members) => {
    const list = await rows(`/api/vcenter/${noun}`);
    expect(list.length).toBeGreaterThan(0);
    for (const row of list) expect(Object.keys(row).sort()).toEqual([...members].sort());
    const older = await get(`/rest/vcenter/${noun}`);
    expect(older.body).toEqual({ value: list });
  });

  it("are filtered by name, id, place and state, in both ways of writing", async () => {
    const all = await rows("/api/vcenter/vm");
    const [first = {}, second = {}] = all;
    const names = `names=${encodeURIComponent(String(first.name))}&names=${encodeURIComponent(String(second.name))}`;
    expect(await rows(`/api/vcenter/vm?${names}`)).toHaveLength(2);
    expect((await get(`/rest/vcenter/vm?filter.names.1=${first.name}`)).body).toMatchObject({
      value: [{ vm: first.vm }],
    });
    expect(await rows(`/api/vcenter/vm?vms=${first.vm}`)).toEqual([first]);
    expect(await rows("/api/vcenter/vm?names=nobody")).toEqual([]);
    const on = await rows("/api/vcenter/vm?power_states=POWERED_ON");
    expect(on).toEqual(all.filter((row) => row.power_state === "POWERED_ON"));
    const places = {
      hosts: "host",
      datacenters: "datacenter",
      clusters: "cluster",
      resource_pools: "resource-pool",
      folders: "folder",
    };
    for (const [filter, noun] of Object.entries(places)) {
      let count = 0;
      for (const place of await rows(`/api/vcenter/${noun}`)) {
        count += (await rows(`/api/vcenter/vm?${filter}=${place[noun.replace("-", "_")]}`)).length;
      }
      expect([filter, count <= all.length && count > 0]).toEqual([filter, true]);
    }
  });

  it("refuse filters and values that there are not", async () => {
    for (const query of ["color=red", "power_states=SLEEPING", "filter.color.1=red"]) {
      const answer = await get(`/api/vcenter/vm?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { error_type: "INVALID_ARGUMENT" } });
    }
  });

  it("give one object with what it leads to", async () => {
    const [datacenter = {}] = await rows("/api/vcenter/datacenter");
    expect((await get(`/api/vcenter/datacenter/${datacenter.datacenter}`)).body).toMatchObject({
      name: datacenter.name,
      vm_folder: expect.stringMatching(/^group-v/),
    });
    const [cluster = {}] = await rows("/api/vcenter/cluster");
    expect((await get(`/api/vcenter/cluster/${cluster.cluster}`)).body).toMatchObject({
      name: cluster.name,
      resource_pool: expect.stringMatching(/^resgroup-/),
    });
    const [datastore = {}] = await rows("/api/vcenter/datastore");
    expect((await get(`/api/vcenter/datastore/${datastore.datastore}`)).body).toMatchObject({
      type: "VMFS",
      accessible: true,
    });
    const [pool = {}] = await rows("/api/vcenter/resource-pool");
    expect((await get(`/api/vcenter/resource-pool/${pool.resource_pool}`)).body).toMatchObject({
      name: "Resources",
      cpu_allocation: { shares: { level: expect.any(String) } },
    });
    expect(await get("/api/vcenter/datastore/datastore-9999")).toMatchObject({
      status: 404,
      body: { error_type: "NOT_FOUND" },
    });
    expect(await get("/rest/vcenter/datastore/datastore-9999")).toMatchObject({
      status: 404,
      body: { type: "com.vmware.vapi.std.errors.not_found" },
    });
  });

  it("tell the version", async () => {
    expect((await get("/api/appliance/system/version")).body).toMatchObject({ version: "8.0.3" });
  });
});
