import { GuestFileError, type GuestFiles } from "../files/guest-files.ts";

/** The names in a directory, none for one that is not there. */
export function namesIn(files: GuestFiles, directory: string): readonly string[] {
  try {
    return files.readDirectory(directory);
  } catch (error) {
    if (error instanceof GuestFileError && (error.code === "ENOENT" || error.code === "ENOTDIR")) return [];
    throw error;
  }
}
