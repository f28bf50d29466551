import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GuestFiles } from "../../../../../sdk/host/guest/files/guest-files.ts";
import { GuestFileError, readGuestFiles } from "../../../../../sdk/host/guest/files/guest-files.ts";
import { Vcenter } from "../../machine/vcenter.ts";
import { codeOf, GuestDisk } from "./guest-disk.ts";
import { smallImage } from "./small-images.ts";

/** A filesystem with something of everything in it. */
function furnished(name: "plain" | "bare" | "usual"): GuestDisk {
  const disk = new GuestDisk(smallImage(name));
  disk.change((files) => {
    files.makeDirectory("/a/b/c", { recursive: true });
    files.writeFile("/a/f", Buffer.alloc(100_000, 7));
    files.writeFile("/a/g", Buffer.from("x"));
    files.symlink("a/f", "/short");
    files.symlink(`/a/${"b/../".repeat(20)}g`, "/long");
    for (let i = 0; i < 15; i++) files.writeFile(`/a/b/${i}`, Buffer.alloc(i * 500, i));
  });
  return disk;
}

const everything: readonly ((files: GuestFiles) => unknown)[] = [
  (files) => files.readDirectory("/"),
  (files) => files.readDirectory("/a/b"),
  (files) => files.readFile("/short"),
  (files) => files.stat("/long"),
  (files) => files.writeFile("/a/new", Buffer.alloc(70_000, 1)),
  (files) => files.writeFile("/a/f", Buffer.alloc(9000, 1), { append: true }),
  (files) => files.rename("/a/b", "/moved"),
  (files) => files.makeDirectory("/a/z/y", { recursive: true }),
  (files) => files.truncate("/a/f", 5000),
  (files) => files.link("/a/g", "/k"),
  (files) => files.symlink("q".repeat(100), "/q"),
  (files) => files.setMode("/a/g", 0o600),
  (files) => files.remove("/a", { recursive: true }),
];

/** Of a page, bytes that are not zero say more than others. */
function damage(disk: GuestDisk, hits: readonly (readonly [page: number, at: number, value: number])[]): GuestDisk {
  const broken = new GuestDisk(new Uint8Array(0));
  Object.assign(broken, { size: disk.size });
  for (const [page, bytes] of disk.pages) broken.pages.set(page, Buffer.from(bytes));
  const pages = [...broken.pages.values()];
  for (const [page, at, value] of hits) {
    const bytes = pages[page % pages.length] ?? Buffer.alloc(4096);
    const used = [...bytes.keys()].filter((i) => bytes[i] !== 0);
    bytes[used[at % (used.length * 2)] ?? at % 4096] = value;
  }
  return broken;
}

describe("a filesystem that was damaged", () => {
  const hit = fc.tuple(fc.nat(400), fc.nat(8191), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 255)));

  it.each(["plain", "bare", "usual"] as const)("never makes more of an operation than a clear error (%s)", (name) => {
    const disk = furnished(name);
    fc.assert(
      fc.property(fc.array(hit, { minLength: 1, maxLength: 8 }), (hits) => {
        const broken = damage(disk, hits);
        for (const work of everything) {
          try {
            broken.change(work);
          } catch (error) {
            if (!(error instanceof GuestFileError)) throw error;
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it("says EUCLEAN where its checksums are wrong, and the files of others can still be read", () => {
    const disk = furnished("plain");
    const other = furnished("plain");
    for (const [number, bytes] of disk.pages) if (number < 8) bytes.fill(0xff, number === 0 ? 2048 : 0);
    expect(codeOf(() => disk.read((files) => files.readDirectory("/a")))).toBe("EUCLEAN");
    expect(other.read((files) => files.readFile("/a/g")).length).toBe(1);
  });

  it("may be all that is on a machine's disk: bytes that anybody can write", () => {
    const vc = new Vcenter();
    const ref = vc.ref("VirtualMachine", "golden");
    const inGolden = (work: (files: GuestFiles) => unknown) => readGuestFiles(vc.view, vc.machine("golden"), work);
    vc.host.writeBytes(ref, 0, 1024, Buffer.alloc(1024, 0x53));
    expect(codeOf(() => inGolden((files) => files.readDirectory("/")))).toBe("EMEDIUMTYPE");
    vc.host.writeBytes(ref, 0, 0, Buffer.alloc(2 ** 20, 0xef));
    expect(codeOf(() => inGolden((files) => files.readDirectory("/")))).toBe("EMEDIUMTYPE");
    vc.close();
  });
});
