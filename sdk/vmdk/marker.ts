import { SECTOR } from "./format.ts";

/** What follows a marker of a streamOptimized file that is not a grain. */
export const markerKind = { end: 0, table: 1, directory: 2, footer: 3 } as const;

/** A sector that says what the next ones are. A grain has none: its own first sector says so. */
export function marker(sectors: number, kind: number): Uint8Array {
  const bytes = Buffer.alloc(SECTOR);
  bytes.writeBigUInt64LE(BigInt(sectors), 0);
  bytes.writeUInt32LE(kind, 12);
  return bytes;
}
