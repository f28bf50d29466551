import { beforeAll, describe, expect, it } from "vitest";
import { administrator, basic, served, tokenHeader } from "./client.ts";

const client = served({ clock: "manual" });
const large = served({ inventory: { clusters: 1, hosts: 4, standaloneHosts: 0, machines: 4001 } });
let own: Record<string, string> = {};
let golden = "";

beforeAll(async () => {
  const begun = await client.send("POST", "/api/session", undefined, basic(administrator.name, administrator.password));
  own = { [tokenHeader]: String(begun.body) };
  const { body } = await client.send("GET", "/api/vcenter/vm?names=golden", undefined, own);
  golden = Array.isArray(body) ? String(body[0].vm) : "";
});

/** Until the host has a task that is not finished. */
async function begun(): Promise<void> {
  const running = () => {
    for (const [id] of client.host.universe.state.tasks.entries()) {
      const state = client.host.universe.view.task(id)?.state;
      if (state === "running" || state === "queued") return true;
    }
    return false;
  };
  while (!running()) await new Promise((resolve) => setImmediate(resolve));
}

describe("an operation that takes time", () => {
  it("answers when it is finished", async () => {
    const pending = client.send("POST", `/api/vcenter/vm/${golden}/power?action=stop`, undefined, own);
    await begun();
    client.host.clock.advance("10m");
    expect((await pending).status).toBe(204);
    const again = client.send("POST", `/api/vcenter/vm/${golden}/power?action=start`, undefined, own);
    await begun();
    client.host.clock.advance("10m");
    expect((await again).status).toBe(204);
  });

  it("goes on when the client has gone", async () => {
    const abort = new AbortController();
    const gone = fetch(`${client.origin}/api/vcenter/vm?action=instant-clone`, {
      method: "POST",
      headers: own,
      body: JSON.stringify({ source: golden, name: "left-behind" }),
      signal: abort.signal,
    });
    await begun();
    abort.abort();
    await expect(gone).rejects.toThrow();
    client.host.clock.advance("10m");
    const { body } = await client.send("GET", "/api/vcenter/vm?names=left-behind", undefined, own);
    expect(body).toMatchObject([{ power_state: "POWERED_ON" }]);
  });
});

describe("more than 4,000 machines", () => {
  it("are not listed, unless a filter leaves fewer", async () => {
    const begun = await large.send(
      "POST",
      "/api/session",
      undefined,
      basic(administrator.name, administrator.password),
    );
    const token = { [tokenHeader]: String(begun.body) };
    const all = await large.send("GET", "/api/vcenter/vm", undefined, token);
    expect(all).toMatchObject({ status: 500, body: { error_type: "UNABLE_TO_ALLOCATE_RESOURCE" } });
    const hosts = await large.send("GET", "/api/vcenter/host", undefined, token);
    const host = Array.isArray(hosts.body) ? String(hosts.body[0].host) : "";
    const some = await large.send("GET", `/api/vcenter/vm?hosts=${host}`, undefined, token);
    expect(some.status).toBe(200);
  });

  it("are retrieved by VI/JSON in one answer that comes in pieces", async () => {
    const begun = await large.send(
      "POST",
      "/api/session",
      undefined,
      basic(administrator.name, administrator.password),
    );
    const token = { [tokenHeader]: String(begun.body) };
    const post = (path: string, body: unknown) => large.send("POST", `/sdk/vim25/8.0.3.0/${path}`, body, token);
    const view = await post("ViewManager/ViewManager/CreateContainerView", {
      container: { type: "Folder", value: "group-d1" },
      type: ["VirtualMachine"],
      recursive: true,
    });
    const traversal = { _typeName: "TraversalSpec", type: "ContainerView", path: "view", skip: false };
    const answer = await post("PropertyCollector/propertyCollector/RetrievePropertiesEx", {
      specSet: [
        {
          propSet: [{ type: "VirtualMachine", pathSet: ["name", "runtime.powerState"] }],
          objectSet: [{ obj: view.body, skip: true, selectSet: [traversal] }],
        },
      ],
      options: {},
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-length")).toBeNull();
    expect(Object(answer.body).objects).toHaveLength(4001);
  });
});
