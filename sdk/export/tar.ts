import { VsphereError } from "../errors.ts";

/** A member of a tar file. */
export interface TarMember {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Where its bytes begin in the file. */
  readonly position: number;
}

const block = 512;

/** The head of a member, as POSIX has it (ustar); sizes above 8 GiB as GNU and BSD write them. */
export function tarHeader(name: string, size: number): Uint8Array {
  const bytes = Buffer.alloc(block);
  if (Buffer.byteLength(name) > 100)
    throw new VsphereError("InvalidArgument", `The name '${name}' is too long for an OVA: 100 bytes are what fits.`);
  bytes.write(name, 0);
  bytes.write("0000644\0", 100);
  bytes.write("0000000\0", 108);
  bytes.write("0000000\0", 116);
  if (size < 8 ** 11) bytes.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  else {
    bytes.writeUInt8(0x80, 124);
    bytes.writeBigUInt64BE(BigInt(size), 128);
  }
  // No time: the same machine gives the same file.
  bytes.write("00000000000\0", 136);
  bytes.write("        ", 148);
  bytes.write("0", 156);
  bytes.write("ustar\x0000", 257);
  let sum = 0;
  for (const byte of bytes) sum += byte;
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}

/** What follows the bytes of a member, so that the next begins with a block. */
export const tarPadding = (size: number): number => (block - (size % block)) % block;

/** What a tar file ends with. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * block);

/** Reads the list of what is in a tar file, of any size: only the heads are read. */
export async function tarMembers(
  read: (position: number, length: number) => Promise<Uint8Array>,
  size: number,
  file: string,
): Promise<readonly TarMember[]> {
  const wrong = (what: string) => new VsphereError("BadDisk", `'${file}' is not an OVA that is in order: ${what}`);
  const members: TarMember[] = [];
  for (let at = 0; at + block <= size; ) {
    const head = Buffer.from(await read(at, block));
    if (head.every((byte) => byte === 0)) return members;
    let sum = 8 * 32;
    for (const [place, byte] of head.entries()) if (place < 148 || place >= 156) sum += byte;
    if (Number.parseInt(head.toString("latin1", 148, 156), 8) !== sum)
      throw wrong(`the head of a member at byte ${at} has the wrong checksum.`);
    const length = sizeIn(head);
    if (length === undefined || at + block + length > size)
      throw wrong(`the member at byte ${at} does not end within the file.`);
    const kind = String.fromCharCode(head[156] ?? 0);
    const prefix = head.toString("latin1", 257, 262) === "ustar" ? textIn(head, 345, 155) : "";
    const name = textIn(head, 0, 100);
    if (kind === "0" || kind === "\0" || kind === "7")
      members.push({ name: prefix === "" ? name : `${prefix}/${name}`, size: length, position: at + block });
    if (members.length > 10_000) throw wrong("it has more than 10,000 members.");
    at += block + length + tarPadding(length);
  }
  return members;
}

function sizeIn(head: Buffer): number | undefined {
  const first = head[124] ?? 0;
  const size =
    first & 0x80
      ? Number(head.readBigUInt64BE(128))
      : Number.parseInt(head.toString("latin1", 124, 136).replace(/[\0 ]+$/, "") || "0", 8);
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

function textIn(head: Buffer, from: number, length: number): string {
  const part = head.subarray(from, from + length);
  const end = part.indexOf(0);
  return part.toString("utf8", 0, end < 0 ? length : end);
}
