import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  connect,
  type Host,
  type InventoryDescription,
  type Session,
  startHost,
  type VirtualMachine,
} from "../../../sdk/index.ts";
import { openImage } from "../../../sdk/vmdk/index.ts";

const page = (value: number) => Uint8Array.from({ length: 4096 }, (_, n) => (n * 7 + value) % 251);
const KiB64 = 65_536;

/** A frozen machine with a thin disk of 40 GiB that holds 4 MiB. */
const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC0",
      hosts: [{ name: "esx" }],
      datastores: [{ name: "vmfs-01" }],
      machines: [{ name: "golden", disks: [{ sizeGiB: 40, usedGiB: 1 / 256 }], power: "frozen" }],
    },
  ],
};

let folder: string;
let host: Host;
let vc: Session;
let golden: VirtualMachine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fargo-export-"));
  host = await startHost({ inventory });
  vc = await connect(host);
  golden = await vc.find.virtualMachine("golden");
});
afterEach(async () => {
  await vc.close();
  host.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Some pages of a disk as its file has them. */
async function pagesOf(name: string): Promise<Map<number, string>> {
  const image = await openImage(join(folder, name));
  const pages = new Map<number, string>();
  for await (const { address, length, bytes } of image.pieces())
    for (let at = 0; at < length; at += 4096) {
      const part = bytes && Buffer.from(bytes.subarray(at, at + 4096));
      if (part?.some((byte) => byte !== 0)) pages.set((address + at) / 4096, part.toString("base64"));
      else pages.delete((address + at) / 4096);
    }
  return pages;
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const far = 9_000_000;

describe("exporting a disk", () => {
  it("writes all of the first disk, sparse, and nothing else", async () => {
    const fork = await golden.instantClone({ name: "fork" });
    await fork.disk.write(far * 4096, page(1));
    const { files, capacity } = await fork.exportDisk(join(folder, "fork.vmdk"));
    expect(files).toEqual([join(folder, "fork.vmdk")]);
    expect(readdirSync(folder)).toEqual(["fork.vmdk"]);
    const { size, mapped } = await fork.disk.figures();
    expect(capacity).toBe(size);
    const pages = await pagesOf("fork.vmdk");
    expect(pages.size * 4096).toBe(mapped);
    expect(pages.get(far)).toBe(text(page(1)));
  });

  it("writes what a fork owns into a delta that names its parent, which is written once for all forks", async () => {
    const names = ["a", "b", "c"];
    for (const [n, name] of names.entries()) {
      const fork = await golden.instantClone({ name });
      await fork.disk.write(far * 4096, page(n));
      await fork.disk.write((far + 3) * 4096, page(n + 1));
      await fork.disk.write((far + 100 + n) * 4096, page(n));
    }
    const before = await golden.disk.figures();
    for (const name of names) {
      const fork = await vc.find.virtualMachine(name);
      const { files, held } = await fork.exportDisk(join(folder, `${name}.vmdk`), { chain: "delta" });
      expect(files).toEqual([join(folder, `${name}.vmdk`), join(folder, "golden.vmdk")]);
      expect(held).toBe(2 * KiB64);
      expect((await fork.disk.figures()).private).toBe(3 * 4096);
    }
    expect(readdirSync(folder).sort()).toEqual(["a.vmdk", "b.vmdk", "c.vmdk", "golden.vmdk"]);
    for (const [n, name] of names.entries()) {
      const pages = await pagesOf(`${name}.vmdk`);
      expect(pages.get(far)).toBe(text(page(n)));
      expect(pages.get(far + 100 + n)).toBe(text(page(n)));
      expect(pages.size * 4096).toBe(before.mapped + 3 * 4096);
    }
    expect((await pagesOf("golden.vmdk")).has(far)).toBe(false);
  });

  it("hides with a grain of zeros what the fork has overwritten with zeros", async () => {
    await golden.disk.write(far * 4096, page(1));
    const fork = await golden.instantClone({ name: "fork" });
    await fork.disk.write(far * 4096, new Uint8Array(4096));
    const { held } = await fork.exportDisk(join(folder, "fork.vmdk"), { chain: "delta" });
    expect(held).toBe(0);
    expect((await pagesOf("fork.vmdk")).has(far)).toBe(false);
    expect((await pagesOf("golden.vmdk")).has(far)).toBe(true);
  });

  it("follows a chain of forks down, file by file", async () => {
    const one = await golden.instantClone({ name: "one" });
    await one.disk.write(far * 4096, page(1));
    const two = await one.instantClone({ name: "two" });
    await two.disk.write((far + 20) * 4096, page(2));
    const { files } = await two.exportDisk(join(folder, "two.vmdk"), { chain: "delta" });
    expect(files.length).toBeGreaterThanOrEqual(2);
    const pages = await pagesOf("two.vmdk");
    expect([pages.get(far), pages.get(far + 20)]).toEqual([text(page(1)), text(page(2))]);
    expect(pages.size * 4096).toBe((await two.disk.figures()).mapped);
  });

  it("still reads right when the source has written since", async () => {
    const fork = await golden.instantClone({ name: "fork" });
    await fork.disk.write(far * 4096, page(1));
    await golden.disk.write((far + 50) * 4096, page(9));
    await fork.exportDisk(join(folder, "fork.vmdk"), { chain: "delta" });
    const pages = await pagesOf("fork.vmdk");
    expect(pages.has(far + 50)).toBe(false);
    expect(pages.size * 4096).toBe((await fork.disk.figures()).mapped);
  });

  it("never takes another disk for the parent, nor overwrites one", async () => {
    await golden.exportDisk(join(folder, "golden.vmdk"));
    const fork = await golden.instantClone({ name: "fork" });
    await golden.disk.write(far * 4096, page(4));
    const later = await golden.instantClone({ name: "later" });
    await later.disk.write((far + 1) * 4096, page(5));
    const { files } = await later.exportDisk(join(folder, "later.vmdk"), { chain: "delta" });
    expect(files).not.toContain(join(folder, "golden.vmdk"));
    expect((await pagesOf("golden.vmdk")).has(far)).toBe(false);
    expect((await pagesOf("later.vmdk")).get(far)).toBe(text(page(4)));
    await fork.exportDisk(join(folder, "fork.vmdk"), { chain: "delta" });
    expect((await pagesOf("fork.vmdk")).has(far)).toBe(false);
  });

  it("writes streamOptimized and vmfsSparse files that read back the same", async () => {
    const fork = await golden.instantClone({ name: "fork" });
    await fork.disk.write(far * 4096, page(1));
    await fork.exportDisk(join(folder, "flat.vmdk"));
    await fork.exportDisk(join(folder, "stream.vmdk"), { format: "streamOptimized" });
    const { files, held } = await fork.exportDisk(join(folder, "v.vmdk"), { format: "vmfsSparse", chain: "delta" });
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual([
      "v.vmdk",
      "v-delta.vmdk",
      "golden.vmdk",
      "golden-flat.vmdk",
    ]);
    expect(held).toBe(4096);
    expect(await pagesOf("stream.vmdk")).toEqual(await pagesOf("flat.vmdk"));
  });

  it("is of one moment: what is written meanwhile is not in it", async () => {
    const fork = await golden.instantClone({ name: "fork" });
    let wrote = false;
    await fork.exportDisk(join(folder, "fork.vmdk"), {
      onProgress: () => {
        if (!wrote) void fork.disk.write(far * 4096, page(1));
        wrote = true;
      },
    });
    expect(wrote).toBe(true);
    expect((await pagesOf("fork.vmdk")).has(far)).toBe(false);
    expect(text(await fork.disk.read(far * 4096, 4096))).toBe(text(page(1)));
  });

  it("leaves nothing behind when it is refused, aborted or fails", async () => {
    const file = join(folder, "x.vmdk");
    await expect(golden.exportDisk(file, { disk: 2999 })).rejects.toMatchObject({ code: "InvalidArgument" });
    await expect(golden.exportDisk("")).rejects.toMatchObject({ code: "InvalidArgument" });
    await expect(golden.exportDisk(file, { format: "streamOptimized", chain: "delta" })).rejects.toMatchObject({
      code: "InvalidArgument",
    });
    await expect(golden.exportDisk(join(folder, "no", "x.vmdk"))).rejects.toMatchObject({ code: "FileError" });
    const controller = new AbortController();
    const exporting = golden.exportDisk(file, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        if (done > 0) controller.abort();
      },
    });
    await golden.disk.write(far * 4096, page(1));
    await exporting.catch((error) => expect(error).toMatchObject({ code: "Aborted" }));
    await expect(golden.exportDisk(file, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "Aborted" });
    expect(readdirSync(folder).filter((name) => name !== "x.vmdk")).toEqual([]);
  });
});
