import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Ref } from "../../../../../sdk/index.ts";
import { brokenInvariants } from "../../invariants.ts";
import { at, Site, until } from "./client.ts";

let site: Site;
beforeEach(async () => {
  site = await Site.open();
});
afterEach(async () => {
  await until(() => site.host.universe.arrivals.size === 0);
  expect(brokenInvariants(site.host)).toEqual([]);
  await site[Symbol.asyncDispose]();
});

const bytes = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8)) % 251));
const files = async () => (await site.vc.find.datastore("vmfs-01")).files;

describe("a file of a datastore", () => {
  it("comes as it is in this process", async () => {
    const store = await files();
    for (const name of ["golden/golden.vmx", "golden/golden.vmdk", "golden/vmware.log"]) {
      const answer = await site.ask("GET", at(name));
      expect([name, answer.status, answer.headers["content-type"]]).toEqual([name, 200, "application/octet-stream"]);
      expect(answer.body.equals(Buffer.from(await store.download(name)))).toBe(true);
    }
  });

  it("is brought with a length, and in chunks, and replaced", async () => {
    const content = bytes(3_000_000);
    const first = await site.ask("PUT", at("a file +&%.iso"), {
      headers: { "content-length": "3000000" },
      body: content,
    });
    expect(first.status).toBe(201);
    expect(Buffer.from(await (await files()).download("a file +&%.iso")).equals(content)).toBe(true);
    const second = await site.ask("PUT", at("a file +&%.iso"), {
      headers: { "transfer-encoding": "chunked" },
      body: content.subarray(9),
    });
    expect(second.status).toBe(200);
    expect((await site.ask("GET", at("a file +&%.iso"))).body.equals(content.subarray(9))).toBe(true);
    expect((await site.ask("PUT", at("empty"), { headers: { "content-length": "0" } })).status).toBe(201);
    expect((await site.ask("GET", at("empty"))).body.length).toBe(0);
  });

  it("is not replaced where the client says so, nor are files of machines, nor directories", async () => {
    await site.ask("PUT", at("a"), { body: "first" });
    expect((await site.ask("PUT", at("a"), { body: "x", headers: { Overwrite: "F" } })).status).toBe(409);
    expect((await site.ask("PUT", at("a"), { body: "second", headers: { Overwrite: "t" } })).status).toBe(200);
    for (const [name, status] of [
      ["golden/golden.vmx", 409],
      ["golden", 409],
      ["nowhere/x", 404],
      ["", 409],
      ["a/b", 404],
    ] as const)
      expect([name, (await site.ask("PUT", at(name), { body: "x" })).status]).toEqual([name, status]);
    expect((await site.ask("PUT", at("a"), { body: "x", headers: { "Content-Range": "bytes 0-0/1" } })).status).toBe(
      400,
    );
    expect((await site.ask("GET", at("a"))).text).toBe("second");
  });

  it("goes when it is deleted; what a machine has, and directories, stay", async () => {
    await site.ask("PUT", at("a"), { body: "first" });
    const statuses = [];
    for (const name of ["a", "a", "golden/golden.vmx", "golden", ""])
      statuses.push((await site.ask("DELETE", at(name))).status);
    expect(statuses).toEqual([204, 404, 409, 409, 409]);
  });

  it("says by HEAD how long it is, and is not sent where the client has it", async () => {
    await site.ask("PUT", at("a"), { body: "12345" });
    const { status, headers, body } = await site.ask("HEAD", at("a"));
    expect([status, headers["content-length"], body.length, headers["accept-ranges"]]).toEqual([200, "5", 0, "bytes"]);
    expect(Date.parse(headers["last-modified"] ?? "")).toBeGreaterThan(0);
    const etag = headers.etag ?? "";
    expect((await site.ask("GET", at("a"), { headers: { "If-None-Match": etag } })).status).toBe(304);
    await site.ask("PUT", at("a"), { body: "54321" });
    expect((await site.ask("GET", at("a"), { headers: { "If-None-Match": etag } })).text).toBe("54321");
    expect((await site.ask("GET", at("a"), { headers: { "If-Range": etag, Range: "bytes=0-1" } })).status).toBe(200);
  });

  it("for which there is no room is refused, before it comes where its length is known", async () => {
    const before = site.host.universe.pages.unique;
    const line = await site.line();
    line.write(
      `PUT ${at("huge")} HTTP/1.1\r\nHost: x\r\nCookie: ${site.cookie}\r\nContent-Length: 90000000000000\r\n\r\n`,
    );
    const [said] = await new Promise<[Buffer]>((resolve) => line.once("data", (data: Buffer) => resolve([data])));
    expect(said.toString()).toMatch(/^HTTP\/1.1 (507|413)/);
    line.destroy();
    expect(site.host.universe.pages.unique).toBe(before);
  });
});

describe("a part of a file", () => {
  it.each([
    ["bytes=0-3", 206, "0123", "bytes 0-3/10"],
    ["bytes=4-", 206, "456789", "bytes 4-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-99", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=8-1000", 206, "89", "bytes 8-9/10"],
    ["bytes=10-", 416, undefined, "bytes */10"],
    ["bytes=-0", 416, undefined, "bytes */10"],
    ["bytes=5-2", 200, "0123456789", undefined],
    ["bytes=0-1,4-5", 200, "0123456789", undefined],
    ["lines=0-1", 200, "0123456789", undefined],
    ["bytes=-", 200, "0123456789", undefined],
    [`bytes=${"9".repeat(400)}-`, 416, undefined, "bytes */10"],
  ])("%s", async (range, status, text, content) => {
    await site.ask("PUT", at("a"), { body: "0123456789" });
    const answer = await site.ask("GET", at("a"), { headers: { Range: range } });
    expect([answer.status, answer.headers["content-range"]]).toEqual([status, content]);
    if (text !== undefined) expect([answer.text, answer.headers["content-length"]]).toEqual([text, `${text.length}`]);
  });

  it("of a disk of 40 GiB costs what is asked for", async () => {
    const golden = await site.vc.find.virtualMachine("golden");
    await golden.instantClone({ name: "desk" });
    const size = Number((await site.ask("HEAD", at("golden/golden-flat.vmdk"))).headers["content-length"]);
    expect(size).toBe(40 * 2 ** 30);
    const unique = site.host.universe.pages.unique;
    const offset = 2 ** 30 + 77;
    const want = Buffer.from(await golden.disk.read(offset, 100_000));
    const { status, body } = await site.ask("GET", at("golden/golden-flat.vmdk"), {
      headers: { Range: `bytes=${offset}-${offset + 99_999}` },
    });
    expect([status, body.equals(want)]).toEqual([206, true]);
    const last = await site.ask("GET", at("golden/golden-flat.vmdk"), { headers: { Range: "bytes=-10" } });
    expect(last.body).toHaveLength(10);
    expect(site.host.universe.pages.unique).toBe(unique);
  });
});

describe("who asks", () => {
  const ask = (headers: Record<string, string>, method = "GET", path = at("golden/golden.vmx")) =>
    site.ask(method, path, { headers: { cookie: "", ...headers } });
  const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

  it("needs a session, or a name and a password, for every method", async () => {
    for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
      const answer = await ask({}, method);
      expect([answer.status, answer.headers["www-authenticate"]]).toEqual([
        401,
        expect.stringMatching(/^Basic realm=/),
      ]);
    }
    for (const cookie of [
      'vmware_soap_session="x"',
      "vmware_soap_session",
      "vmware_cgi_ticket=52",
      "vmware-api-session-id=z",
    ])
      expect((await ask({ cookie })).status).toBe(401);
    for (const authorization of [
      "Basic",
      "Basic x",
      basic("nobody", "secret"),
      basic("administrator@vsphere.local", "wrong"),
      "Bearer x",
    ])
      expect((await ask({ authorization })).status).toBe(401);
    const before = site.host.sessions.list.length;
    expect((await ask({ authorization: basic("administrator@vsphere.local", "secret") })).status).toBe(200);
    await until(() => site.host.sessions.list.length === before);
  });

  it("needs the privileges", async () => {
    await site.ask("PUT", at("a"), { body: "x" });
    const reader = { authorization: basic("reader@vsphere.local", "reading") };
    for (const method of ["GET", "HEAD", "PUT", "DELETE"])
      expect((await ask(reader, method, at("a"))).status).toBe(403);
    expect((await ask(reader, "GET", at(""))).status).toBe(403);
    expect((await ask(reader, "GET", "/folder")).text).not.toContain("DC0");
  });

  it("may have a ticket for one request, which is good for no other and not twice", async () => {
    const manager: Ref<"SessionManager"> = { type: "SessionManager", value: "SessionManager" };
    const ticket = async (method: "httpGet" | "httpPut", url: string) => {
      const spec = { _typeName: "SessionManagerHttpServiceRequestSpec", method, url } as const;
      return {
        cookie: `vmware_cgi_ticket=${(await site.vc.call(manager, "AcquireGenericServiceTicket", { spec })).id}`,
      };
    };
    const get = await ticket("httpGet", `${site.door.origin}${at("golden/golden.vmx")}`);
    expect((await ask(get)).status).toBe(200);
    expect((await ask(get)).status).toBe(401);
    expect((await ask(await ticket("httpGet", at("golden/golden.vmx")), "DELETE")).status).toBe(401);
    expect((await ask(await ticket("httpGet", at("golden/golden.vmdk")))).status).toBe(401);
    const put = await ticket("httpPut", `https://esx/folder/x?dcPath=ha-datacenter&dsName=vmfs-01`);
    expect(
      (await site.ask("PUT", "/folder/x?dsName=vmfs-01&dcPath=ha-datacenter", { headers: put, body: "x" })).status,
    ).toBe(201);
  });
});

describe("a path", () => {
  it.each([
    "/folder/../x",
    "/folder/..%2fx",
    "/folder/%2e%2e/x",
    "/folder/%2e%2e%2fx",
    "/folder/golden/../../x",
    "/folder/a%00b",
    "/folder/a%0ab",
    "/folder/..%5cx",
    "/folder/a%5cb",
    "/folder/%ff",
    "/folder/%",
    "/folder/./x",
    "/folder//..//x",
    `/folder/${"x".repeat(256)}`,
    `/folder/${"x/".repeat(1100)}x`,
    "/folder/a%ed%a0%80",
  ])("%s is refused", async (path) => {
    const before = site.host.universe.state;
    for (const method of ["GET", "PUT", "DELETE"]) {
      const { status } = await site.ask(
        method,
        `${path}?dcPath=DC0&dsName=vmfs-01`,
        method === "PUT" ? { body: "x" } : {},
      );
      expect([400, 414]).toContain(status);
    }
    expect(site.host.universe.state).toBe(before);
  });

  it.each([
    ["/folder/x?dsName=vmfs-01%5D%20golden%2Fgolden.vmx", 400],
    ["/folder/x?dsName=other", 404],
    ["/folder/x?dcPath=DC9&dsName=vmfs-01", 404],
    ["/folder/x", 400],
    ["/folder?dcPath=DC9", 404],
    ["/folder?dcPath=..", 404],
    ["/folder/x?dsName=", 400],
    ["/folders", 404],
    ["/folder/%252e%252e/x?dsName=vmfs-01", 404],
    ["/folder/golden%2fgolden.vmx?dsName=vmfs-01", 200],
  ])("%s is answered %i", async (path, status) => {
    expect((await site.ask("GET", path)).status).toBe(status);
  });
});

describe("a directory", () => {
  it("is a page whose links lead down to the files and up again", async () => {
    await site.ask("PUT", at(`<b>"&' ü`), { body: "found" });
    const links = async (path: string) => {
      const { status, text, headers } = await site.ask("GET", path);
      expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
      expect(text).not.toContain("<b>");
      return [...text.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) =>
        href.replaceAll("&#39;", "'").replaceAll("&amp;", "&"),
      );
    };
    expect(await links("/folder")).toEqual(["/folder?dcPath=DC0"]);
    expect(await links("/folder/")).toEqual(["/folder?dcPath=DC0"]);
    const [up, ...stores] = await links("/folder?dcPath=DC0");
    expect([up, stores]).toEqual(["/folder", expect.arrayContaining(["/folder?dcPath=DC0&dsName=vmfs-01"])]);
    const top = await links("/folder?dcPath=DC0&dsName=vmfs-01");
    expect(top[0]).toBe("/folder?dcPath=DC0");
    expect(top).toContain("/folder/golden?dcPath=DC0&dsName=vmfs-01");
    const odd = top.find((href) => href.includes("%3Cb%3E")) ?? "";
    expect((await site.ask("GET", odd)).text).toBe("found");
    const golden = await links("/folder/golden?dcPath=DC0&dsName=vmfs-01");
    expect(golden[0]).toBe("/folder?dcPath=DC0&dsName=vmfs-01");
    expect((await site.ask("GET", golden.find((href) => href.includes(".vmx?")) ?? "")).text).toContain("displayName");
    expect(await links("/folder/golden/?dcPath=DC0&dsName=vmfs-01")).toEqual(golden);
  });
});

describe("a client that goes away", () => {
  it("in the middle of bringing a file leaves nothing of it, and what was there", async () => {
    await site.ask("PUT", at("a"), { body: "before" });
    const { unique } = site.host.universe.pages;
    for (const end of ["end", "destroy", "resetAndDestroy"] as const) {
      const line = await site.line();
      line.write(`PUT ${at("a")} HTTP/1.1\r\nHost: x\r\nCookie: ${site.cookie}\r\nContent-Length: 5000000\r\n\r\n`);
      line.write(bytes(2_000_000));
      await until(() => site.host.universe.arrivals.size === 1);
      const twin = site.host.fork();
      expect(brokenInvariants(twin)).toEqual([]);
      twin.close();
      line[end]();
      await until(() => site.host.universe.arrivals.size === 0);
    }
    expect(site.host.universe.pages.unique).toBe(unique);
    expect((await site.ask("GET", at("a"))).text).toBe("before");
  });

  it("in the middle of a large file keeps no twin of the page store", async () => {
    await (await site.vc.find.virtualMachine("golden")).instantClone({ name: "desk" });
    let open = 0;
    const { pages } = site.host.universe;
    const fork = pages.forkStore.bind(pages);
    pages.forkStore = () => {
      const twin = fork();
      const close = twin.close.bind(twin);
      open++;
      twin.close = () => {
        open--;
        close();
      };
      return twin;
    };
    for (let n = 0; n < 3; n++) {
      const line = await site.line();
      line.write(`GET ${at("golden/golden-flat.vmdk")} HTTP/1.1\r\nHost: x\r\nCookie: ${site.cookie}\r\n\r\n`);
      await new Promise((resolve) => line.once("data", resolve));
      expect(open).toBe(1);
      line.destroy();
      await until(() => open === 0);
    }
  });

  it("is told when the vCenter is put back meanwhile", async () => {
    const mark = site.host.snapshot();
    const line = await site.line();
    line.write(`PUT ${at("a")} HTTP/1.1\r\nHost: x\r\nCookie: ${site.cookie}\r\nContent-Length: 2000000\r\n\r\n`);
    line.write(bytes(1_000_000));
    await until(() => site.host.universe.arrivals.size === 1);
    site.host.restore(mark);
    mark.release();
    line.write(bytes(1_000_000));
    const [said] = await new Promise<[Buffer]>((resolve) => line.once("data", (data: Buffer) => resolve([data])));
    expect(said.toString()).toMatch(/^HTTP\/1.1 409/);
    line.destroy();
  });
});

describe("requests that are sent without waiting for answers", () => {
  it("are all forgotten when the client goes away, also those whose turn has not come", async () => {
    await (await site.vc.find.virtualMachine("golden")).instantClone({ name: "desk" });
    let open = 0;
    const { pages } = site.host.universe;
    const fork = pages.forkStore.bind(pages);
    pages.forkStore = () => {
      const twin = fork();
      const close = twin.close.bind(twin);
      open++;
      twin.close = () => {
        open--;
        close();
      };
      return twin;
    };
    const line = await site.line();
    const request = `GET ${at("golden/golden-flat.vmdk")} HTTP/1.1\r\nHost: x\r\nCookie: ${site.cookie}\r\n\r\n`;
    line.write(request.repeat(5));
    await until(() => open === 5);
    line.destroy();
    await until(() => open === 0);
  });
});
