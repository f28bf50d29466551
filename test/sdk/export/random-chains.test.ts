import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connect, type InventoryDescription, startHost, type VirtualMachine } from "../../../sdk/index.ts";
import { openImage } from "../../../sdk/vmdk/index.ts";

const pages = 256;
const inventory: InventoryDescription = {
  datacenters: [
    {
      name: "DC0",
      hosts: [{ name: "esx" }],
      datastores: [{ name: "vmfs-01" }],
      machines: [
        {
          name: "m0",
          disks: [{ sizeGiB: pages / 2 ** 18, usedGiB: 32 / 2 ** 18 }],
          memoryGiB: 1 / 256,
          power: "poweredOn",
        },
      ],
    },
  ],
};

const machine = fc.nat(7);
const step = fc.oneof(
  fc.record({ kind: fc.constant("write" as const), on: machine, page: fc.nat(pages - 1), value: fc.nat(3) }),
  fc.record({ kind: fc.constant("fork" as const), on: machine }),
  fc.record({ kind: fc.constant("snapshot" as const), on: machine }),
  fc.record({ kind: fc.constant("revert" as const), on: machine }),
);

async function bytesIn(file: string): Promise<Buffer> {
  const image = await openImage(file);
  const disk = Buffer.alloc(image.capacity);
  for await (const { address, length, bytes } of image.pieces()) {
    if (bytes) disk.set(bytes, address);
    else disk.fill(0, address, address + length);
  }
  return disk;
}

describe("whatever was forked, written, remembered and put back", () => {
  it("a machine's delta above its parents is its disk, and so is the flattened one", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const folder = mkdtempSync(join(tmpdir(), "fargo-chains-"));
        const host = await startHost({ inventory });
        const vc = await connect(host);
        try {
          const all: VirtualMachine[] = [await vc.find.virtualMachine("m0")];
          for (const one of steps) {
            const vm = all[one.on % all.length];
            if (!vm) continue;
            if (one.kind === "write") await vm.disk.write(one.page * 4096, new Uint8Array(4096).fill(one.value));
            else if (one.kind === "fork" && all.length < 8) all.push(await vm.instantClone({ name: `m${all.length}` }));
            else if (one.kind === "snapshot")
              await (await vm.CreateSnapshot_Task({ name: "s", memory: true, quiesce: false })).wait();
            else if (one.kind === "revert" && (await vm.get("snapshot")))
              await (await vm.RevertToCurrentSnapshot_Task({})).wait();
          }
          for (const [n, vm] of all.entries()) {
            const { size } = await vm.disk.figures();
            const disk = Buffer.from(await vm.disk.read(0, size));
            const delta = join(folder, `delta-${n}.vmdk`);
            await vm.exportDisk(delta, { chain: "delta" });
            expect((await bytesIn(delta)).equals(disk)).toBe(true);
            const vmfs = join(folder, `vmfs-${n}.vmdk`);
            await vm.exportDisk(vmfs, { chain: "delta", format: "vmfsSparse" });
            expect((await bytesIn(vmfs)).equals(disk)).toBe(true);
            await vm.exportDisk(join(folder, "flat.vmdk"));
            expect((await bytesIn(join(folder, "flat.vmdk"))).equals(disk)).toBe(true);
          }
          // What was written first still reads right beside all that came later.
          const first = all[0];
          const again = await bytesIn(join(folder, "delta-0.vmdk"));
          expect(again.equals(Buffer.from((await first?.disk.read(0, again.length)) ?? []))).toBe(true);
        } finally {
          await vc.close();
          host.close();
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 12 },
    );
  });
});
