import { randomBytes } from "node:crypto";

/**
 * The only source of chance in the simulated vCenter: pure functions of the host's seed and of counters in the state, so that
 * two hosts with one seed and the same calls are identical to the byte, twins and restored hosts included.
 */

/** A 32-bit hash of a seed and numbers (murmur3's finalizer, applied in turn). */
export function mix(seed: number, ...values: readonly number[]): number {
  let h = seed | 0;
  for (const value of values) {
    h ^= Math.imul(value | 0, 0xcc9e2d51);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return h >>> 0;
}

const hex8 = (n: number) => n.toString(16).padStart(8, "0");

export type UuidKind = "bios" | "instance";
/** vCenter's own: BIOS UUIDs begin with 42, instance UUIDs with 50. */
const first = { bios: 0x42, instance: 0x50 } as const;
const salt = { bios: 0x6d2b79f5, instance: 0x3c6ef372 } as const;

/**
 * The UUID of a machine, from its number. It can be read back (`machineOfUuid`): finding a machine by UUID needs no index, which
 * would cost every fork more than its record.
 */
export function uuidOf(seed: number, kind: UuidKind, machine: number): string {
  const a = mix(seed, salt[kind], machine);
  const b = mix(a, salt[kind]);
  const hidden = (machine ^ mix(seed ^ salt[kind], a)) >>> 0;
  const head = `${first[kind].toString(16)}${hex8(a).slice(0, 6)}`;
  // The third group is a version 4 UUID's, the fourth carries its variant; what is left of a and b fills the rest.
  const third = `4${hex8(b).slice(0, 3)}`;
  const fourth = (0x8000 | (b & 0x3fff)).toString(16);
  return `${head}-${hex8(a).slice(4)}-${third}-${fourth}-${hex8(hidden)}${hex8(mix(b, machine)).slice(0, 4)}`;
}

/** The number of the only machine that can have this UUID by `uuidOf`; the caller asks `uuidOf` whether it has. */
export function machineOfUuid(seed: number, kind: UuidKind, uuid: string): number {
  const match = /^[0-9a-f]{2}([0-9a-f]{6})-([0-9a-f]{4})-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-([0-9a-f]{8})[0-9a-f]{4}$/.exec(
    uuid,
  );
  if (!match) return 0;
  const [, high = "", low = "", hidden = ""] = match;
  // `high` is the first six digits of a, `low` its last four: they overlap by two digits.
  const a = Number.parseInt(high.slice(0, 4) + low, 16);
  return (Number.parseInt(hidden, 16) ^ mix(seed ^ salt[kind], a >>> 0)) >>> 0;
}

/**
 * A MAC address as vCenter gives them out, 00:50:56:80:00:00 to 00:50:56:bf:ff:ff: 22 bits, of which two number the cards of a
 * machine. Past a million machines they come round again, as a real vCenter's do past 65,536.
 */
export function macOf(machine: number, card: number): string {
  const n = (((machine << 2) | (card & 3)) >>> 0) & 0x3fffff;
  const byte = (value: number) => value.toString(16).padStart(2, "0");
  return `00:50:56:${byte(0x80 | (n >>> 16))}:${byte((n >>> 8) & 0xff)}:${byte(n & 0xff)}`;
}

/** The least number of a machine that can have an address by `macOf`; the others are a million (2^20) apart. Undefined for others' addresses. */
export function machineOfMac(mac: string): number | undefined {
  const match = /^00:50:56:([89ab][0-9a-f]):([0-9a-f]{2}):([0-9a-f]{2})$/.exec(mac);
  if (!match) return undefined;
  const [, high = "", middle = "", low = ""] = match;
  return (Number.parseInt(high + middle + low, 16) & 0x3fffff) >>> 2;
}

/**
 * Real chance, which nobody guesses: for the tokens that clients of a listening host are known by. They are no part of what two
 * hosts with one seed have in common. 160 bits, as hex digits.
 */
export const secretToken = (): string => randomBytes(20).toString("hex");
