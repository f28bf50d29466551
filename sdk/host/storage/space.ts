import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { storedPages } from "./accounts.ts";
import { formatPath } from "./path.ts";

const pageBytes = 4096;

/** Bytes of a datastore that nothing uses: neither files nor blocks, blocks that many machines share counted once. */
export function freeBytes(view: View, datastore: DatastoreRecord): number {
  const used = datastore.fileBytes + storedPages(view, datastore.id) * pageBytes;
  return Math.max(0, datastore.capacity - used - (view.deferred?.bytesOn(datastore.id) ?? 0));
}

/** Throws NoDiskSpace, naming the datastore and the file, unless there is room for so many bytes more. */
export function requireSpace(view: View, datastore: DatastoreRecord, bytes: number, path: string): void {
  requireWritable(datastore, path);
  const free = freeBytes(view, datastore);
  if (bytes <= free) return;
  throw fault(
    "NoDiskSpace",
    { datastore: datastore.name, file: formatPath(datastore.name, path) },
    `Insufficient disk space on datastore '${datastore.name}': '${path}' needs ${bytes} bytes more, ${free} are free.`,
  );
}

/** Throws CannotAccessFile where a share was mounted only to be read. */
export function requireWritable({ name, remote }: DatastoreRecord, path: string): void {
  if (!remote?.readOnly) return;
  const file = formatPath(name, path);
  throw fault("CannotAccessFile", { file }, `${file} cannot be written: '${name}' is mounted only to be read.`);
}

/** Takes bytes of a datastore for a file, or throws NoDiskSpace. */
export function takeSpace(tx: Draft, datastore: number, bytes: number, path: string): void {
  if (bytes <= 0) return;
  requireSpace(tx, record(tx, "Datastore", datastore), bytes, path);
  tx.change("Datastore", datastore, ({ fileBytes }) => ({ fileBytes: fileBytes + bytes }));
}

/** Gives bytes of files back. */
export function giveSpace(tx: Draft, datastore: number, bytes: number): void {
  if (bytes !== 0) tx.change("Datastore", datastore, ({ fileBytes }) => ({ fileBytes: fileBytes - bytes }));
}
