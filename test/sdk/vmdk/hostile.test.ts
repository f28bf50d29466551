import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatDescriptor,
  grainsOf,
  NO_PARENT,
  openImageIn,
  piecesOf,
  readStream,
  VmdkError,
  writeCowd,
  writeSparse,
  writeStream,
} from "../../../sdk/vmdk/index.ts";
import { collect, folderOf, MemoryFile, ModelDisk } from "./disk.ts";

const KiB64 = 65_536;
const page = (value: number) => Uint8Array.from({ length: 4096 }, (_, n) => (n * value) % 251);
const disk = new ModelDisk(
  40 * KiB64,
  new Map([
    [0, page(3)],
    [16, page(5)],
    [17, page(7)],
    [500, page(9)],
  ]),
);
const child = new ModelDisk(disk.capacity, new Map([...disk.pages, [20, page(11)]]), [20]);

async function sparse(of: ModelDisk, file: string, parent?: { readonly cid: number; readonly file: string }) {
  const output = new MemoryFile();
  const { cid } = await writeSparse(output, grainsOf(of), { file, capacity: of.capacity, parent });
  return { cid, bytes: output.bytes };
}

const base = await sparse(disk, "base.vmdk");
const delta = await sparse(child, "child.vmdk", { cid: base.cid, file: "base.vmdk" });
const stream = await collect(writeStream(grainsOf(disk), { file: "s.vmdk", capacity: disk.capacity, cid: 9 }));
const cowd = new MemoryFile();
await writeCowd(cowd, piecesOf(child, KiB64), { file: "c-delta.vmdk", capacity: child.capacity });
const cowdText = text({ createType: "vmfsSparse", kind: "VMFSSPARSE", file: "c-delta.vmdk", sectors: 40 * 128 });

function text(of: {
  readonly createType: "vmfsSparse" | "monolithicFlat" | "vmfs";
  readonly kind: "FLAT" | "VMFSSPARSE" | "VMFS";
  readonly file: string;
  readonly sectors: number;
}): Uint8Array {
  const { createType, ...extent } = of;
  const extents = [{ access: "RW" as const, offset: 0, ...extent }];
  return new TextEncoder().encode(formatDescriptor({ createType, cid: 1, parentCid: NO_PARENT, parent: "", extents }));
}

/** Reads all of a disk; answers how many bytes it gave. */
async function readAll(files: Readonly<Record<string, Uint8Array>>, name: string): Promise<number> {
  const image = await openImageIn(folderOf(files), name);
  let bytes = 0;
  for await (const piece of image.pieces()) {
    expect(piece.address + piece.length).toBeLessThanOrEqual(image.capacity);
    bytes += piece.bytes?.length ?? 0;
  }
  return bytes;
}

/** A copy in which numbers of 4 or 8 bytes are changed. */
function patched(
  bytes: Uint8Array,
  ...changes: readonly (readonly [at: number, value: number | bigint])[]
): Uint8Array {
  const copy = Buffer.from(bytes);
  for (const [at, value] of changes)
    if (typeof value === "bigint") copy.writeBigInt64LE(value, at);
    else copy.writeUInt32LE(value, at);
  return copy;
}

const sectorOf = (bytes: Uint8Array, at: number) => Buffer.from(bytes).readUInt32LE(at) * 512;
const directory = sectorOf(base.bytes, 56);
const table = sectorOf(base.bytes, directory);
const firstGrain = Buffer.from(base.bytes).readUInt32LE(table);

describe("a sparse file that is not in order is refused", () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ["nothing at all", new Uint8Array(0), "NotVmdk", /0 bytes/],
    ["some other file", new TextEncoder().encode("hello world, this is no disk"), "NotVmdk", /neither/],
    ["a header that is cut off", base.bytes.subarray(0, 100), "Truncated", /100 bytes/],
    ["a version from the future", patched(base.bytes, [4, 9]), "Unsupported", /version is 9/],
    ["line ends that a transfer has changed", patched(base.bytes, [72, 0x0d0a_0d00]), "Corrupt", /line ends/],
    ["an absurd capacity", patched(base.bytes, [12, 2n ** 62n]), "Corrupt", /capacity|62 TiB/],
    ["a capacity above 62 TiB", patched(base.bytes, [12, 2n ** 40n]), "Corrupt", /62 TiB/],
    ["a negative capacity", patched(base.bytes, [12, -5n]), "Corrupt", /capacity/],
    ["no capacity", patched(base.bytes, [12, 0n]), "Corrupt", /capacity/],
    ["grains that are no power of two", patched(base.bytes, [20, 100n]), "Corrupt", /power of two/],
    ["grains below the format's", patched(base.bytes, [20, 8n]), "Corrupt", /power of two/],
    ["grains of a TiB", patched(base.bytes, [20, 2n ** 31n]), "Corrupt", /power of two/],
    ["tables of another size", patched(base.bytes, [44, 4096]), "Corrupt", /512 entries/],
    ["a directory beyond its end", patched(base.bytes, [56, 2n ** 40n]), "Truncated", /expected from/],
    ["a negative directory", patched(base.bytes, [56, -7n]), "Corrupt", /grain directory/],
    ["no directory", patched(base.bytes, [56, 0n]), "Corrupt", /where its grain directory/],
    ["a table beyond its end", patched(base.bytes, [directory, 0x00ff_ffff]), "Truncated", /expected from/],
    ["a table on the header", patched(base.bytes, [directory, 0x1]), "Corrupt", /lies on something else/],
    ["a grain beyond its end", patched(base.bytes, [table, 0xffff_fff0]), "Truncated", /expected from/],
    ["two entries for one grain", patched(base.bytes, [table + 8, firstGrain]), "Corrupt", /lies on something else/],
    ["grains that overlap in part", patched(base.bytes, [table + 8, firstGrain + 5]), "Corrupt", /lies on something/],
    ["a descriptor beyond its end", patched(base.bytes, [28, 2n ** 30n]), "Truncated", /expected from/],
    ["a descriptor of a GiB", patched(base.bytes, [36, 2n ** 21n]), "Corrupt", /too long/],
    ["no descriptor", patched(base.bytes, [28, 0n]), "Unsupported", /no descriptor/],
    ["grains that are cut off", base.bytes.subarray(0, base.bytes.length - 1000), "Truncated", /expected from/],
  ])("%s", async (_what, bytes, problem, message) => {
    const reading = readAll({ "base.vmdk": bytes }, "base.vmdk");
    await expect(reading).rejects.toBeInstanceOf(VmdkError);
    await expect(reading).rejects.toMatchObject({ problem, message: expect.stringMatching(message) });
    await expect(reading).rejects.toThrow("base.vmdk");
  });
});

describe("a chain that is not in order is refused", () => {
  it("when a parent is missing", async () => {
    await expect(readAll({ "child.vmdk": delta.bytes }, "child.vmdk")).rejects.toMatchObject({
      problem: "FileNotFound",
      file: "base.vmdk",
    });
  });

  it("when the parent was written since", async () => {
    const changed = await sparse(new ModelDisk(disk.capacity, new Map([[1, page(1)]])), "base.vmdk");
    await expect(
      readAll({ "base.vmdk": changed.bytes, "child.vmdk": delta.bytes }, "child.vmdk"),
    ).rejects.toMatchObject({ problem: "ParentMismatch", file: "child.vmdk" });
  });

  it("when it comes back to itself, at once or in a round", async () => {
    const self = await sparse(child, "a.vmdk", { cid: 1, file: "a.vmdk" });
    const own = await sparse(child, "a.vmdk", { cid: self.cid, file: "a.vmdk" });
    await expect(readAll({ "a.vmdk": own.bytes }, "a.vmdk")).rejects.toMatchObject({ problem: "Corrupt" });
    const described = (file: string) =>
      new TextEncoder().encode(
        formatDescriptor({
          createType: "monolithicFlat",
          cid: 3,
          parentCid: 3,
          parent: file,
          extents: [{ access: "RW", sectors: 8, kind: "FLAT", file: "flat", offset: 0 }],
        }),
      );
    const files = { x: described("y"), y: described("x"), flat: new Uint8Array(4096) };
    await expect(readAll(files, "x")).rejects.toThrow(/comes back/);
  });

  it("when it is longer than any of vSphere's", async () => {
    const files: Record<string, Uint8Array> = {};
    for (let n = 0; n < 400; n++)
      files[`${n}`] = new TextEncoder().encode(
        formatDescriptor({
          createType: "monolithicFlat",
          cid: 3,
          parentCid: 3,
          parent: `${n + 1}`,
          extents: [{ access: "RW", sectors: 8, kind: "FLAT", file: "flat", offset: 0 }],
        }),
      );
    await expect(readAll(files, "0")).rejects.toMatchObject({ problem: "Unsupported" });
  });
});

describe("a descriptor that is not in order is refused", () => {
  const flat = (lines: string, more = "") =>
    new TextEncoder().encode(`# Disk DescriptorFile\nversion=1\nCID=1\nparentCID=ffffffff\n${more}\n${lines}\n`);
  const type = 'createType="monolithicFlat"';
  it.each<[string, Uint8Array, string]>([
    ["no type", flat('RW 8 FLAT "f" 0'), "NotVmdk"],
    ["a type that is not known", flat('RW 8 FLAT "f" 0', 'createType="fullDevice"'), "Unsupported"],
    ["no extents", flat("", type), "Corrupt"],
    ["an extent that is not one", flat("RW many FLAT", type), "Corrupt"],
    ["a negative offset", flat('RW 8 FLAT "f" -1', type), "Corrupt"],
    ["an offset beyond all files", flat('RW 8 FLAT "f" 9999999999999999', type), "Corrupt"],
    ["an extent of a device", flat('RW 8 VMFSRDM "f"', type), "Unsupported"],
    ["more than 62 TiB", flat('RW 9999999999999 FLAT "f" 0', type), "Corrupt"],
    ["extents on each other", flat('RW 8 FLAT "f" 0\nRW 8 FLAT "f" 4', type), "Corrupt"],
    ["a file that is too short", flat('RW 80 FLAT "f" 0', type), "Truncated"],
    ["a file that is not there", flat('RW 8 FLAT "g" 0', type), "FileNotFound"],
    ["a content number that is none", flat('RW 8 FLAT "f" 0', `${type}\nparentCID=xyz`), "Corrupt"],
    ["a parent without a name", flat('RW 8 FLAT "f" 0', `${type}\nparentCID=5`), "Corrupt"],
  ])("%s", async (_what, bytes, problem) => {
    const files = { d: bytes, f: new Uint8Array(4096) };
    await expect(readAll(files, "d")).rejects.toMatchObject({ name: "VmdkError", problem });
  });
});

describe("a stream that is not in order is refused", () => {
  const drain = async (bytes: Uint8Array) => {
    for await (const _ of (await readStream([bytes], "upload")).pieces());
  };
  const grain = (lba: number, packed: Uint8Array, size = packed.length) => {
    const bytes = Buffer.alloc(Math.ceil((12 + packed.length) / 512) * 512);
    bytes.writeBigUInt64LE(BigInt(lba), 0);
    bytes.writeUInt32LE(size, 8);
    bytes.set(packed, 12);
    return bytes;
  };
  const front = stream.subarray(0, KiB64);
  const packed = deflateSync(new Uint8Array(KiB64).fill(7));
  const zeros = (bytes: number) => deflateSync(new Uint8Array(bytes));

  it.each<[string, Uint8Array, string]>([
    ["cut off within a grain", stream.subarray(0, KiB64 + 300), "Truncated"],
    ["cut off behind its grains", stream.subarray(0, stream.length - 1024), "Truncated"],
    ["filled up with zeros where it was cut off", Buffer.concat([front, new Uint8Array(4096)]), "Corrupt"],
    ["a grain beyond the disk", Buffer.concat([front, grain(2 ** 40, packed)]), "Corrupt"],
    ["grains in another order", Buffer.concat([front, grain(256, packed), grain(128, packed)]), "Corrupt"],
    ["one grain twice", Buffer.concat([front, grain(128, packed), grain(128, packed)]), "Corrupt"],
    ["a grain between grains", Buffer.concat([front, grain(100, packed)]), "Corrupt"],
    ["a grain that is no deflate", Buffer.concat([front, grain(0, new Uint8Array(500).fill(9))]), "Corrupt"],
    ["a grain that is too short", Buffer.concat([front, grain(0, zeros(100))]), "Corrupt"],
    ["a grain that would be a GiB", Buffer.concat([front, grain(0, packed, 2 ** 30)]), "Corrupt"],
    ["a bomb", Buffer.concat([front, grain(0, zeros(2 ** 26))]), "Corrupt"],
    [
      "a table of a TiB",
      patched(Buffer.concat([front, new Uint8Array(512)]), [KiB64, 2n ** 31n], [KiB64 + 12, 1]),
      "Corrupt",
    ],
    ["a marker that is not known", patched(Buffer.concat([front, new Uint8Array(512)]), [KiB64 + 12, 77]), "Corrupt"],
    ["a disk that is no stream", base.bytes, "Unsupported"],
  ])("%s", async (_what, bytes, problem) => {
    await expect(drain(bytes)).rejects.toMatchObject({ name: "VmdkError", problem });
  });

  it("when tables speak of more grains than came", async () => {
    // The first grain is taken out; everything else is in order.
    const size = Math.ceil((12 + Buffer.from(stream).readUInt32LE(KiB64 + 8)) / 512) * 512;
    const without = Buffer.concat([front, stream.subarray(KiB64 + size)]);
    await expect(drain(without)).rejects.toThrow(/grains where its tables speak of/);
  });
});

describe("bytes changed at random", () => {
  const kinds: readonly (readonly [string, string, Readonly<Record<string, Uint8Array>>, string])[] = [
    ["a sparse file", "base.vmdk", { "base.vmdk": base.bytes }, "base.vmdk"],
    ["a delta", "child.vmdk", { "base.vmdk": base.bytes, "child.vmdk": delta.bytes }, "child.vmdk"],
    ["a streamed file", "s.vmdk", { "s.vmdk": stream }, "s.vmdk"],
    ["a vmfsSparse extent", "c.vmdk", { "c.vmdk": cowdText, "c-delta.vmdk": cowd.bytes }, "c-delta.vmdk"],
    ["a descriptor", "c.vmdk", { "c.vmdk": cowdText, "c-delta.vmdk": cowd.bytes }, "c.vmdk"],
  ];
  it.each(kinds)(
    "in %s are read or refused, and never more is read than there is",
    async (_kind, name, files, victim) => {
      const bytes = files[victim] ?? new Uint8Array(0);
      const total = Object.values(files).reduce((sum, file) => sum + file.length, 0);
      // Tables and headers are where it hurts: half of the changes are made in the first 64 KiB.
      const at = fc.oneof(fc.nat(Math.min(bytes.length, KiB64) - 1), fc.nat(bytes.length - 1));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(at, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 6 }),
          fc.option(fc.nat(bytes.length), { freq: 4 }),
          async (flips, cut) => {
            const changed = Uint8Array.from(bytes);
            for (const [place, mask] of flips) changed[place] = (changed[place] ?? 0) ^ mask;
            const broken = { ...files, [victim]: changed.subarray(0, cut ?? changed.length) };
            try {
              // Streams give 64 KiB for each grain that they hold.
              expect(await readAll(broken, name)).toBeLessThanOrEqual(total + 40 * KiB64);
            } catch (error) {
              expect(error).toBeInstanceOf(VmdkError);
            }
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});
