import { readFileSync } from "node:fs";
import type { Inventory } from "../../sdk/host/index.ts";
import { UsageError } from "../exit.ts";
import { reasonOf } from "./failure.ts";

/** An inventory that somebody asked for, and how to call it in an error. */
export interface AskedInventory {
  readonly inventory: Inventory;
  readonly source: string;
}

/**
 * Reads what `--inventory` names: counts (`machines=2500,clusters=4`), or a file in JSON. What is in it is checked when a host is
 * made of it.
 *
 * @throws UsageError
 */
export function readInventory(text: string): AskedInventory {
  return /^[A-Za-z]+=/.test(text)
    ? { inventory: counts(text), source: "--inventory" }
    : { inventory: inFile(text), source: text };
}

function counts(text: string): Inventory {
  const found: Record<string, unknown> = {};
  for (const item of text.split(",")) {
    const match = /^\s*([A-Za-z]+)\s*=\s*(\S+)\s*$/.exec(item);
    const [, name, value] = match ?? [];
    if (name === undefined || value === undefined) {
      throw new UsageError(
        `--inventory takes counts as machines=2500,clusters=4, and ${JSON.stringify(item.trim())} is none`,
      );
    }
    if (Object.hasOwn(found, name)) throw new UsageError(`--inventory: ${name} is given twice`);
    found[name] = value === "true" ? true : value === "false" ? false : /^\d+$/.test(value) ? Number(value) : value;
  }
  return found;
}

function inFile(path: string): Inventory {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`the inventory ${JSON.stringify(path)} cannot be read: ${reasonOf(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new UsageError(`the inventory ${JSON.stringify(path)} is no JSON: ${reasonOf(error)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`the inventory ${JSON.stringify(path)} must hold an object: counts, or a list of datacenters`);
  }
  return value;
}
