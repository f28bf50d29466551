/**
 * Makes the filesystem that simulated machines have on their disks: `npm run generate:image`. It needs mke2fs, e2fsck (e2fsprogs) of
 * Debian 12 or later, and makes the same bytes every time.
 *
 * There is no journal: nothing would ever write to it but a kernel, which no simulated guest has, and replaying one is not needed
 * where every change is a transaction; it would take 64 MiB that are empty. With checksums (metadata_csum) of everything, so that
 * damage is found where it is read. Without directory indexes: the library that writes here takes them off anyway.
 */
import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { DiskBuffer } from "../../files/disk-buffer.ts";
import { OpenedFiles } from "../../files/opened-files.ts";
import { readSuperblock } from "../../files/superblock.ts";
import { Volume } from "../../files/volume.ts";
import { made, type Node, ownFiles, tree } from "./tree.ts";

const bytes = 4 * 2 ** 30;
const pageBytes = 4096;
const folder = mkdtempSync(join(tmpdir(), "fargo-image-"));
const path = join(folder, "linux.img");

const features =
  "none,ext_attr,filetype,extent,flex_bg,sparse_super,large_file,huge_file,dir_nlink,extra_isize,metadata_csum";
const uuid = "4f0e8d1c-2b6a-4c53-9a77-6661726e676f";

const image = openSync(path, "w+");
ftruncateSync(image, bytes);
execFileSync(
  "mke2fs",
  ["-q", "-F", "-b", `${pageBytes}`, "-I", "256", "-N", "65536", "-m", "0", "-L", "root", "-M", "/"].concat([
    "-O",
    features,
    "-U",
    uuid,
    "-E",
    `hash_seed=${uuid},lazy_itable_init=0,nodiscard`,
    path,
  ]),
  { stdio: "inherit", env: { ...process.env, E2FSPROGS_FAKE_TIME: `${made / 1000}`, MKE2FS_CONFIG: "/dev/null" } },
);

const disk = new DiskBuffer(bytes, (offset, target) => {
  readSync(image, target, 0, target.length, offset);
});
const volume = new Volume(disk, made, true);
const files = new OpenedFiles(volume, disk, made);
fill();
const slots = Object.keys(ownFiles).map((name) => ({ name, ...slotOf(files.stat(name).inode) }));
volume.settle();
for (const [page, content] of disk.pages()) writeSync(image, content, 0, pageBytes, page * pageBytes);
console.log(execFileSync("e2fsck", ["-fn", path], { encoding: "utf8" }).trim());
write();
closeSync(image);
rmSync(folder, { recursive: true });

function fill(): void {
  files.makeDirectory("/etc");
  // The inodes of these four follow each other, in one block.
  const names = Object.keys(ownFiles);
  names.forEach((name, i) => {
    files.writeFile(`/etc/${i}`, Buffer.from(ownFiles[name] ?? ""));
  });
  files.makeDirectory("/etc/systemd/network", { recursive: true });
  names.forEach((name, i) => {
    files.rename(`/etc/${i}`, name);
  });
  for (const node of tree) add(node);
}

function add({ path: name, content, target, link, mode, uid = 0, gid = 0 }: Node): void {
  if (target !== undefined) files.symlink(target, name);
  else if (link !== undefined) files.link(link, name);
  else if (content !== undefined)
    files.writeFile(name, Buffer.from(content), { uid, gid, ...(mode === undefined ? {} : { mode }) });
  else {
    files.makeDirectory(name, mode === undefined ? {} : { mode });
    if (uid !== 0 || gid !== 0) files.setOwner(name, uid, gid);
  }
}

/** Where on the disk a file's inode and its only block are. */
function slotOf(inode: number): { inode: number; at: number; page: number } {
  const { firstBlock, inodesPerGroup, inodeSize } = volume.superblock;
  if (inode > inodesPerGroup || firstBlock !== 0) throw new Error("not in the first group");
  const descriptor = Buffer.alloc(32);
  disk.read(pageBytes, descriptor);
  const at = descriptor.readUInt32LE(8) * pageBytes + (inode - 1) * inodeSize;
  const raw = Buffer.alloc(inodeSize);
  disk.read(at, raw);
  if ((raw.readUInt32LE(32) & 0x80000) !== 0) throw new Error("has extents");
  return { inode, at, page: raw.readUInt32LE(40) };
}

/** The pages that are not zero: which they are as a module, their bytes compressed. */
function write(): void {
  const ranges: [first: number, count: number][] = [];
  const pages: Buffer[] = [];
  const chunk = Buffer.alloc(2 ** 20);
  for (let offset = 0; offset < bytes; offset += chunk.length) {
    readSync(image, chunk, 0, chunk.length, offset);
    if (chunk.every((byte) => byte === 0)) continue;
    for (let at = 0; at < chunk.length; at += pageBytes) {
      const page = chunk.subarray(at, at + pageBytes);
      if (page.every((byte) => byte === 0)) continue;
      const number = (offset + at) / pageBytes;
      const last = ranges.at(-1);
      if (last && last[0] + last[1] === number) last[1]++;
      else ranges.push([number, 1]);
      pages.push(Buffer.from(page));
    }
  }
  const raw = Buffer.concat(pages);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const packed = brotliCompressSync(raw, { params });
  const superblock = readSuperblock(disk, bytes);
  if (typeof superblock === "string") throw new Error(superblock);
  const described = { bytes, checksumSeed: superblock.checksumSeed, ranges, slots };
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  writeFileSync(here("../linux.img.br"), packed);
  writeFileSync(
    here("../generated/linux.ts"),
    `// Made by generate/main.ts: do not edit.\nexport const linux = ${JSON.stringify(described, null, 1)} as const;\n`,
  );
  console.log(`${pages.length} pages, ${raw.length} bytes, ${packed.length} compressed, ${ranges.length} ranges`);
}
