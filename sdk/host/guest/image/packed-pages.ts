import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const pageBytes = 4096;

let pages: Buffer | undefined;

/**
 * A page of the image by its place among those that are not zero. They lie in a file of the package, which is read when the first
 * one is asked for (some 20 ms, and 7 MB of memory from then on).
 */
export function packedPage(index: number): Buffer {
  pages ??= brotliDecompressSync(readFileSync(join(packageFolder(), "sdk/host/guest/image/linux.img.br")));
  return pages.subarray(index * pageBytes, (index + 1) * pageBytes);
}

/** The package finds itself by its name, from the sources as well as from a bundle. */
const packageFolder = (): string => dirname(createRequire(import.meta.url).resolve("fargo/package.json"));
