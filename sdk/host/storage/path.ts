import { fault } from "../faults.ts";

/** A file on a datastore: `[vmfs-01] golden/golden.vmdk`. */
export interface DatastorePath {
  readonly datastore: string;
  /** Without a slash at either end; empty for the datastore itself. */
  readonly path: string;
}

/**
 * Reads `[datastore] dir/file`. Throws InvalidDatastorePath, as vSphere does, for anything else, for a path that climbs and for
 * characters that no file system takes. Names are compared as they are written: two normal forms of Unicode are two names.
 */
export function parsePath(text: string): DatastorePath {
  const match = /^\[([^[\]]+)\]\s*(.*)$/s.exec(text.trim());
  const parts = match?.[2]?.split("/").filter((part) => part !== "");
  if (!match?.[1] || !parts || parts.some((part) => part === "." || part === "..") || unwritable.test(text))
    throw fault(
      "InvalidDatastorePath",
      { datastorePath: text },
      `Not a path on a datastore: '${text.slice(0, 200)}'. Write it as '[datastore] directory/file'.`,
    );
  return { datastore: match[1], path: parts.join("/") };
}

/** Control characters, and halves of characters: they have no UTF-8. */
const unwritable = /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** `[datastore] dir/file`. */
export const formatPath = (datastore: string, path: string): string => `[${datastore}] ${path}`;

/** The name of a machine as part of a path: what a file system, or a path's own syntax, would stumble over becomes `_`. */
export function fileNameOf(name: string): string {
  if (!awkward.test(name)) return name;
  const safe = name.replace(/[/\\:*?"<>|[\]\u0000-\u001f\u007f]/g, "_").replace(/^\s|\s$/g, "_");
  return /^\.*$/.test(safe) ? safe.replace(/\./g, "_") : safe;
}

/** The characters above, names of nothing but dots, space at an end. Nearly no name is one. */
const awkward = /[/\\:*?"<>|[\]\u0000-\u001f\u007f]|^\.+$|^\s|\s$/;

/** The directory that a path is in; of what lies at the top, the datastore itself: the empty path. */
export const directoryOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** The last element of a path. */
export const baseNameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Whether a path is another one, or below it. */
export const isWithin = (path: string, above: string): boolean =>
  above === "" || path === above || path.startsWith(`${above}/`);
