import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connect } from "../../../sdk/connect.ts";
import { Host } from "../../../sdk/host/host.ts";
import type { Datastore } from "../../../sdk/objects/datastore.ts";
import type { Session } from "../../../sdk/session.ts";

let host: Host;
let vc: Session;
let datastore: Datastore;
beforeEach(async () => {
  host = Host.start({ seed: 1 });
  vc = await connect(host);
  datastore = await vc.find.datastore("vmfs-01");
});
afterEach(async () => {
  await vc.close();
  host.close();
});

const text = async (path: string) => new TextDecoder().decode(await datastore.files.download(path));

describe("the files of a datastore", () => {
  it("are listed with what they are, also below", async () => {
    const files = await datastore.files.list("golden");
    expect(files.find(({ name }) => name === "golden.vmdk")).toMatchObject({
      path: "golden/golden.vmdk",
      type: "disk",
    });
    expect(files.find(({ name }) => name === "golden.vmx")).toMatchObject({ type: "config" });
    const logs = await datastore.files.list("", { match: "*.log", recursive: true });
    expect(logs.map(({ path }) => path)).toContain("golden/vmware.log");
  });

  it("are brought and fetched, byte by byte, and their size is theirs", async () => {
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31) % 251);
    const { free } = await datastore.space();
    await datastore.files.makeDirectory("iso/linux");
    await datastore.files.upload("iso/linux/über 1.iso", [bytes.subarray(0, 5), bytes.subarray(5)]);
    expect(Buffer.compare(await datastore.files.download("iso/linux/über 1.iso"), bytes)).toBe(0);
    expect(await datastore.files.list("iso/linux")).toMatchObject([{ type: "iso", size: 3_000_000 }]);
    expect(free - (await datastore.space()).free).toBe(Math.ceil(3_000_000 / 4096) * 4096);
    await datastore.files.upload("iso/linux/über 1.iso", "short");
    expect(await text("iso/linux/über 1.iso")).toBe("short");
    await datastore.files.remove("iso");
    expect((await datastore.space()).free).toBe(free);
  });

  it("of machines are fetched as they are: configuration, log, descriptor, blocks", async () => {
    expect(await text("golden/golden.vmx")).toContain('displayName = "golden"');
    expect(await text("golden/golden.vmdk")).toContain('createType="vmfs"');
    expect(await text("golden/vmware.log")).toContain("golden/golden.vmdk");
    const sizes = await datastore.files.list("golden");
    for (const name of ["golden.vmx", "golden.vmdk", "vmware.log", "golden.nvram", "golden.vmsd"]) {
      const { length } = await datastore.files.download(`golden/${name}`);
      const listed = sizes.find((file) => file.name === name);
      if (listed?.type !== "disk") expect([name, length]).toEqual([name, listed?.size]);
    }
    await expect(datastore.files.download("golden/golden-flat.vmdk")).rejects.toMatchObject({ code: "FileLocked" });
    const off = await vc.find.virtualMachine("build-01");
    await off.disk.write(512, new TextEncoder().encode("block one"));
    for await (const first of datastore.files.read("build-01/build-01-flat.vmdk")) {
      expect(new TextDecoder().decode(first.subarray(512, 521))).toBe("block one");
      break;
    }
  });

  it("are not changed by an upload that breaks off, and locked ones by none", async () => {
    await datastore.files.upload("notes.txt", "before");
    const broken = async function* () {
      yield new Uint8Array(10);
      throw new Error("the line is cut");
    };
    await expect(datastore.files.upload("notes.txt", broken())).rejects.toThrow();
    expect(await text("notes.txt")).toBe("before");
    await expect(datastore.files.upload("golden/golden.vmx", "x")).rejects.toMatchObject({ code: "FileLocked" });
    await expect(datastore.files.upload("nowhere/x", "x")).rejects.toMatchObject({ code: "FileNotFound" });
    await expect(datastore.files.upload("golden", "x")).rejects.toMatchObject({ code: "FileAlreadyExists" });
    await expect(datastore.files.download("../x")).rejects.toMatchObject({ code: "InvalidDatastorePath" });
  });

  it("go from one datastore to another", async () => {
    const local = await vc.find.datastore("local-01");
    await datastore.files.upload("a.txt", "text");
    await datastore.files.copy("a.txt", "b.txt", { on: local });
    await datastore.files.move("a.txt", "b.txt", { on: local, replace: true });
    expect((await local.files.list()).map(({ name }) => name)).toContain("b.txt");
    await expect(datastore.files.download("a.txt")).rejects.toMatchObject({ code: "FileNotFound" });
  });

  it("are had by who is logged in and may", async () => {
    const from = { userAgent: "test", loggedIn: false };
    expect(() => host.download("/folder/golden/golden.vmx?dsName=vmfs-01", undefined, host.connect(from))).toThrow(
      "not authenticated",
    );
  });
});
