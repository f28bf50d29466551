import type { GuestFiles } from "../../files/guest-files.ts";

/** A file's text, nothing for one that is not there. */
export const textIn = (files: GuestFiles, path: string): string =>
  files.exists(path) ? new TextDecoder().decode(files.readFile(path)) : "";

export const writeText = (files: GuestFiles, path: string, text: string): void =>
  files.writeFile(path, new TextEncoder().encode(text));
