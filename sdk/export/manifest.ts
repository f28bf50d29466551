import { VsphereError } from "../errors.ts";

/** A manifest: how each file of a package is known again. */
export const formatManifest = (files: readonly { readonly name: string; readonly sha256: string }[]): string =>
  files.map(({ name, sha256 }) => `SHA256(${name})= ${sha256}\n`).join("");

const line = /^(SHA1|SHA256|SHA512)\s*\((.+)\)\s*=\s*([0-9a-fA-F]+)$/;

/** What a manifest says of a file. */
export interface Promised {
  readonly algorithm: "sha1" | "sha256" | "sha512";
  readonly digest: string;
}

/** Reads a manifest: what it says of files, by their names. */
export function parseManifest(text: string, file: string): ReadonlyMap<string, Promised> {
  const found = new Map<string, Promised>();
  for (const raw of text.split(/\r?\n/)) {
    if (raw.trim() === "") continue;
    const [, algorithm, name, digest] = line.exec(raw.trim()) ?? [];
    if (!algorithm || !name || !digest)
      throw new VsphereError("BadDisk", `'${file}' is not a manifest: '${raw.slice(0, 100)}' is none of its lines.`);
    const lower = algorithm.toLowerCase();
    if (lower === "sha1" || lower === "sha256" || lower === "sha512")
      found.set(name, { algorithm: lower, digest: digest.toLowerCase() });
  }
  return found;
}
