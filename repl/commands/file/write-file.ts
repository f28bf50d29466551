import { randomUUID } from "node:crypto";
import { appendFile, chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError } from "./file-error.ts";

export interface WriteOptions {
  readonly append?: boolean;
  /** Refuse to replace a file that is there. */
  readonly noClobber?: boolean;
  /** Replace a file even if it is read-only. */
  readonly force?: boolean;
}

/**
 * Writes a file whole or not at all: the bytes go to a new file beside it, which then takes its place, so that a full
 * disk leaves the old content as it was. Throws an error that names the path.
 */
export async function writeBytes(path: string, bytes: Uint8Array, options: WriteOptions = {}): Promise<void> {
  try {
    const before = await stat(path).catch(() => undefined);
    if (options.append === true) return await appendFile(path, bytes);
    if (options.noClobber === true) return await writeFile(path, bytes, { flag: "wx" });
    // A device or pipe cannot be replaced, and a directory must not be.
    if (before !== undefined && !before.isFile()) return await writeFile(path, bytes);
    const mode = before === undefined ? 0o666 & ~process.umask() : before.mode & 0o7777;
    if ((mode & 0o222) === 0 && options.force !== true) throw Object.assign(new Error("read-only"), { code: "EACCES" });
    await replace(path, bytes, mode);
  } catch (error) {
    throw fileError(error, path, "write");
  }
}

async function replace(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const beside = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}`);
  try {
    await writeFile(beside, bytes, { flag: "wx" });
    await chmod(beside, mode);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    // The directory may be closed to us though the file is not.
    if (isDenied(error) && target === path) return await writeFile(path, bytes);
    throw error;
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");
}
