import { emptyFolder, type FileNode, type FolderNode } from "../state/file-record.ts";

/** The elements of a path; none for the datastore itself. */
export const partsOf = (path: string): string[] => (path === "" ? [] : path.split("/"));

/** What is at a path, or undefined. */
export function nodeAt(root: FolderNode, path: string): FileNode | undefined {
  let at: FileNode | undefined = root;
  for (const part of partsOf(path)) {
    if (at?.kind !== "folder") return undefined;
    at = at.entries.get(part);
  }
  return at;
}

/** The tree with something else at a path, or with nothing there. Directories that lack on the way are made. */
export function withNode(root: FolderNode, path: string, node: FileNode | undefined, now: number): FolderNode {
  return put(root, partsOf(path), node, now);
}

function put(folder: FolderNode, parts: readonly string[], node: FileNode | undefined, now: number): FolderNode {
  const [name, ...rest] = parts;
  if (name === undefined) return folder;
  const before = folder.entries.get(name);
  let after = node;
  if (rest.length > 0) {
    if (before?.kind !== "folder" && node === undefined) return folder;
    after = put(before?.kind === "folder" ? before : emptyFolder(now), rest, node, now);
    // What changes deeper down is no change of this directory.
    if (before) return { ...folder, entries: folder.entries.set(name, after) };
  }
  if (after === before) return folder;
  const entries = after === undefined ? folder.entries.delete(name) : folder.entries.set(name, after);
  return { ...folder, entries, modified: now };
}

/** Everything below a directory with its path, each directory before what is in it. */
export function* nodesBelow(folder: FolderNode, path = ""): Generator<readonly [path: string, node: FileNode]> {
  for (const [name, node] of folder.entries.entries()) {
    const own = path === "" ? name : `${path}/${name}`;
    yield [own, node];
    if (node.kind === "folder") yield* nodesBelow(node, own);
  }
}
