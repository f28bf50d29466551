import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Guest, ProgressOptions } from "../../../sdk/index.ts";
import { fileError } from "../file/file-error.ts";

export interface CopyOptions extends ProgressOptions {
  /** Makes directories that are not there. */
  readonly force: boolean;
}

/** Copies a file or a directory of this computer into a guest. */
export async function toGuest(guest: Guest, from: string, to: string, options: CopyOptions): Promise<void> {
  const found = await stat(from).catch((error: unknown) => {
    throw fileError(error, from, "read");
  });
  const target = to.endsWith("/") || (await isDirectory(guest, to, options)) ? join(to, basename(from)) : to;
  if (options.force) await makeParents(guest, dirname(target), options);
  if (!found.isDirectory()) {
    const bytes = await readFile(from, { signal: options.signal ?? undefined }).catch((error: unknown) => {
      options.signal?.throwIfAborted();
      throw fileError(error, from, "read");
    });
    await guest.writeFile(target, bytes, { ...options, mode: found.mode & 0o777 });
    return;
  }
  if (!(await guest.exists(target, options))) await guest.makeDirectory(target, options);
  for (const name of (await readdir(from)).sort()) await toGuest(guest, join(from, name), `${target}/${name}`, options);
}

/** Copies a file or a directory of a guest to this computer. */
export async function fromGuest(guest: Guest, from: string, to: string, options: CopyOptions): Promise<void> {
  const found = await guest.stat(from, options);
  const directory = await isLocalDirectory(to);
  const target = directory ? join(to, basename(from)) : to;
  try {
    if (options.force) await mkdir(dirname(target), { recursive: true });
    // What `stat` says of a directory is what it says of the entry for itself.
    if (found.type !== "directory") {
      await writeFile(target, await guest.readFile(from, options));
      return;
    }
    await mkdir(target, { recursive: true });
  } catch (error) {
    throw fileError(error, target, "write");
  }
  for (const { name, path } of await guest.list(from, options))
    await fromGuest(guest, path, join(target, name), options);
}

async function isDirectory(guest: Guest, path: string, options: CopyOptions): Promise<boolean> {
  if (!(await guest.exists(path, options))) return false;
  return (await guest.stat(path, options)).type === "directory";
}

async function makeParents(guest: Guest, path: string, options: CopyOptions): Promise<void> {
  if (!(await guest.exists(path, options))) await guest.makeDirectory(path, { ...options, parents: true });
}

const isLocalDirectory = async (path: string): Promise<boolean> =>
  path.endsWith("/") || ((await stat(path).catch(() => undefined))?.isDirectory() ?? false);
