import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";

interface Edit<I> {
  readonly operation: vim.ArrayUpdateOperation;
  readonly removeKey?: unknown;
  readonly info?: I;
}

/**
 * Edits a list as vSphere's array updates do: adds what is not there, changes what is, removes by key. Throws InvalidArgument naming
 * the path of what does not fit.
 */
export function editList<I>(
  list: readonly I[],
  edits: readonly Edit<I>[] | undefined,
  keyOf: (item: I) => unknown,
  path: string,
  merge: (old: I | undefined, wanted: I) => I = (old, wanted) => ({ ...old, ...wanted }),
): readonly I[] {
  let next = [...list];
  (edits ?? []).forEach(({ operation, removeKey, info }, i) => {
    const at = `${path}[${i}]`;
    const key = operation === "remove" ? keyValue(removeKey ?? (info && keyOf(info))) : info && keyValue(keyOf(info));
    const old = next.find((item) => keyValue(keyOf(item)) === key);
    if (operation === "remove") {
      if (!old) throw invalidArgument(`${at}.removeKey`, "There is nothing of that key.");
      next = next.filter((item) => item !== old);
      return;
    }
    if (!info) throw invalidArgument(`${at}.info`, "It is missing.");
    if (operation === "add" && old && key !== undefined)
      throw fault("InvalidArgument", { invalidProperty: `${at}.info` }, "There is one of that name or key already.");
    if (operation === "edit" && !old) throw invalidArgument(`${at}.info`, "There is none of that name or key.");
    const merged = merge(old, info);
    next = old ? next.map((item) => (item === old ? merged : item)) : [...next, merged];
  });
  return Object.freeze(next);
}

/** Keys are names, numbers or references. */
const keyValue = (key: unknown): unknown =>
  typeof key === "object" && key !== null && "value" in key ? key.value : typeof key === "bigint" ? Number(key) : key;
