import { fault } from "../faults.ts";
import type { Chunks } from "./tickets.ts";

/** The same bytes; throws unless there are just so many of them (as many as there are, where no size is given). */
export async function* exactly(
  chunks: Chunks,
  size: number | undefined,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  let come = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    come += chunk.length;
    if (size !== undefined && come > size) throw wrongSize(`${size} bytes were announced, but more are sent`);
    if (chunk.length > 0) yield chunk;
  }
  signal?.throwIfAborted();
  if (size !== undefined && come < size) throw wrongSize(`${size} bytes were announced, but only ${come} were sent`);
}

const wrongSize = (what: string) =>
  fault("InvalidArgument", { invalidProperty: "fileSize" }, `${what}: nothing was changed.`);
