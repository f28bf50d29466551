import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { VsphereError } from "../errors.ts";
import { type Promised, parseManifest } from "./manifest.ts";
import { type TarMember, tarMembers } from "./tar.ts";

/** A package to be imported: a folder with a descriptor, or an OVA. Close it. */
export interface Package {
  readonly descriptor: string;
  /** The descriptor's own name, as a manifest has it. */
  readonly name: string;
  /** What each file has to be, where there is a manifest. */
  readonly manifest: ReadonlyMap<string, Promised>;
  /** The bytes of a file that the descriptor refers to. */
  read(href: string): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

const batch = 2 ** 20;
const longestText = 16 * 2 ** 20;

export async function openPackage(file: string): Promise<Package> {
  return /\.ova$/i.test(file) ? openOva(file) : openOvf(file);
}

async function openOva(file: string): Promise<Package> {
  const handle = await opened(file);
  try {
    const { size } = await handle.stat();
    const members = await tarMembers((position, length) => readAt(handle, position, length, file), size, file);
    const ovf = members[0];
    if (!ovf || !/\.ovf$/i.test(ovf.name))
      throw new VsphereError("BadDisk", `'${file}' is not an OVA: its first member is no descriptor (.ovf).`);
    const names = new Map(members.map((member) => [member.name, member]));
    const find = (name: string): TarMember => {
      const member = names.get(name);
      if (member) return member;
      throw new VsphereError("BadDisk", `'${file}' has no member '${name}', which its descriptor refers to.`);
    };
    const textOf = async (member: TarMember) => {
      if (member.size > longestText) throw new VsphereError("BadDisk", `'${member.name}' in '${file}' is too long.`);
      return new TextDecoder().decode(await readAt(handle, member.position, member.size, file));
    };
    const manifest = names.get(ovf.name.replace(/\.ovf$/i, ".mf"));
    return {
      name: ovf.name,
      descriptor: await textOf(ovf),
      manifest: manifest ? parseManifest(await textOf(manifest), manifest.name) : new Map(),
      async *read(href) {
        const { position, size: length } = find(href);
        yield* chunksOf(handle, position, length, file);
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openOvf(file: string): Promise<Package> {
  const folder = dirname(file);
  const textOf = async (path: string) => {
    const handle = await opened(path);
    try {
      const { size } = await handle.stat();
      if (size > longestText) throw new VsphereError("BadDisk", `'${path}' is too long to be a descriptor.`);
      return new TextDecoder().decode(await readAt(handle, 0, size, path));
    } finally {
      await handle.close();
    }
  };
  const descriptor = await textOf(file);
  const manifestFile = file.replace(/(\.ovf)?$/i, ".mf");
  const manifest = await textOf(manifestFile).catch((error: unknown) => {
    if (error instanceof VsphereError && error.code === "FileError") return undefined;
    throw error;
  });
  return {
    name: basename(file),
    descriptor,
    manifest: manifest === undefined ? new Map() : parseManifest(manifest, manifestFile),
    async *read(href) {
      // A package from elsewhere must not read what is private here.
      if (basename(href) !== href || href === "." || href === ".." || href.includes("\0"))
        throw new VsphereError("BadDisk", `'${file}' refers to '${href}': its files must lie beside it.`);
      const path = join(folder, href);
      const handle = await opened(path);
      try {
        yield* chunksOf(handle, 0, (await handle.stat()).size, path);
      } finally {
        await handle.close();
      }
    },
    close: async () => {},
  };
}

async function* chunksOf(handle: FileHandle, position: number, length: number, file: string) {
  for (let at = 0; at < length; at += batch)
    yield await readAt(handle, position + at, Math.min(batch, length - at), file);
}

async function readAt(handle: FileHandle, position: number, length: number, file: string): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length);
  for (let got = 0; got < length; ) {
    const { bytesRead } = await handle.read(bytes, got, length - got, position + got);
    if (bytesRead === 0) throw new VsphereError("BadDisk", `'${file}' is cut off.`);
    got += bytesRead;
  }
  return bytes;
}

async function opened(file: string): Promise<FileHandle> {
  try {
    const handle = await open(file, "r");
    if (!(await handle.stat()).isDirectory()) return handle;
    await handle.close();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VsphereError("FileError", `'${file}' cannot be read: ${why}`, { cause: error });
  }
  throw new VsphereError("FileError", `'${file}' cannot be read: it is a directory.`);
}
