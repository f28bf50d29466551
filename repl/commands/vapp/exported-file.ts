import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { PSObject } from "../../language/index.ts";

/** A file that was written, as .NET shows one. */
export async function exportedFile(path: string): Promise<PSObject> {
  const { size } = await stat(path);
  return PSObject.of({ Name: basename(path), Length: BigInt(size), FullName: path }, "ExportedFile");
}

/** A name as part of a path: what file systems stumble over becomes `_`. */
export const fileNameOf = (name: string): string => name.replace(/[/\\:*?"<>|\p{Cc}]/gu, "_").replace(/^\.+$/, "_");
