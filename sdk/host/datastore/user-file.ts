import { notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { FileNode, UserFile } from "../state/file-record.ts";
import { record } from "../state/view.ts";
import { giveSpace, requireWritable, takeSpace } from "../storage/space.ts";
import { nodeAt, nodesBelow, withNode } from "../storage/tree.ts";
import { pageBytes } from "../storage/usage.ts";
import type { FileContent } from "./machine-files.ts";

/** The largest file of VMFS 6: 64 TiB. */
export const largestFile = 64 * 2 ** 40;

/** Room that a file takes of its datastore: whole blocks, whatever is in them. */
export const roomOf = (size: number): number => Math.ceil(size / pageBytes) * pageBytes;

/** Room of all files in a tree. */
export function roomOfNode(node: FileNode): number {
  if (node.kind === "file") return roomOf(node.size);
  let room = 0;
  for (const [, at] of nodesBelow(node)) if (at.kind === "file") room += roomOf(at.size);
  return room;
}

/** Puts something at a path of a datastore's tree, or takes it away. */
export function setNode(tx: Draft, datastore: number, path: string, node: FileNode | undefined): void {
  requireWritable(record(tx, "Datastore", datastore), path);
  tx.change("Datastore", datastore, ({ files }) => ({ files: withNode(files, path, node, tx.now) }));
}

/** A file of a user's with a content, whose room it takes. Its bytes are shared with where they come from, until written to. */
export function newFile(tx: Draft, datastore: number, path: string, content: FileContent, owner: string): void {
  if (content.kind === "none")
    throw notSupported(`Reading '${path}', whose format is VMware's own (read the whole disk instead),`);
  const size = content.kind === "text" ? Buffer.byteLength(content.text) : content.bytes;
  takeSpace(tx, datastore, roomOf(size), path);
  const space =
    content.kind === "space"
      ? spaceLike(tx, datastore, content.space)
      : spaceOf(tx, datastore, [Buffer.from(content.text)], size);
  setNode(tx, datastore, path, { kind: "file", space, size, modified: tx.now, owner });
}

const spaceLike = (tx: Draft, datastore: number, space: number): number =>
  space === 0 ? 0 : tx.forkSpace(space, datastore, 0);

/** A file of a user's with bytes that he brought: those of an address space that is nobody's yet, 0 for none. */
export function putUserFile(tx: Draft, datastore: number, path: string, space: number, size: number): void {
  takeSpace(tx, datastore, roomOf(size), path);
  setNode(tx, datastore, path, { kind: "file", space, size, modified: tx.now, owner: "root" });
}

/** A new address space is nobody's until the transaction succeeds: its bytes may be written at once. */
function spaceOf(tx: Draft, datastore: number, chunks: readonly Uint8Array[], size: number): number {
  if (size === 0) return 0;
  const space = tx.createSpace({ bytes: roomOf(size), owner: datastore, account: 0 });
  let at = 0;
  for (const chunk of chunks) {
    tx.pages.write(space, at, chunk);
    at += chunk.length;
  }
  return space;
}

/** Takes what users have at a path away: a file, or a directory with all files in it. */
export function dropNode(tx: Draft, datastore: number, path: string): void {
  const node = nodeAt(record(tx, "Datastore", datastore).files, path);
  if (!node) return;
  giveSpace(tx, datastore, roomOfNode(node));
  for (const { space } of filesOf(node)) tx.dropSpace(space);
  setNode(tx, datastore, path, undefined);
}

function filesOf(node: FileNode): UserFile[] {
  if (node.kind === "file") return [node];
  const found: UserFile[] = [];
  for (const [, at] of nodesBelow(node)) if (at.kind === "file") found.push(at);
  return found;
}
