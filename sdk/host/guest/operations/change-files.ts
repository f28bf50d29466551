import { GuestFileError, type GuestFiles } from "../files/guest-files.ts";
import { requirePath } from "./path.ts";

const exists = (path: string) => new GuestFileError("EEXIST", path, `${path} exists already.`);
const noFile = (path: string) => new GuestFileError("EISDIR", path, `${path} is a directory.`);
const noDirectory = (path: string) => new GuestFileError("ENOTDIR", path, `${path} is not a directory.`);

/** True when there is something of that name, be it a link that leads nowhere. */
function isThere(files: GuestFiles, path: string): boolean {
  try {
    files.linkStat(path);
    return true;
  } catch (error) {
    if (error instanceof GuestFileError && (error.code === "ENOENT" || error.code === "ENOTDIR")) return false;
    throw error;
  }
}

export function makeDirectory(files: GuestFiles, path: string, parents: boolean): void {
  requirePath("directoryPath", path);
  if (isThere(files, path)) throw exists(path);
  files.makeDirectory(path, { recursive: parents, mode: 0o755 });
}

export function deleteFile(files: GuestFiles, path: string): void {
  requirePath("filePath", path);
  if (files.linkStat(path).type === "directory") throw noFile(path);
  files.remove(path);
}

export function deleteDirectory(files: GuestFiles, path: string, recursive: boolean): void {
  requirePath("directoryPath", path);
  if (files.linkStat(path).type !== "directory") throw noDirectory(path);
  if (files.realPath(path) === "/") throw new GuestFileError("EBUSY", path, "The root of the filesystem stays.");
  files.remove(path, { recursive });
}

export function moveDirectory(files: GuestFiles, from: string, to: string): void {
  requirePath("srcDirectoryPath", from);
  requirePath("dstDirectoryPath", to);
  if (files.linkStat(from).type !== "directory") throw noDirectory(from);
  if (isThere(files, to)) throw exists(to);
  files.rename(from, to);
}

export function moveFile(files: GuestFiles, from: string, to: string, overwrite: boolean): void {
  requirePath("srcFilePath", from);
  requirePath("dstFilePath", to);
  if (files.linkStat(from).type === "directory") throw noFile(from);
  if (isThere(files, to) && (!overwrite || files.linkStat(to).type === "directory")) throw exists(to);
  files.rename(from, to);
}
