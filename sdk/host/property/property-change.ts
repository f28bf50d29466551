import type { vim } from "../../vim/index.ts";
import { boxed } from "./value.ts";

/** A new value of a property or path; without one it has become unset. */
export function assign(name: string, value: unknown, type: string): vim.PropertyChange {
  return Object.freeze(value === undefined ? { name, op: "assign" } : { name, op: "assign", val: boxed(value, type) });
}

/** The name of an element of an array: `vm["vm-42"]`, `config.hardware.device[4000]`. */
export const elementName = (name: string, key: string | number): string =>
  `${name}[${typeof key === "number" ? key : `"${key}"`}]`;
