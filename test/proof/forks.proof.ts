import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connect, type Session, type VirtualMachine } from "../../sdk/index.ts";
import { mapOf, run, succeeds, withTools } from "./tools.ts";

const count = 20;
const names = Array.from({ length: count }, (_, n) => `desk-${n}`);
const GRAIN = 65_536;
const BLOCK = 4_096;

/** The bytes of a child's own file: another length and another content for each. */
const contentOf = (n: number): Uint8Array =>
  Uint8Array.from({ length: 1_000 + n * 7_919 }, (_, at) => (at * (n + 3) + (at >> 8) * 31 + n) & 0xff);

/** The ranges of a raw image that hold anything. */
const rangesOf = (name: string, folder: string) => mapOf(name, folder).filter(({ data }) => data);

/** The blocks in which two raw images differ, of those that hold anything at all in either. */
function differingBlocks(one: string, other: string, folder: string): Set<number> {
  const found = new Set<number>();
  const files = [one, other].map((name) => openSync(join(folder, name), "r"));
  for (const { start, length } of [...rangesOf(one, folder), ...rangesOf(other, folder)]) {
    const [a, b] = files.map((file) => {
      const bytes = Buffer.alloc(length);
      readSync(file, bytes, 0, length, start);
      return bytes;
    });
    for (let at = 0; at < length; at += BLOCK)
      if (a && b && a.compare(b, at, at + BLOCK, at, at + BLOCK) !== 0) found.add((start + at) / BLOCK);
  }
  for (const file of files) closeSync(file);
  return found;
}

withTools(["qemu-img", "e2fsck", "debugfs"], `${count} forks, seen by tools that are not ours`, () => {
  let folder: string;
  let vc: Session;
  let golden: VirtualMachine;
  let forks: readonly VirtualMachine[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fargo-proof-"));
    vc = await connect();
    golden = await vc.find.virtualMachine("golden");
    await vc.fork(golden, { count, name: (n) => `desk-${n - 1}` });
    forks = await Promise.all(names.map((name) => vc.find.virtualMachine(name)));
    for (const [n, fork] of forks.entries()) {
      await fork.guest.writeFile(`/home/own-${n}.bin`, contentOf(n));
      await fork.guest.writeFile("/etc/motd", `I am ${names[n]}\n`, { overwrite: true });
      await fork.guest.makeDirectory(`/srv/deep-${n}/er`, { parents: true });
      await fork.guest.writeFile(`/srv/deep-${n}/er/also`, `${n}`.repeat(100));
    }
    for (const [n, fork] of forks.entries())
      await fork.exportDisk(join(folder, `${names[n]}.vmdk`), { chain: "delta" });
    for (const name of [...names, "golden"])
      run("qemu-img", ["convert", "-O", "raw", `${name}.vmdk`, `${name}.raw`], folder);
  });
  afterAll(async () => {
    await vc.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("the forks' files name one parent, which is there once", () => {
    const vmdks = readdirSync(folder).filter((name) => name.endsWith(".vmdk"));
    expect(vmdks.sort()).toEqual([...names.map((name) => `${name}.vmdk`), "golden.vmdk"].sort());
    for (const name of [...names, "golden"]) run("qemu-img", ["check", `${name}.vmdk`], folder);
  });

  it("each fork's disk is a clean ext4 with the fork's own bytes in its files, and only its own", () => {
    for (const [n, name] of names.entries()) {
      const raw = `${name}.raw`;
      run("e2fsck", ["-fn", raw], folder);
      const cat = (path: string) => run("debugfs", ["-R", `cat ${path}`, raw], folder);
      expect(cat(`/home/own-${n}.bin`).equals(contentOf(n))).toBe(true);
      expect(cat("/etc/motd").toString()).toBe(`I am ${name}\n`);
      expect(cat(`/srv/deep-${n}/er/also`).toString()).toBe(`${n}`.repeat(100));
      const listed = run("debugfs", ["-R", "ls -p /home", raw], folder).toString();
      expect(listed.match(/own-\d+\.bin/g)).toEqual([`own-${n}.bin`]);
    }
  });

  it("the parent has none of them", () => {
    run("e2fsck", ["-fn", "golden.raw"], folder);
    const listed = ["/home", "/srv"].map((path) => run("debugfs", ["-R", `ls -p ${path}`, "golden.raw"], folder));
    expect(Buffer.concat(listed).toString()).not.toMatch(/own-|deep-/);
    expect(run("debugfs", ["-R", "cat /etc/motd", "golden.raw"], folder).toString()).not.toMatch(/I am/);
  });

  it("a delta holds exactly the grains that touch a block its machine owns, and `unshared` is those blocks", async () => {
    for (const [n, name] of names.entries()) {
      const blocks = differingBlocks(`${name}.raw`, "golden.raw", folder);
      const grains = new Set([...blocks].map((block) => Math.floor((block * BLOCK) / GRAIN)));
      const held = new Set<number>();
      for (const { start, length, depth } of mapOf(`${name}.vmdk`, folder))
        if (depth === 0) for (let at = start; at < start + length; at += GRAIN) held.add(at / GRAIN);
      expect([...held].sort((a, b) => a - b)).toEqual([...grains].sort((a, b) => a - b));
      const fork = forks[n];
      if (!fork) throw new Error(`no ${name}`);
      expect((await fork.disk.figures()).private).toBe(blocks.size * BLOCK);
      const files = (await fork.get("layoutEx"))?.file ?? [];
      const extents = files.filter(({ type }) => type === "diskExtent");
      expect(extents.reduce((sum, { uniqueSize }) => sum + Number(uniqueSize ?? 0), 0)).toBe(blocks.size * BLOCK);
    }
  });

  it("flattened and streamed, by qemu's word, they are the same disks", async () => {
    for (const fork of forks.slice(0, 3)) {
      const name = await fork.name();
      await fork.exportDisk(join(folder, "flat.vmdk"));
      await fork.exportDisk(join(folder, "stream.vmdk"), { format: "streamOptimized" });
      for (const other of ["flat.vmdk", "stream.vmdk"]) {
        run("qemu-img", ["check", other], folder);
        run("qemu-img", ["compare", `${name}.vmdk`, other], folder);
      }
    }
  });

  it("a parent that was written since is found out", async () => {
    const [fork] = forks;
    if (!fork) throw new Error("no fork");
    const inside = mkdtempSync(join(folder, "moved-"));
    await fork.exportDisk(join(inside, "child.vmdk"), { chain: "delta" });
    rmSync(join(inside, "golden.vmdk"));
    await fork.exportDisk(join(inside, "golden.vmdk"));
    expect(succeeds("qemu-img", ["convert", "-O", "raw", "child.vmdk", "child.raw"], inside)).toBe(false);
    const datastore = await vc.find.datastore("vmfs-01");
    await expect(datastore.importDisk(join(inside, "child.vmdk"), "child.vmdk")).rejects.toMatchObject({
      code: "BadDisk",
    });
  });

  it("what qemu writes is read back, whatever the format, and so is a chain", async () => {
    const [fork] = forks;
    if (!fork) throw new Error("no fork");
    const datastore = await vc.find.datastore("vmfs-01");
    for (const subformat of ["monolithicSparse", "streamOptimized"]) {
      run("qemu-img", ["convert", "-O", "vmdk", "-o", `subformat=${subformat}`, "desk-0.vmdk", "qemu.vmdk"], folder);
      const path = await datastore.importDisk(join(folder, "qemu.vmdk"), `${subformat}.vmdk`);
      expect(await mountedFile(fork, path, "/home/own-0.bin", folder)).toEqual(Buffer.from(contentOf(0)));
    }
    const path = await datastore.importDisk(join(folder, "desk-0.vmdk"), "chain.vmdk");
    expect(await mountedFile(fork, path, "/home/own-0.bin", folder)).toEqual(Buffer.from(contentOf(0)));
  });
});

/** Gives a machine the disk at a path, exports that, and reads a file from it. */
async function mountedFile(vm: VirtualMachine, path: string, file: string, folder: string): Promise<Buffer> {
  const devices = (await vm.get("config.hardware.device")) ?? [];
  const unitNumber = devices.filter(({ _typeName }) => _typeName === "VirtualDisk").length + 8;
  const controllerKey = devices.find(({ _typeName }) => _typeName === "VirtualDisk")?.controllerKey ?? 1000;
  const device = {
    _typeName: "VirtualDisk",
    key: -1,
    controllerKey,
    unitNumber,
    capacityInKB: 0,
    backing: { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: path, diskMode: "persistent" },
  } as const;
  await vm.reconfigure({ deviceChange: [{ operation: "add", device }] });
  const after = (await vm.get("config.hardware.device")) ?? [];
  const added = after.filter(({ _typeName }) => _typeName === "VirtualDisk").at(-1);
  await vm.exportDisk(join(folder, "mounted.vmdk"), { disk: added?.key ?? 0 });
  run("qemu-img", ["convert", "-O", "raw", "mounted.vmdk", "mounted.raw"], folder);
  run("e2fsck", ["-fn", "mounted.raw"], folder);
  const bytes = run("debugfs", ["-R", `cat ${file}`, "mounted.raw"], folder);
  rmSync(join(folder, "mounted.raw"));
  return bytes;
}
