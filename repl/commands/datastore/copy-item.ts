import { createReadStream } from "node:fs";
import { lstat, mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Datastore } from "../../../sdk/index.ts";
import { fileError } from "../file/file-error.ts";
import type { DatastorePlace } from "./datastore-path.ts";

export interface CopyOptions {
  /** Directories of the destination that are not there are made, files that are there replaced. */
  readonly force: boolean;
  /** Directories are copied with what is in them. */
  readonly recurse: boolean;
  readonly signal: AbortSignal;
}

type Kind = "file" | "directory" | "nothing";

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const trimmed = (path: string) => path.replace(/\/+$/, "");

/** What is at a path of a datastore. */
async function kindOf({ datastore, path }: DatastorePlace, signal: AbortSignal): Promise<Kind> {
  const at = trimmed(path);
  if (at === "") return "directory";
  const above = at.includes("/") ? at.slice(0, at.lastIndexOf("/")) : "";
  const files = await datastore.files.list(above, { signal }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "FileNotFound") return [];
    throw error;
  });
  const found = files.find(({ name }) => name === nameOf(at));
  return found ? (found.type === "directory" ? "directory" : "file") : "nothing";
}

/** Where something goes: into a directory that is there (or is written with a slash), else to the very path. */
async function target(to: DatastorePlace, name: string, signal: AbortSignal): Promise<string> {
  const into = to.path.endsWith("/") || (await kindOf(to, signal)) === "directory";
  const at = trimmed(to.path);
  return into ? (at === "" ? name : `${at}/${name}`) : at;
}

async function makeAbove(datastore: Datastore, path: string, options: CopyOptions): Promise<void> {
  const above = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  if (above !== "" && options.force && (await kindOf({ datastore, path: above }, options.signal)) === "nothing")
    await datastore.files.makeDirectory(above, options);
}

/** From this computer to a datastore. */
export async function bring(from: string, to: DatastorePlace, options: CopyOptions): Promise<void> {
  const found = await stat(from).catch((error: unknown) => {
    throw fileError(error, from, "read");
  });
  const { datastore } = to;
  const path = await target(to, basename(from), options.signal);
  await makeAbove(datastore, path, options);
  if (!found.isDirectory()) {
    await datastore.files.upload(path, createReadStream(from), options);
    return;
  }
  if ((await kindOf({ datastore, path }, options.signal)) === "nothing")
    await datastore.files.makeDirectory(path, options);
  if (!options.recurse) return;
  for (const name of (await readdir(from)).sort())
    await bring(join(from, name), { datastore, path: `${path}/${name}` }, options);
}

/** From a datastore to this computer. */
export async function fetch(from: DatastorePlace, to: string, options: CopyOptions): Promise<void> {
  const { datastore } = from;
  const { signal } = options;
  const path = trimmed(from.path);
  const into = to.endsWith("/") || ((await stat(to).catch(() => undefined))?.isDirectory() ?? false);
  const local = into ? join(to, nameOf(path)) : to;
  const kind = await kindOf(from, signal);
  try {
    if (options.force) await mkdir(dirname(local), { recursive: true });
    if (kind === "directory") await mkdir(local, { recursive: true });
    else await writeLocal(local, datastore.files.read(path, { signal }), signal);
  } catch (error) {
    throw error instanceof Error && "syscall" in error ? fileError(error, local, "write") : error;
  }
  if (kind !== "directory" || !options.recurse) return;
  for (const file of await datastore.files.list(path, { signal }))
    await fetch({ datastore, path: file.path }, join(local, file.name), options);
}

/** Writes a file of this computer, which is opened when there is something to write: a source that fails at once changes nothing. */
async function writeLocal(local: string, bytes: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  const source = bytes[Symbol.asyncIterator]();
  const first = await source.next();
  const fresh = (await lstat(local).catch(() => undefined)) === undefined;
  try {
    await writeFile(local, startingWith(first, source), { signal });
  } catch (error) {
    if (fresh) await rm(local, { force: true });
    throw error;
  }
}

async function* startingWith<T>(first: IteratorResult<T, unknown>, rest: AsyncIterator<T>): AsyncIterable<T> {
  try {
    for (let next = first; !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** From one place on a datastore to another. */
export async function between(from: DatastorePlace, to: DatastorePlace, options: CopyOptions): Promise<void> {
  const { force: replace, signal } = options;
  const source = trimmed(from.path);
  const path = await target(to, nameOf(source), signal);
  await makeAbove(to.datastore, path, options);
  await from.datastore.files.copy(source, path, { replace, signal, on: to.datastore });
}
