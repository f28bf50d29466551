import type { Core } from "../core.ts";
import { fault } from "../faults.ts";
import type { Connection } from "../session/connection.ts";
import { requirePrivilege } from "../session/privileges.ts";
import type { Session } from "../session/session.ts";
import type { Universe } from "../state/universe.ts";
import { record, type View } from "../state/view.ts";
import type { Chunks, Download } from "../transfer/tickets.ts";
import { findFile, isRegistered, type StoredFile } from "./catalogue.ts";
import { inInventory, locked, requireFree } from "./in-use.ts";
import { type FilePlace, fileNotFound, urlPlace } from "./place.ts";
import { exists, requireDirectory } from "./target.ts";
import { dropNode, writeUserFile } from "./user-file.ts";

/** Files are fetched from and brought to `/folder/path?dcPath=..&dsName=..` by whoever is logged in and may. */
export const isFolderUrl = (url: string): boolean => /^(?:https?:\/\/[^/]*)?\/folder(?:[/?]|$)/i.test(url);

const piece = 2 ** 20;

/** A file's bytes, as they are when they are fetched. */
export function fetchFile(core: Core, client: Connection | undefined, url: string, signal?: AbortSignal): Download {
  const session = sessionOf(core, client);
  const { view } = core.universe;
  const place = placeOf(view, url);
  requirePrivilege(view, session, place.store.id, "Datastore.Browse");
  const { content } = readable(view, place);
  const size = content.kind === "text" ? Buffer.byteLength(content.text) : content.kind === "space" ? content.bytes : 0;
  return { size, [Symbol.asyncIterator]: () => pieces(core.universe, url, signal) };
}

/** Nothing that happens meanwhile changes what is sent: the store's twin keeps the bytes of this moment. */
async function* pieces(universe: Universe, url: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const { content } = readable(universe.view, placeOf(universe.view, url));
  if (content.kind === "text") yield Buffer.from(content.text);
  if (content.kind !== "space" || content.bytes === 0) return;
  const pages = universe.pages.forkStore();
  try {
    for (let at = 0; at < content.bytes; at += piece) {
      signal?.throwIfAborted();
      yield pages.read(content.space, at, Math.min(piece, content.bytes - at));
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

/**
 * Puts a file on a datastore, in the place of a user's file that is there. All of it or nothing: what is cut off on the way leaves
 * what was there.
 */
export async function bringFile(
  core: Core,
  client: Connection | undefined,
  url: string,
  chunks: Chunks,
  signal?: AbortSignal,
): Promise<void> {
  const session = sessionOf(core, client);
  requireWritable(core.universe.view, session, placeOf(core.universe.view, url));
  const come: Uint8Array[] = [];
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    if (chunk.length > 0) come.push(chunk.slice());
  }
  signal?.throwIfAborted();
  core.universe.transact((tx) => {
    const place = placeOf(tx, url);
    const file = requireWritable(tx, session, place);
    if (file) dropNode(tx, place.store.id, place.path);
    writeUserFile(tx, place.store.id, place.path, come, "root");
  });
}

/** The user's file that is there, if any is. Throws unless it, or a new one, may be written. */
function requireWritable(view: View, session: Session, place: FilePlace): StoredFile | undefined {
  requirePrivilege(view, session, place.store.id, "Datastore.FileManagement");
  const { store, path, text } = place;
  if (path === "") throw exists(text, "it is the datastore itself");
  requireDirectory(view, place);
  const file = findFile(view, record(view, "Datastore", store.id), path);
  if (!file) return undefined;
  if (file.type === "folder") throw exists(text, "it is a directory");
  if (!file.node) throw file.machine ? locked(text, inInventory(file.machine)) : exists(text, "it is a disk");
  requireFree(view, place, file);
  return file;
}

function placeOf(view: View, url: string): FilePlace {
  const place = urlPlace(view, url);
  if (place) return place;
  throw fault(
    "InvalidDatastorePath",
    { datastorePath: url.slice(0, 1000) },
    `'${url.slice(0, 200)}' is no file's URL: write /folder/directory/file?dcPath=..&dsName=.. .`,
  );
}

function sessionOf(core: Core, client: Connection | undefined): Session {
  const session = client && core.sessions.current(client);
  if (session) return session;
  throw fault(
    "NotAuthenticated",
    { object: { type: "FileManager", value: "FileManager" }, privilegeId: "Datastore.Browse" },
    "The session is not authenticated. Log in first.",
  );
}
