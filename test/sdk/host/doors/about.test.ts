import { afterAll, beforeAll, expect, it } from "vitest";
import { type Host, type Listening, startHost } from "../../../../sdk/host/index.ts";
import { registry } from "../../../../sdk/host/methods/index.ts";

let host: Host;
let listening: Listening;
beforeAll(async () => {
  host = await startHost({ seed: 1, inventory: { machines: 3 } });
  listening = await host.listen({ port: 0, tls: false });
});
afterAll(() => host.close());

const get = async (path: string, method = "GET") => {
  const response = await fetch(`${listening.origin}${path}`, { method });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};

it("/about lists what is simulated: every type and every method, once", async () => {
  const { status, type, text } = await get("/about");
  expect([status, type]).toEqual([200, "application/json"]);
  const about: unknown = JSON.parse(text);
  const methods = [...new Set([...registry.values()].flatMap((handlers) => [...handlers.keys()]))].sort();
  expect(about).toEqual({ types: [...registry.keys()].sort(), methods });
});

it("/debug/vars has figures of the process and counts what there is", async () => {
  const { status, text } = await get("/debug/vars");
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({
    memstats: { Sys: expect.any(Number) },
    vcsim: { model: { datacenter: 1, cluster: 1, host: 4, machine: 6, datastore: 1 } },
  });
});

it("they are there to be read", async () => {
  expect((await get("/about", "POST")).status).toBe(405);
  expect((await get("/debug/vars", "DELETE")).status).toBe(405);
});
