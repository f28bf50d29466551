import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withPeer } from "../peers.ts";
import { fieldsOf, type Lab, linesOf, startLab } from "./lab.ts";

withPeer("govc", "govc with datastores", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(() => lab[Symbol.asyncDispose]());
  const lines = async (...args: string[]) => linesOf(await lab.govc(...args));
  const files = async (path: string) => {
    const found = await (await lab.vc.find.datastore("LocalDS_0")).files.list(path);
    return found.map(({ name }) => name).sort();
  };

  it("datastore.info: as the API has it", async () => {
    const store = await lab.vc.find.datastore("LocalDS_0");
    const summary = await store.get("summary");
    expect(fieldsOf(await lab.govc("datastore.info", "LocalDS_0"))).toMatchObject({
      Name: "LocalDS_0",
      Path: "/DC0/datastore/LocalDS_0",
      Type: "VMFS",
      URL: summary.url,
      Capacity: `${(Number(summary.capacity) / 2 ** 30).toFixed(1)} GB`,
      Free: `${(Number(summary.freeSpace) / 2 ** 30).toFixed(1)} GB`,
    });
  });

  it("datastore.mkdir, datastore.upload, datastore.download, datastore.tail: bytes as they are", async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) & 255));
    writeFileSync(join(lab.directory, "up.bin"), bytes);
    await lab.govc("datastore.mkdir", "-p", "a/b/c");
    expect(await lab.govc("datastore.upload", "up.bin", "a/up.bin")).toContain("Uploading... OK");
    await lab.govc("datastore.download", "a/up.bin", "down.bin");
    expect(readFileSync(join(lab.directory, "down.bin")).equals(bytes)).toBe(true);
    await lab.run(["datastore.upload", "-", "a/b/log.txt"], { input: "one\ntwo\nthree\nfour\n" });
    expect(await lab.govc("datastore.download", "a/b/log.txt", "-")).toBe("one\ntwo\nthree\nfour\n");
    expect(await lab.govc("datastore.tail", "-n", "2", "a/b/log.txt")).toBe("three\nfour\n");
    expect(await lab.refused("datastore.download", "a/none", "-")).toContain("404");
    expect(await lab.refused("datastore.upload", "up.bin", "none/up.bin")).toContain("404");
    expect(await lab.refused("datastore.mkdir", "a/b")).toContain("exists already");
  });

  it("datastore.ls: names, sizes, directories below, patterns, the top", async () => {
    expect((await lines("datastore.ls")).sort()).toEqual(await files(""));
    expect(await lines("datastore.ls", "a")).toEqual(["b", "up.bin"]);
    expect(await lab.govc("datastore.ls", "-l", "a/up.bin")).toMatch(/^293.0KB .* up\.bin\n$/);
    expect(await lines("datastore.ls", "-R", "-p", "a")).toEqual([
      "[LocalDS_0] a/:",
      "b",
      "up.bin",
      "",
      "[LocalDS_0] a/b/:",
      "c",
      "log.txt",
    ]);
    expect(await lines("datastore.ls", "a/*.bin")).toEqual(["up.bin"]);
    expect(await lab.json("datastore.ls", "-l", "a/up.bin")).toMatchObject([
      { folderPath: "[LocalDS_0] a/", file: [{ path: "up.bin", fileSize: 300_000 }] },
    ]);
    expect(await lab.refused("datastore.ls", "none")).toContain("none was not found");
  });

  it("datastore.cp, datastore.mv, datastore.rm", async () => {
    await lab.govc("datastore.cp", "a/up.bin", "a/copy.bin");
    await lab.govc("datastore.mv", "a/copy.bin", "a/b/moved.bin");
    expect(await files("a/b")).toEqual(["c", "log.txt", "moved.bin"]);
    expect(await lab.refused("datastore.mv", "a/up.bin", "a/b/moved.bin")).toContain("exists");
    await lab.govc("datastore.mv", "-f", "a/up.bin", "a/b/moved.bin");
    await lab.govc("datastore.rm", "a/b/moved.bin");
    expect(await lab.refused("datastore.rm", "a/b/moved.bin")).toContain("not found");
    await lab.govc("datastore.rm", "-f", "a/b/moved.bin");
    await lab.govc("datastore.rm", "a");
    expect(await files("")).not.toContain("a");
  });

  it("datastore.disk.create, .inflate, .shrink, .extend: disks that no machine has", async () => {
    await lab.govc("datastore.mkdir", "disks");
    await lab.govc("datastore.disk.create", "-size", "64M", "-d", "thin", "disks/d.vmdk");
    expect(await files("disks")).toContain("d.vmdk");
    await lab.govc("datastore.disk.inflate", "disks/d.vmdk");
    await lab.govc("datastore.disk.shrink", "disks/d.vmdk");
    await lab.govc("datastore.disk.extend", "-size", "128M", "disks/d.vmdk");
    const manager = lab.vc.content.virtualDiskManager;
    const datacenter = { type: "Datacenter", value: (await lines("ls", "-i", "/"))[0]?.split(":")[1] ?? "" } as const;
    if (!manager) throw new Error("there is no VirtualDiskManager");
    const name = "[LocalDS_0] disks/d.vmdk";
    const { cylinder, head, sector } = await lab.vc.call(manager, "QueryVirtualDiskGeometry", { name, datacenter });
    expect(cylinder * head * sector * 512).toBeGreaterThan(120 * 2 ** 20);
    await lab.govc("datastore.cp", "disks/d.vmdk", "disks/e.vmdk");
    await lab.govc("datastore.rm", "disks/d.vmdk");
    expect(await files("disks")).toEqual(["e-flat.vmdk", "e.vmdk"]);
  });
});
