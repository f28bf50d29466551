import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  connect,
  type Host,
  type InventoryDescription,
  type Session,
  startHost,
  type VirtualMachine,
} from "../../sdk/index.ts";
import { run, withTools } from "./tools.ts";

/** A small disk without a file system: qemu walks vmfsSparse files sector by sector. */
const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC0",
      hosts: [{ name: "esx" }],
      datastores: [{ name: "vmfs-01" }],
      machines: [{ name: "golden", disks: [{ sizeGiB: 1 / 32, usedGiB: 1 / 1024 }], power: "frozen" }],
    },
  ],
};

const page = (value: number) => Uint8Array.from({ length: 4096 }, (_, n) => (n * 7 + value) % 251);

let folder: string;
let host: Host;
let vc: Session;
let fork: VirtualMachine;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fargo-proof-"));
  host = await startHost({ inventory });
  vc = await connect(host);
  const golden = await vc.find.virtualMachine("golden");
  const first = await golden.instantClone({ name: "first" });
  for (const n of [3, 300, 301, 5_000, 8_191]) await first.disk.write(n * 4096, page(n));
  fork = await first.instantClone({ name: "second" });
  for (const n of [4, 300, 6_000]) await fork.disk.write(n * 4096, page(n + 1));
  // What its parent has, it has overwritten with zeros: all of one grain, and a page of another.
  await fork.disk.write(5_000 * 4096, new Uint8Array(4096));
  await fork.disk.write(301 * 4096, new Uint8Array(4096));
});
afterAll(async () => {
  await vc.close();
  host.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The disk as the machine has it. */
async function bytesOf(vm: VirtualMachine): Promise<Buffer> {
  const { size } = await vm.disk.figures();
  return Buffer.from(await vm.disk.read(0, size));
}

withTools(["qemu-img"], "every format, read by qemu", () => {
  it.each([
    ["monolithicSparse", "flatten"],
    ["monolithicSparse", "delta"],
    ["streamOptimized", "flatten"],
    ["vmfsSparse", "flatten"],
    ["vmfsSparse", "delta"],
  ] as const)("%s, %s, is the disk that the machine has", async (format, chain) => {
    const inside = mkdtempSync(join(folder, "f-"));
    await fork.exportDisk(join(inside, "disk.vmdk"), { format, chain });
    run("qemu-img", ["convert", "-O", "raw", "disk.vmdk", "disk.raw"], inside);
    expect(readFileSync(join(inside, "disk.raw")).equals(await bytesOf(fork))).toBe(true);
  });
});

withTools(["qemu-img", "tar", "sha256sum"], "an OVA, taken apart by others", () => {
  it("lists its members in order, its checksums are right, and qemu reads its disk", async () => {
    await fork.powerOff();
    await fork.exportVApp(join(folder, "second.ova"));
    const list = run("tar", ["-tf", "second.ova"], folder).toString().trim().split("\n");
    expect(list).toEqual(["second.ovf", "second.mf", "second-disk1.vmdk"]);
    run("tar", ["-xf", "second.ova"], folder);
    run("sha256sum", ["-c", "--strict", "second.mf"], folder);
    run("qemu-img", ["check", "second-disk1.vmdk"], folder);
    run("qemu-img", ["convert", "-O", "raw", "second-disk1.vmdk", "ova.raw"], folder);
    expect(readFileSync(join(folder, "ova.raw")).equals(await bytesOf(fork))).toBe(true);
  });

  withTools(["xmllint"], "its descriptor", () => {
    it("is XML in order", () => {
      run("xmllint", ["--noout", "second.ovf"], folder);
    });
  });
});
