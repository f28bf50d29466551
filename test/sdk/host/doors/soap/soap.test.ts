import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Host, type Listening, type LogEntry, startHost } from "../../../../../sdk/host/index.ts";
import { propertyCollector, raw, request, SoapClient, serviceInstance, sessionManager } from "../soap-client.ts";

const users = [{ name: "administrator@vsphere.local", password: "secret" }];
const log: LogEntry[] = [];
let host: Host;
let listening: Listening;
let client: SoapClient;
beforeAll(async () => {
  host = await startHost({ seed: 1, users });
  listening = await host.listen({ tls: false, gzip: "always", log: (entry) => log.push(entry) });
  client = new SoapClient(listening.url);
  await client.login();
});
afterAll(() => host.close());

const envelope = (body: string) =>
  `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>${body}</Body></Envelope>`;
const content = envelope(
  '<RetrieveServiceContent xmlns="urn:vim25"><_this type="ServiceInstance">ServiceInstance</_this></RetrieveServiceContent>',
);

/** Every property of every machine: a large answer. */
const everything = {
  specSet: [
    {
      propSet: [{ type: "VirtualMachine", all: true }],
      objectSet: [
        {
          obj: { type: "Folder", value: "group-d1" },
          skip: true,
          selectSet: [
            {
              _typeName: "TraversalSpec",
              name: "folders",
              type: "Folder",
              path: "childEntity",
              selectSet: [{ name: "folders" }, { name: "machines" }],
            },
            {
              _typeName: "TraversalSpec",
              name: "machines",
              type: "Datacenter",
              path: "vmFolder",
              selectSet: [{ name: "folders" }],
            },
          ],
        },
      ],
    },
  ],
  options: {},
};

describe("SOAP at /sdk", () => {
  it("answers without a session what is anonymous", async () => {
    const stranger = new SoapClient(listening.url);
    const { status, result, headers } = await stranger.call(serviceInstance, "RetrieveServiceContent");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/xml; charset=utf-8");
    expect(result).toMatchObject({ rootFolder: { value: "group-d1" }, about: { apiType: "VirtualCenter" } });
  });

  it.each(["/sdk", "/sdk/", "/sdk/vimService"])("is at %s", async (path) => {
    const { status } = await new SoapClient(`${listening.origin}${path}`).send(content);
    expect(status).toBe(200);
  });

  it("gives a fault with HTTP 500 and its type", async () => {
    const { status, fault, text } = await client.call(
      { type: "VirtualMachine", value: "vm-99999" },
      "PowerOnVM_Task",
      {},
    );
    expect([status, fault]).toEqual([500, "ManagedObjectNotFound"]);
    expect(text).toContain("<ManagedObjectNotFoundFault");
    expect(text).toContain('<obj type="VirtualMachine">vm-99999</obj>');
  });

  it.each([
    ["no XML", "hello"],
    ["nothing", ""],
    ["another document", "<a/>"],
    ["no call", envelope("")],
    ["an unknown method", envelope('<Explode xmlns="urn:vim25"><_this type="Folder">group-d1</_this></Explode>')],
    ["an unknown type", envelope('<Destroy_Task xmlns="urn:vim25"><_this type="Flower">f-1</_this></Destroy_Task>')],
    ["no object", envelope('<CurrentTime xmlns="urn:vim25"/>')],
    ["a DTD", `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${content}`],
    ["an entity", content.replace("ServiceInstance</", "&b;</")],
    ["elements in elements in elements", envelope("<a>".repeat(5000))],
  ])("says InvalidRequest to %s", async (_what, body) => {
    const { status, text } = await client.send(body);
    expect(status).toBe(500);
    expect(text).toContain("<InvalidRequestFault");
    expect(text).not.toContain("root:");
  });

  it.each(["urn:vim25/6.7", '"urn:vim25/6.7"', "urn:vim25/9.1.0.0", '"urn:vim25/42.0"', "", "whatever"])(
    "takes %o for an action",
    async (action) => {
      const { status } = await client.send(content, { SOAPAction: action });
      expect(status).toBe(200);
    },
  );

  it("drops what an older client does not know", async () => {
    const newest = await client.call(serviceInstance, "RetrieveServiceContent", {}, { version: "9.1.0.0" });
    const old = await client.call(serviceInstance, "RetrieveServiceContent", {}, { version: "6.7" });
    expect(newest.result).toMatchObject({ about: { instanceUuid: expect.any(String) } });
    expect(old.text.length).toBeLessThanOrEqual(newest.text.length);
    const spec = {
      specSet: [{ propSet: [{ type: "VirtualMachine", pathSet: ["config"] }], objectSet: [] }],
      options: {},
    };
    expect((await client.call(propertyCollector, "RetrievePropertiesEx", spec, { version: "6.7" })).status).toBe(200);
  });

  it("names its versions, from 6.7 on", async () => {
    const response = await fetch(`${listening.url}/vimServiceVersions.xml`);
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/xml");
    expect(text).toContain("<name>urn:vim25</name>");
    for (const version of ["6.7", "7.0.3.0", "8.0.3.0", "9.1.0.0"])
      expect(text).toContain(`<version>${version}</version>`);
    expect(text).not.toContain("<version>6.5</version>");
  });

  it("says where the WSDL is not", async () => {
    const response = await fetch(`${listening.url}/vimService.wsdl`);
    expect([response.status, await response.text()]).toEqual([404, expect.stringContaining("vimServiceVersions.xml")]);
  });

  it("compresses large answers for those who take it, and only those", async () => {
    const length = async (headers: Record<string, string>) => {
      const { text, headers: got } = await client.call(propertyCollector, "RetrievePropertiesEx", everything, {
        headers,
      });
      return [got.get("content-encoding"), text.length] as const;
    };
    const [plain, size] = await length({ "Accept-Encoding": "identity" });
    expect(plain).toBeNull();
    expect(size).toBeGreaterThan(65_536);
    expect(await length({ "Accept-Encoding": "gzip" })).toEqual(["gzip", size]);
    expect((await length({ "Accept-Encoding": "gzip;q=0, deflate" }))[0]).toBeNull();
    const small = await client.call(serviceInstance, "CurrentTime", {}, { headers: { "Accept-Encoding": "gzip" } });
    expect(small.headers.get("content-encoding")).toBeNull();
  });

  it("answers pipelined requests in their order", async () => {
    const times = 20;
    const call = (id: string) => {
      const body = content.replace("<Body>", `<Header><operationID>${id}</operationID></Header><Body>`);
      return request("POST /sdk", [`Content-Length: ${body.length}`, "Content-Type: text/xml"], body);
    };
    const wait = request("GET /sdk/vimServiceVersions.xml", []);
    const parts = Array.from({ length: times }, (_, i) => (i % 2 ? call(`op-${i}`) : wait));
    const { text } = await raw(listening.port, [parts.join("")], (got) => got.split("HTTP/1.1 200").length > times);
    const kinds = text
      .split("HTTP/1.1 200 OK")
      .slice(1)
      .map((part) => part.includes("<namespaces"));
    expect(kinds.slice(0, -1)).toEqual(Array.from({ length: times - 1 }, (_, i) => i % 2 === 0));
  });

  it("waits for updates, and ends the wait of a client that goes away", async () => {
    const waiting = new AbortController();
    const wait = client.call(propertyCollector, "WaitForUpdatesEx", { version: "" }, { signal: waiting.signal });
    const gone = expect(wait).rejects.toThrow();
    await settle(() => host.sessions.list.length > 0);
    waiting.abort();
    await gone;
    // A collector has one wait at a time: another one can begin only when the first has ended.
    const next = await client.call(propertyCollector, "WaitForUpdatesEx", {
      version: "",
      options: { maxWaitSeconds: 0 },
    });
    expect(next.fault).toBeUndefined();
  });

  it("tells the log of each request, by the number that its answer has", async () => {
    const operation = content.replace("<Body>", "<Header><operationID>a\u0001b\nc</operationID></Header><Body>");
    const { headers } = await client.send(operation.replace("\u0001", ""));
    const id = headers.get("x-request-id");
    await settle(() => log.some((entry) => entry.id === id));
    expect(log.find((entry) => entry.id === id)).toMatchObject({
      ipAddress: "127.0.0.1",
      user: "VSPHERE.LOCAL\\administrator",
      request: "POST /sdk",
      method: "RetrieveServiceContent",
      object: "ServiceInstance:ServiceInstance",
      operationId: expect.not.stringContaining("\n"),
      status: 200,
    });
  });

  it("posts events of logins, logouts and wrong passwords", async () => {
    const other = new SoapClient(listening.url);
    await other.login("administrator@vsphere.local", "wrong");
    await other.login();
    await other.call(sessionManager, "Logout");
    const types = [...host.universe.state.events.values()].map(({ type }) => type);
    expect(types.slice(-3)).toEqual(["BadUsernameSessionEvent", "UserLoginSessionEvent", "UserLogoutSessionEvent"]);
    const entity = { entity: { type: "Folder", value: "group-d1" }, recursion: "all" };
    const events = { type: "EventManager", value: "EventManager" };
    const { text } = await client.call(events, "QueryEvents", { filter: { entity } });
    expect(text).toContain("UserLogoutSessionEvent");
  });
});

/** Waits for what comes soon. */
async function settle(ready: () => boolean): Promise<void> {
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 5));
}
