import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import type { MachineRecord } from "../state/machine-record.ts";

/** extraConfig, guestinfo included. An empty value on top of a base takes the key away. */
export type Pairs = Readonly<Record<string, string>>;

/** Reads a caller's list; the last of equal keys counts. An absent value is an empty one. */
export function pairsOf(values: readonly vim.OptionValue[] | undefined, path: string): Pairs | undefined {
  if (!values || values.length === 0) return undefined;
  return Object.fromEntries(
    values.map(({ key, value }, i) => [keyOf(key, `${path}[${i}].key`), textOf(value, `${path}[${i}].value`)]),
  );
}

function keyOf(key: string, path: string): string {
  if (key === "") throw invalidArgument(path, "The key is empty.");
  return key;
}

function textOf(value: unknown, path: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  throw invalidArgument(path, "It must be a string, a number or a boolean.");
}

/** What a machine's own pairs become when more are written over them. */
export const over = (own: Pairs | undefined, more: Pairs | undefined): Pairs | undefined =>
  own && more ? { ...own, ...more } : (more ?? own);

/** All pairs of a machine, its base's included. */
export function extraConfigOf(machine: Pick<MachineRecord, "base" | "extraConfig">): Pairs {
  const { base, extraConfig } = machine;
  if (!extraConfig) return base.extraConfig;
  return Object.fromEntries(
    Object.entries({ ...base.extraConfig, ...extraConfig }).filter(([, value]) => value !== ""),
  );
}

/** One value, undefined where there is none. */
export function extraValue(machine: Pick<MachineRecord, "base" | "extraConfig">, key: string): string | undefined {
  const own = machine.extraConfig;
  const value =
    own && Object.hasOwn(own, key)
      ? own[key]
      : Object.hasOwn(machine.base.extraConfig, key)
        ? machine.base.extraConfig[key]
        : undefined;
  return value === "" ? undefined : value;
}
