import { mkdir, rmdir, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { PSObject } from "../../language/index.ts";

/** A file that was written, as .NET shows one. */
export async function exportedFile(path: string): Promise<PSObject> {
  const { size } = await stat(path);
  return PSObject.of({ Name: basename(path), Length: BigInt(size), FullName: path }, "ExportedFile");
}

/** A name as part of a path: what file systems stumble over becomes `_`. */
export const fileNameOf = (name: string): string => name.replace(/[/\\:*?"<>|\p{Cc}]/gu, "_").replace(/^\.+$/, "_");

/** Does some work in a folder, which is made if need be; if the work fails, the folders that were made for it go again. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const first = await mkdir(folder, { recursive: true });
  try {
    return await work();
  } catch (error) {
    if (first !== undefined) await removeEmpty(folder, first);
    throw error;
  }
}

async function removeEmpty(folder: string, first: string): Promise<void> {
  for (let at = folder; at.length >= first.length; at = dirname(at))
    try {
      await rmdir(at);
    } catch {
      return; // Something is in it.
    }
}
