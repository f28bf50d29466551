import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { guestRoot } from "../../../../../sdk/host/index.ts";
import type { Ref, vim } from "../../../../../sdk/index.ts";
import { brokenInvariants } from "../../invariants.ts";
import { Site, until } from "./client.ts";

let site: Site;
beforeEach(async () => {
  site = await Site.open();
});
afterEach(async () => {
  expect(brokenInvariants(site.host)).toEqual([]);
  await site[Symbol.asyncDispose]();
});

/** Path and query of a URL that has been given out. */
const pathOf = (url = ""): string => url.replace(/^http:\/\/\*/, "");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Exports a machine that is switched off. */
async function exportOf(name: string) {
  const vm = await site.vc.find.virtualMachine(name);
  const lease = await site.vc.call(vm.ref, "ExportVm", {});
  const [row] = await site.vc.retrieve([lease], ["info", "state"]);
  const urls = (row?.info?.deviceUrl ?? []) as readonly vim.HttpNfcLeaseDeviceUrl[];
  return { lease, url: urls[0]?.url ?? "", state: async () => (await site.vc.retrieve([lease], ["state"]))[0]?.state };
}

describe("a lease", () => {
  it("is fetched from by whoever has its URL, as it is in this process", async () => {
    const { lease, url } = await exportOf("build-01");
    expect(url).toMatch(/^http:\/\/\*\/nfc\/52[0-9a-f]{6}-[0-9a-f-]{27}\/disk-0.vmdk$/);
    const head = await site.ask("HEAD", pathOf(url), { headers: { cookie: "" } });
    expect([head.status, head.headers["content-type"]]).toEqual([200, "application/x-vnd.vmware-streamVmdk"]);
    const { status, body } = await site.ask("GET", pathOf(url), { headers: { cookie: "" } });
    const chunks: Uint8Array[] = [];
    for await (const chunk of site.host.download(url)) chunks.push(chunk);
    expect([status, sha256(body)]).toEqual([200, sha256(Buffer.concat(chunks))]);
    const [entry] = await site.vc.call(lease, "HttpNfcLeaseGetManifest", {});
    expect(entry?.checksum).toBe(sha256(body));
    expect((await site.ask("PUT", pathOf(url), { body: "x" })).status).toBe(405);
    await site.vc.call(lease, "HttpNfcLeaseComplete", {});
    expect((await site.ask("GET", pathOf(url))).status).toBe(404);
  });

  it("goes on when a client goes away, and is given up by the one who has it", async () => {
    const { lease, url, state } = await exportOf("build-01");
    for (let n = 0; n < 2; n++) {
      const line = await site.line();
      line.write(`GET ${pathOf(url)} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await new Promise((resolve) => line.once("data", resolve));
      line.destroy();
    }
    expect(await state()).toBe("ready");
    expect((await site.ask("GET", pathOf(url))).status).toBe(200);
    await site.vc.call(lease, "HttpNfcLeaseAbort", {});
    await (await site.vc.find.virtualMachine("build-01")).powerOn();
  });

  it("is brought to, as a whole or not at all, with the method that the client likes", async () => {
    const { lease, url } = await exportOf("build-01");
    const { body } = await site.ask("GET", pathOf(url));
    await site.vc.call(lease, "HttpNfcLeaseComplete", {});
    const vm = await site.vc.find.virtualMachine("build-01");
    const { config, resourcePool } = (
      await site.vc.retrieve([vm.ref], ["config.hardware.device", "config.files.vmPathName", "resourcePool"])
    ).map((row) => ({
      config: row["config.hardware.device"] ?? [],
      resourcePool: row.resourcePool,
    }))[0] ?? { config: [], resourcePool: undefined };
    const disk = config.find((device) => device._typeName === "VirtualDisk") as vim.VirtualDisk;
    if (!resourcePool) throw new Error("no pool");
    for (const method of ["POST", "PUT"]) {
      const name = `new-${method}`;
      const controller = {
        _typeName: "ParaVirtualSCSIController",
        key: -1,
        busNumber: 0,
        sharedBus: "noSharing",
      } as const;
      const backing = {
        _typeName: "VirtualDiskFlatVer2BackingInfo",
        fileName: "",
        diskMode: "persistent",
        thinProvisioned: true,
      } as const;
      const configSpec: vim.VirtualMachineConfigSpec = {
        name,
        files: { vmPathName: "[vmfs-01]" },
        deviceChange: [
          { operation: "add", device: controller },
          {
            operation: "add",
            fileOperation: "create",
            device: {
              _typeName: "VirtualDisk",
              key: -2,
              controllerKey: -1,
              unitNumber: 0,
              capacityInKB: disk.capacityInKB,
              backing,
            } as vim.VirtualDisk,
          },
        ],
      };
      const spec = { _typeName: "VirtualMachineImportSpec", configSpec } as vim.VirtualMachineImportSpec;
      const into = await site.vc.call(resourcePool, "ImportVApp", { spec });
      const [row] = await site.vc.retrieve([into], ["info"]);
      const path = pathOf(row?.info?.deviceUrl?.[0]?.url);
      const headers = { cookie: "", "Content-Type": "application/x-vnd.vmware-streamVmdk" };
      expect((await site.ask(method, path, { headers, body: "rubbish, and not a disk" })).status).toBe(400);
      const line = await site.line();
      line.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`);
      line.write(body.subarray(0, body.length / 2));
      await new Promise((resolve) => setTimeout(resolve, 50));
      line.destroy();
      expect((await site.ask(method, path, { headers, body })).status).toBe(200);
      await site.vc.call(into, "HttpNfcLeaseComplete", {});
      const made = await site.vc.find.virtualMachine(name);
      expect(sha256(await made.disk.read(0, 2 ** 20))).toBe(sha256(await vm.disk.read(0, 2 ** 20)));
    }
  });
});

describe("a guest's file", () => {
  const auth: vim.NamePasswordAuthentication = {
    _typeName: "NamePasswordAuthentication",
    interactiveSession: false,
    username: guestRoot.user,
    password: guestRoot.password,
  };
  const manager: Ref<"GuestFileManager"> = { type: "GuestFileManager", value: "guestOperationsFileManager" };
  beforeEach(async () => {
    await (await site.vc.find.virtualMachine("golden")).instantClone({ name: "desk" });
  });
  const coming = async (path: string, fileSize: number) => {
    const vm = (await site.vc.find.virtualMachine("desk")).ref;
    const args = {
      vm,
      auth,
      guestFilePath: path,
      fileAttributes: { _typeName: "GuestPosixFileAttributes" } as vim.GuestFileAttributes,
      fileSize,
      overwrite: true,
    };
    return pathOf(await site.vc.call(manager, "InitiateFileTransferToGuest", args));
  };
  const going = async (path: string) => {
    const vm = (await site.vc.find.virtualMachine("desk")).ref;
    return await site.vc.call(manager, "InitiateFileTransferFromGuest", { vm, auth, guestFilePath: path });
  };

  it("is brought by just so many bytes, and fetched once", async () => {
    const path = await coming("/tmp/brought", 7);
    expect((await site.ask("PUT", path, { headers: { cookie: "" }, body: "too many bytes" })).status).toBe(400);
    expect((await site.ask("GET", path)).status).toBe(405);
    expect((await site.ask("PUT", path, { headers: { cookie: "" }, body: "content" })).status).toBe(200);
    expect((await site.ask("PUT", path, { body: "content" })).status).toBe(404);
    const less = await coming("/tmp/less", 7);
    expect((await site.ask("PUT", less, { headers: { "transfer-encoding": "chunked" }, body: "less" })).status).toBe(
      400,
    );
    await expect(going("/tmp/less")).rejects.toThrow();
    const { url, size } = await going("/tmp/brought");
    expect((await site.ask("HEAD", pathOf(url))).headers["content-length"]).toBe("7");
    const { status, text } = await site.ask("GET", pathOf(url), { headers: { cookie: "" } });
    expect([status, text, Number(size)]).toEqual([200, "content", 7]);
    expect((await site.ask("GET", pathOf(url))).status).toBe(404);
  });

  it("is nobody's to guess", async () => {
    const other = await Site.open();
    try {
      const tokens = [site, other].map(({ host }) => host.tickets.newToken());
      expect(tokens[0]).not.toBe(tokens[1]);
    } finally {
      await other[Symbol.asyncDispose]();
    }
    for (const path of [
      "/guestFile",
      "/guestFile?id=1",
      "/guestFile?id=1&token=x",
      "/nfc/",
      "/nfc/x",
      "/nfc/../folder",
      "/nfc/%00",
    ])
      for (const method of ["GET", "PUT"]) expect([path, (await site.ask(method, path)).status]).toEqual([path, 404]);
  });

  it("that a client stops bringing in the middle is not there", async () => {
    const path = await coming("/tmp/half", 1_000_000);
    const line = await site.line();
    line.write(`PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n${"x".repeat(1000)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    line.destroy();
    await until(() => line.destroyed);
    await expect(going("/tmp/half")).rejects.toThrow();
  });
});

describe("a server with a certificate", () => {
  it("names it in its leases", async () => {
    await using secure = await Site.open({}, { tls: false });
    secure.host.tickets.open({ thumbprint: "AB:CD", chance: () => "0".repeat(40) });
    const vm = await secure.vc.find.virtualMachine("build-01");
    const lease = await secure.vc.call(vm.ref, "ExportVm", {});
    const [row] = await secure.vc.retrieve([lease], ["info"]);
    const [device] = row?.info?.deviceUrl ?? [];
    expect([device?.sslThumbprint, device?.url.startsWith("https://*/nfc/")]).toEqual(["AB:CD", true]);
  });
});
