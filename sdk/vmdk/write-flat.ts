import type { Grain } from "./content.ts";
import { isZero } from "./format.ts";
import type { Output } from "./output.ts";

/** Writes a disk byte for byte. What is zero stays a hole. */
export async function writeFlat(
  output: Output,
  pieces: AsyncIterable<Grain> | Iterable<Grain>,
  capacity: number,
): Promise<void> {
  for await (const { address, bytes } of pieces) if (!isZero(bytes)) await output.write(address, bytes);
  await output.reach(capacity);
}
