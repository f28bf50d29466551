import { PAGE_SIZE } from "./geometry.ts";

/** A page of zeros, which no store holds a copy of. */
export const ZEROS = Buffer.alloc(PAGE_SIZE);

/** The part of an access that lies in one page. */
export interface Piece {
  readonly page: number;
  /** Where in the page it begins. */
  readonly offset: number;
  /** Where in the caller's bytes it begins. */
  readonly at: number;
  readonly length: number;
}

/** The first piece of what is left of an access to `length` bytes at `address`, of which `at` are done. */
export function pieceAt(address: number, at: number, length: number): Piece {
  const page = Math.floor((address + at) / PAGE_SIZE);
  const offset = address + at - page * PAGE_SIZE;
  return { page, offset, at, length: Math.min(PAGE_SIZE - offset, length - at) };
}

/** Whether `length` bytes are the same. A first look at both ends spares most calls into the native comparison. */
export function same(a: Uint8Array, from: number, b: Buffer, at: number, length: number): boolean {
  if (length === 0) return true;
  if (a[from] !== b[at] || a[from + length - 1] !== b[at + length - 1]) return false;
  return b.compare(a, from, from + length, at, at + length) === 0;
}

/** Whether `length` bytes, a page at most, are all zero. */
export function zero(bytes: Uint8Array, from: number, length: number): boolean {
  return same(bytes, from, ZEROS, 0, length);
}

/** Copies `length` bytes. */
export function copy(source: Uint8Array, from: number, target: Uint8Array, at: number, length: number): void {
  if (length < 24) for (let i = 0; i < length; i++) target[at + i] = source[from + i] ?? 0;
  else if (from === 0 && length === source.length) target.set(source, at);
  // Not `subarray`: a Buffer's is several times slower than a new view.
  else target.set(new Uint8Array(source.buffer, source.byteOffset + from, length), at);
}
