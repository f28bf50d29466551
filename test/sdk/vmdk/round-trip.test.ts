import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contentIdOf,
  formatDescriptor,
  GRAIN,
  grainsOf,
  NO_PARENT,
  openImageIn,
  piecesOf,
  readStream,
  writeCowd,
  writeFlat,
  writeSparse,
  writeStream,
} from "../../../sdk/vmdk/index.ts";
import { assemble, collect, disks, families, folderOf, MemoryFile, type ModelDisk, same } from "./disk.ts";

async function sparse(disk: ModelDisk, file: string, parent?: { readonly cid: number; readonly file: string }) {
  const output = new MemoryFile();
  const written = await writeSparse(output, grainsOf(disk), { file, capacity: disk.capacity, parent });
  return { ...written, file: output.bytes };
}

async function read(files: Readonly<Record<string, Uint8Array>>, name: string): Promise<Uint8Array> {
  const image = await openImageIn(folderOf(files), name);
  return assemble(image.pieces(), image.capacity);
}

const runs = { numRuns: 60 };

describe("a disk comes back from its file byte for byte", () => {
  it("as monolithicSparse, which holds the grains that are not zero and no others", async () => {
    await fc.assert(
      fc.asyncProperty(disks, async (disk) => {
        const { file, grains, cid } = await sparse(disk, "disk.vmdk");
        expect(same(await read({ "disk.vmdk": file }, "disk.vmdk"), disk.bytes)).toBe(true);
        const touched = new Set<number>();
        for (const [page, bytes] of disk.pages) if (bytes.some((byte) => byte !== 0)) touched.add(page >> 4);
        expect(grains).toBe(touched.size);
        expect(cid).toBe(contentIdOf(grainsOf(disk), disk.capacity));
      }),
      runs,
    );
  });

  it("as streamOptimized, read as a stream in chunks of any size and as a file", async () => {
    await fc.assert(
      fc.asyncProperty(disks, fc.integer({ min: 1, max: 70_000 }), async (disk, chunk) => {
        const file = await collect(writeStream(grainsOf(disk), { file: "d.vmdk", capacity: disk.capacity, cid: 7 }));
        expect(file.length % 512).toBe(0);
        expect(same(await read({ "d.vmdk": file }, "d.vmdk"), disk.bytes)).toBe(true);
        const chunks = Array.from({ length: Math.ceil(file.length / chunk) }, (_, n) =>
          file.subarray(n * chunk, (n + 1) * chunk),
        );
        const incoming = await readStream(chunks, "upload");
        expect(incoming.capacity).toBe(disk.capacity);
        expect(same(await assemble(incoming.pieces(), incoming.capacity), disk.bytes)).toBe(true);
      }),
      runs,
    );
  });

  it("as monolithicFlat, with text and bytes in files of their own", async () => {
    await fc.assert(
      fc.asyncProperty(disks, async (disk) => {
        const flat = new MemoryFile();
        await writeFlat(flat, piecesOf(disk, 10_240), disk.capacity);
        const text = formatDescriptor({
          createType: "monolithicFlat",
          cid: 1,
          parentCid: NO_PARENT,
          parent: "",
          extents: [{ access: "RW", sectors: disk.capacity / 512, kind: "FLAT", file: "d-flat.vmdk", offset: 0 }],
        });
        const files = { "d.vmdk": new TextEncoder().encode(text), "d-flat.vmdk": flat.bytes };
        expect(same(await read(files, "d.vmdk"), disk.bytes)).toBe(true);
      }),
      runs,
    );
  });
});

describe("a delta", () => {
  it("holds exactly the grains that its disk has written, and reads right above its parent", async () => {
    await fc.assert(
      fc.asyncProperty(families, async ({ parent, child }) => {
        const base = await sparse(parent, "base.vmdk");
        const delta = await sparse(child, "child.vmdk", { cid: base.cid, file: "base.vmdk" });
        const files = { "base.vmdk": base.file, "child.vmdk": delta.file };
        expect(same(await read(files, "child.vmdk"), child.bytes)).toBe(true);
        expect(same(await read(files, "base.vmdk"), parent.bytes)).toBe(true);
        const all = child.bytes;
        const held = [...new Set([...child.held].map((page) => page >> 4))].filter((grain) =>
          all.subarray(grain * GRAIN, (grain + 1) * GRAIN).some((byte) => byte !== 0),
        );
        expect(delta.grains).toBe(held.length);
      }),
      runs,
    );
  });

  it("as vmfsSparse holds whole sectors above a flat base", async () => {
    await fc.assert(
      fc.asyncProperty(families, async ({ parent, child }) => {
        const sectors = parent.capacity / 512;
        const flat = new MemoryFile();
        await writeFlat(flat, piecesOf(parent, 65_536), parent.capacity);
        const cowd = new MemoryFile();
        const written = await writeCowd(cowd, piecesOf(child, 65_536), {
          file: "c-delta.vmdk",
          capacity: child.capacity,
        });
        const text = (createType: "vmfs" | "vmfsSparse", kind: "VMFS" | "VMFSSPARSE", file: string, from: number) =>
          new TextEncoder().encode(
            formatDescriptor({
              createType,
              cid: from === NO_PARENT ? 5 : 6,
              parentCid: from,
              parent: from === NO_PARENT ? "" : "b.vmdk",
              extents: [{ access: "RW", sectors, kind, file, offset: 0 }],
            }),
          );
        const files = {
          "b.vmdk": text("vmfs", "VMFS", "b-flat.vmdk", NO_PARENT),
          "b-flat.vmdk": flat.bytes,
          "c.vmdk": text("vmfsSparse", "VMFSSPARSE", "c-delta.vmdk", 5),
          "c-delta.vmdk": cowd.bytes,
        };
        expect(same(await read(files, "c.vmdk"), child.bytes)).toBe(true);
        const own = [...child.held].map((page) => Math.min(4096, child.capacity - page * 4096) / 512);
        expect(written.sectors).toBe(own.reduce((sum, count) => sum + count, 0));
      }),
      runs,
    );
  });
});
