import { invalidArgument } from "../../faults.ts";
import { mix } from "../../random.ts";
import { GuestFileError, type GuestFiles } from "../files/guest-files.ts";
import { requirePath } from "./path.ts";

export interface TemporaryName {
  readonly prefix: string;
  readonly suffix: string;
  readonly directoryPath?: string | undefined;
}

/** Names tried before it is given up: none of them will be taken. */
const attempts = 100;

/** A name in a directory that nothing has yet: prefix, something, suffix. */
export function temporaryName(files: GuestFiles, name: TemporaryName, ...chance: readonly number[]): string {
  const { prefix, suffix } = name;
  const directory = (name.directoryPath || "/tmp").replace(/\/+$/, "");
  for (const [argument, part] of Object.entries({ prefix, suffix }))
    if (part.includes("/")) throw invalidArgument(argument, "It is part of a name: there must be no / in it.");
  requirePath("directoryPath", directory || "/");
  if (files.stat(directory || "/").type !== "directory")
    throw new GuestFileError("ENOTDIR", directory, `${directory} is not a directory.`);
  for (let i = 0; i < attempts; i++) {
    const some = (mix(0x7e3f, ...chance, i) % 36 ** 6).toString(36).padStart(6, "0");
    const path = `${directory}/${prefix}${some}${suffix}`;
    requirePath(prefix.length > suffix.length ? "prefix" : "suffix", path);
    if (!files.exists(path)) return path;
  }
  throw new GuestFileError("EEXIST", directory, `Every name tried in ${directory} is taken.`);
}

/** Makes an empty file for its owner alone. */
export function makeTemporaryFile(files: GuestFiles, name: TemporaryName, ...chance: readonly number[]): string {
  const path = temporaryName(files, name, ...chance);
  files.writeFile(path, new Uint8Array(0), { mode: 0o600, exclusive: true });
  return path;
}

export function makeTemporaryDirectory(files: GuestFiles, name: TemporaryName, ...chance: readonly number[]): string {
  const path = temporaryName(files, name, ...chance);
  files.makeDirectory(path, { mode: 0o700 });
  return path;
}
