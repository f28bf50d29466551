import type { Core } from "../core.ts";
import { fault } from "../faults.ts";
import type { Connection } from "../session/connection.ts";
import { requirePrivilege } from "../session/privileges.ts";
import type { Session } from "../session/session.ts";
import { newChain } from "../state/event.ts";
import type { Universe } from "../state/universe.ts";
import { record, type View } from "../state/view.ts";
import type { Chunks, Download } from "../transfer/tickets.ts";
import { findFile, isRegistered, type StoredFile } from "./catalogue.ts";
import { deleteFile } from "./delete.ts";
import { inInventory, locked, requireFree } from "./in-use.ts";
import { IncomingFile } from "./incoming-file.ts";
import { type FilePlace, fileNotFound, urlPlace } from "./place.ts";
import { exists, requireDirectory } from "./target.ts";
import { dropNode, putUserFile } from "./user-file.ts";

/** Files are fetched from and brought to `/folder/path?dcPath=..&dsName=..` by whoever is logged in and may. */
export const isFolderUrl = (url: string): boolean => /^(?:https?:\/\/[^/]*)?\/folder(?:[/?]|$)/i.test(url);

const piece = 2 ** 18;

/** A file that may be fetched. */
export interface FetchableFile extends Download {
  readonly size: number;
  /** Milliseconds since the epoch; 0 where nobody knows. */
  readonly modified: number;
  /** Changes with the bytes; undefined for files of machines, which are made up as they are asked for. */
  readonly tag: string | undefined;
  /** The bytes from one place on up to another: it costs what is asked for, however large the file is. */
  range(from: number, to: number): AsyncIterable<Uint8Array>;
}

/** A file's bytes, as they are when they are fetched. */
export function fetchFile(
  core: Core,
  client: Connection | undefined,
  url: string,
  signal?: AbortSignal,
): FetchableFile {
  const session = clientSession(core, client);
  const { universe } = core;
  const place = folderPlace(universe.view, url);
  requirePrivilege(universe.view, session, place.store.id, "Datastore.Browse");
  const { content, modified, node } = readable(universe.view, place);
  const size = content.kind === "text" ? Buffer.byteLength(content.text) : content.kind === "space" ? content.bytes : 0;
  const range = (from: number, to: number) => pieces(universe, url, from, to, signal);
  const tag = node?.kind === "file" ? [node.space, modified, size].map((n) => n.toString(36)).join("-") : undefined;
  return { size, modified, tag, range, [Symbol.asyncIterator]: () => range(0, size) };
}

/** Nothing that happens meanwhile changes what is sent: the store's twin keeps the bytes of this moment. */
async function* pieces(
  universe: Universe,
  url: string,
  from: number,
  to: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const { content } = readable(universe.view, folderPlace(universe.view, url));
  if (content.kind === "text") yield Buffer.from(content.text).subarray(from, to);
  if (content.kind !== "space") return;
  const end = Math.min(to, content.bytes);
  if (from >= end) return;
  const pages = universe.pages.forkStore();
  try {
    for (let at = from; at < end; at += piece) {
      signal?.throwIfAborted();
      yield pages.read(content.space, at, Math.min(piece, end - at));
    }
  } finally {
    pages.close();
  }
}

/** Throws FileNotFound, NotAFile, FileLocked, or CannotAccessFile for formats that only VMware writes. */
function readable(view: View, place: FilePlace): StoredFile {
  const { path, text } = place;
  const file = path === "" ? undefined : findFile(view, place.store, path);
  if (!file && path !== "") throw fileNotFound(text);
  if (!file || file.type === "folder") throw fault("NotAFile", { file: text }, `${text} is a directory.`);
  const { machine, disk, type } = file;
  const runs = machine?.power === "poweredOn" && isRegistered(view, machine);
  const written = type === "swap" || (disk !== undefined && type === "diskExtent" && disk.layer === disk.disk.layer);
  const base = disk !== undefined && (disk.snapshot || isBase(view, place, disk.layer.path));
  if (runs && written && !base) throw locked(text, inInventory(machine));
  if (file.content.kind === "none")
    throw fault(
      "CannotAccessFile",
      { file: text },
      `${text} cannot be read by itself: its format is VMware's own. Export the disk instead.`,
    );
  return file;
}

const isBase = (view: View, { store }: FilePlace, path: string) => view.state.bases.has(`${store.id}/${path}`);

/** How a file is brought. */
interface BringOptions {
  /** Bytes, if they are known beforehand: it shows at once when there is no room for them. */
  readonly size?: number | undefined;
  /** False: what is there already stays, and FileAlreadyExists is thrown. Default: true. */
  readonly replace?: boolean | undefined;
}

/**
 * Puts a file on a datastore, in the place of a user's file that is there. All of it or nothing: what is cut off on the way leaves
 * what was there. Says whether there was none.
 */
export async function bringFile(
  core: Core,
  client: Connection | undefined,
  url: string,
  chunks: Chunks,
  signal?: AbortSignal,
  options: BringOptions = {},
): Promise<"created" | "replaced"> {
  const session = clientSession(core, client);
  const { universe } = core;
  const first = folderPlace(universe.view, url);
  requireWritable(universe.view, session, first, options);
  const incoming = new IncomingFile(universe, first, options.size);
  try {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      incoming.write(chunk);
    }
    signal?.throwIfAborted();
    let there: StoredFile | undefined;
    incoming.take((space, size) =>
      universe.transact((tx) => {
        const place = folderPlace(tx, url);
        there = requireWritable(tx, session, place, options);
        if (there) dropNode(tx, place.store.id, place.path);
        putUserFile(tx, place.store.id, place.path, space, size);
      }),
    );
    return there ? "replaced" : "created";
  } finally {
    incoming.close();
  }
}

/** The user's file that is there, if any is. Throws unless it, or a new one, may be written. */
function requireWritable(
  view: View,
  session: Session,
  place: FilePlace,
  { replace = true }: BringOptions,
): StoredFile | undefined {
  requirePrivilege(view, session, place.store.id, "Datastore.FileManagement");
  const { store, path, text } = place;
  if (path === "") throw exists(text, "it is the datastore itself");
  requireDirectory(view, place);
  const file = findFile(view, record(view, "Datastore", store.id), path);
  if (!file) return undefined;
  if (file.type === "folder") throw exists(text, "it is a directory");
  if (!replace) throw exists(text, "it is not to be replaced");
  if (!file.node) throw file.machine ? locked(text, inInventory(file.machine)) : exists(text, "it is a disk");
  requireFree(view, place, file);
  return file;
}

/** Takes a file off its datastore. Throws FileNotFound, NotAFile for a directory, or what keeps it. */
export function removeFile(core: Core, client: Connection | undefined, url: string): void {
  const session = clientSession(core, client);
  core.universe.transact((tx) => {
    const place = folderPlace(tx, url);
    requirePrivilege(tx, session, place.store.id, "Datastore.FileManagement");
    deleteFile(tx, { user: session.userName, chain: newChain(tx) }, place, "file");
  });
}

/** The place that a `/folder` URL names. Throws InvalidDatastorePath, InvalidDatastore or FileNameTooLong. */
export function folderPlace(view: View, url: string): FilePlace {
  const place = urlPlace(view, url);
  if (place) return place;
  throw fault(
    "InvalidDatastorePath",
    { datastorePath: url.slice(0, 1000) },
    `'${url.slice(0, 200)}' is no file's URL: write /folder/directory/file?dcPath=..&dsName=.. .`,
  );
}

/** Whoever asks must be logged in. */
export function clientSession(core: Core, client: Connection | undefined): Session {
  const session = client && core.sessions.current(client);
  if (session) return session;
  throw fault(
    "NotAuthenticated",
    { object: { type: "FileManager", value: "FileManager" }, privilegeId: "Datastore.Browse" },
    "The session is not authenticated. Log in first.",
  );
}
