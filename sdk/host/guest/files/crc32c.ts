/** The checksum that ext4 puts on everything: CRC-32C without the usual inversions. */
const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

export function crc32c(seed: number, bytes: Uint8Array): number {
  let value = seed;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return value >>> 0;
}

/** Over the four bytes of a number. */
export function crc32cOf(seed: number, number: number): number {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return crc32c(seed, bytes);
}
