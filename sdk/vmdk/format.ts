/** What all kinds of VMDK files have in common. Offsets and sizes in them count sectors. */
export const SECTOR = 512;

/** The grain that VMware's own tools write: 64 KiB. */
export const GRAIN = 65_536;

/** The largest disk of vSphere: 62 TiB. */
export const LARGEST = 62 * 2 ** 40;

/** How much is read and written at once. */
export const BATCH = 2 ** 20;

/** Entries of a grain table in a hosted sparse file; the format knows no other number. */
export const TABLE_ENTRIES = 512;

/** An entry of a grain table that stands for 64 KiB of zeros, whatever the parent holds. */
export const ZEROED = 1;

/** `CID=` of no parent. */
export const NO_PARENT = 0xffff_ffff;

const zeros = new Uint8Array(BATCH);

/** Whether all bytes are zero. */
export function isZero(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += BATCH) {
    const part = bytes.subarray(at, at + BATCH);
    if (Buffer.compare(part, zeros.subarray(0, part.length)) !== 0) return false;
  }
  return true;
}

export const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;
