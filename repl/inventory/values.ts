import type { Ref } from "../../sdk/index.ts";
import { DateTime, type Value } from "../language/index.ts";

// What was read of an object is what its kind's paths name; these give it the language's types, `$null` for what is unset.

export const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** An `[int]` where it fits, else a `[long]`. */
export function whole(value: unknown): number | bigint | null {
  if (typeof value === "bigint") return value;
  if (typeof value !== "number") return null;
  return Number.isSafeInteger(value) && Math.abs(value) >= 2 ** 31 ? BigInt(value) : value;
}

export const truth = (value: unknown): boolean => value === true;

export const number = (value: unknown): number =>
  typeof value === "number" || typeof value === "bigint" ? Number(value) : 0;

/** PowerCLI's enums begin with a capital letter: `poweredOn` is `PoweredOn`. */
export const enumeration = (value: unknown): string | null =>
  typeof value === "string" ? value.charAt(0).toUpperCase() + value.slice(1) : null;

export const moment = (value: unknown): Value => {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : DateTime.at(ms);
};

export const isRef = (value: unknown): value is Ref =>
  typeof value === "object" && value !== null && "type" in value && "value" in value && typeof value.value === "string";

export const reference = (value: unknown): Ref | undefined => (isRef(value) ? value : undefined);

/** PowerCLI's ids carry the type: `VirtualMachine-vm-42`. */
export const idOf = (ref: Ref): string => `${ref.type}-${ref.value}`;

const KB = 1024;
export const MB = KB * KB;
export const GB = MB * KB;
