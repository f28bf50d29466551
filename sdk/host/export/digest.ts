import { createHash } from "node:crypto";

/** What a manifest says of a file. */
export interface Digest {
  readonly size: number;
  readonly sha1: string;
  readonly sha256: string;
}

/** Passes bytes on and says what they were when the last one has passed. */
export async function* digested(
  chunks: AsyncIterable<Uint8Array>,
  on: (digest: Digest) => void,
): AsyncGenerator<Uint8Array, void> {
  const sha1 = createHash("sha1");
  const sha256 = createHash("sha256");
  let size = 0;
  for await (const chunk of chunks) {
    sha1.update(chunk);
    sha256.update(chunk);
    size += chunk.length;
    yield chunk;
  }
  on({ size, sha1: sha1.digest("hex"), sha256: sha256.digest("hex") });
}
