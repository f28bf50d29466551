import type { Ref } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { formatPath, parsePath } from "../storage/path.ts";

/** A path on a datastore, found. */
export interface FilePlace {
  readonly store: DatastoreRecord;
  /** Empty for the datastore itself. */
  readonly path: string;
  /** As vSphere writes it. */
  readonly text: string;
}

const place = (store: DatastoreRecord, path: string): FilePlace => ({
  store,
  path,
  text: formatPath(store.name, path),
});

/** The most bytes of a name, and of a whole path, that VMFS takes. */
const longestName = 255;
const longestPath = 2047;

/**
 * Finds what a caller names as `[datastore] path`, or as the URL of a file. Without a datacenter the name of the datastore must say
 * enough by itself. Throws InvalidDatastorePath, InvalidDatastore or FileNameTooLong.
 */
export function placeAt(view: View, text: string, datacenter: Ref | undefined): FilePlace {
  const url = urlPlace(view, text);
  if (url) return url;
  const { datastore: name, path } = parsePath(text);
  requireLength(path, text);
  const within = datacenter ? resolveKind(view, "Datacenter", datacenter).id : 0;
  return place(storeNamed(view, name, within), path);
}

/** Finds a path on one of some datastores: those of a host, or the one that a browser belongs to. */
export function placeAmong(view: View, text: string, datastores: Iterable<number>): FilePlace {
  // govc browses `[datastore] .` when it looks for something at the top.
  const { datastore: name, path } = parsePath(text.replace(/^(\s*\[[^\]]*\])\s*\.\/?\s*$/, "$1"));
  requireLength(path, text);
  for (const id of datastores) {
    const store = record(view, "Datastore", id);
    if (store.name === name) return place(store, path);
  }
  throw unknown(name, "It cannot be browsed from here");
}

/** Bytes count, not characters. */
function requireLength(path: string, text: string): void {
  const bytes = Buffer.byteLength(path);
  if (bytes <= longestPath && path.split("/").every((name) => Buffer.byteLength(name) <= longestName)) return;
  throw fault(
    "FileNameTooLong",
    { file: text.slice(0, 1000) },
    `A name has ${longestName} bytes at most, a path ${longestPath}: '${text.slice(0, 60)}...' is longer.`,
  );
}

function storeNamed(view: View, name: string, datacenter: number): DatastoreRecord {
  const found: DatastoreRecord[] = [];
  for (const dc of datacenter === 0 ? datacenters(view) : [datacenter])
    for (const id of record(view, "Datacenter", dc).datastores.keys()) {
      const store = record(view, "Datastore", id);
      if (store.name === name) found.push(store);
    }
  const [only, another] = found;
  if (only && another)
    throw invalidArgument("datacenter", `More than one datacenter has a datastore '${name}'. Say which one is meant.`);
  if (only) return only;
  throw unknown(name, datacenter === 0 ? "No datacenter has it" : "The datacenter does not have it");
}

const unknown = (name: string, where: string) =>
  fault("InvalidDatastore", { name }, `There is no datastore '${name}'. ${where}.`);

/** All datacenters, in the folders that hold nothing else. */
export function* datacenters(view: View, at = 1): Generator<number> {
  const found = view.object(at);
  if (found?.kind === "Datacenter") yield at;
  else if (found?.kind === "Folder") for (const child of found.children.keys()) yield* datacenters(view, child);
}

/** `https://server/folder/dir/file?dcPath=DC0&dsName=vmfs-01`: the door through which files are fetched and brought. */
export function urlPlace(view: View, text: string): FilePlace | undefined {
  const match = /^(?:https?:\/\/[^/]*)?\/folder(\/[^?#]*)?\?([^#]*)/i.exec(text);
  if (!match) return undefined;
  const refuse = (why: string) =>
    fault(
      "InvalidDatastorePath",
      { datastorePath: text.slice(0, 1000) },
      `'${text.slice(0, 200)}' is no file's URL: ${why}.`,
    );
  const query = new URLSearchParams(match[2]);
  const name = query.get("dsName");
  const dcPath = query.get("dcPath");
  // Without a datastore it is a level above files: a list of those that there are.
  if (!name && /^\/?$/.test(match[1] ?? "")) return undefined;
  if (!name) throw refuse("dsName must name the datastore");
  let path: string;
  try {
    path = decodeURIComponent(match[1] ?? "");
  } catch {
    throw refuse("its escapes are not UTF-8");
  }
  const parsed = parsePath(`[${name}] ${path}`);
  if (parsed.datastore !== name) throw refuse("no datastore has such a name");
  if (parsed.path.includes("\\")) throw refuse("names are separated by '/', and have no '\\'");
  requireLength(parsed.path, text);
  const within = dcPath === null ? 0 : datacenterAt(view, dcPath);
  if (within === undefined) throw unknown(parsed.datastore, `There is no datacenter '${dcPath?.slice(0, 100)}'`);
  return place(storeNamed(view, parsed.datastore, within), parsed.path);
}

/** `DC0`, or with the folders above it: `Europe/DC0`. */
function datacenterAt(view: View, path: string): number | undefined {
  const wanted = path.split("/").filter((part) => part !== "");
  for (const id of datacenters(view)) if (pathOfDatacenter(view, id) === wanted.join("/")) return id;
  return undefined;
}

/** A datacenter's name with those of the folders that it is in. */
export function pathOfDatacenter(view: View, id: number): string {
  const names: string[] = [];
  for (let at = view.object(id); at && at.parent !== 0; at = view.object(at.parent)) names.unshift(at.name);
  return names.join("/");
}

/** A file is not there. */
export const fileNotFound = (text: string) => fault("FileNotFound", { file: text }, `File ${text} was not found.`);
