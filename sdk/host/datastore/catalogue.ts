import type { FileNode } from "../state/file-record.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { DatastoreRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { baseNameOf, directoryOf, isWithin } from "../storage/path.ts";
import { nodeAt, nodesBelow } from "../storage/tree.ts";
import { machineFigures } from "../storage/usage.ts";
import { DiskIndex, type IndexedDisk } from "./disk-index.ts";
import { type FileContent, filesOfDisk, homeFiles } from "./machine-files.ts";
import { snapshotsOf } from "./snapshots-of.ts";
import { unregisteredOf } from "./unlisted.ts";

/** Something on a datastore, whether it is kept or follows from a machine. */
export interface StoredFile {
  /** On its datastore. */
  readonly path: string;
  /** `folder`, `file` for what users have put there, else as `layoutEx` calls files of machines. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  readonly owner: string;
  readonly content: FileContent;
  /** The machine that it belongs to, in the inventory or not. */
  readonly machine?: MachineRecord | undefined;
  /** Of the files of disks: which. */
  readonly disk?: IndexedDisk;
  /** Of what users have put there: the record. */
  readonly node?: FileNode;
}

const none: FileContent = Object.freeze({ kind: "none" });
const system = "root";

/** The machine that has its configuration in a directory, in the inventory or not. */
export function machineIn(view: View, store: DatastoreRecord, directory: string): MachineRecord | undefined {
  const found = view.object(store.directories.get(directory) ?? 0);
  if (found?.kind === "VirtualMachine" && found.datastore === store.id && found.directory === directory) return found;
  return unregisteredOf(view).get(`${store.id}/${directory}`);
}

export const isRegistered = (view: View, machine: MachineRecord): boolean =>
  view.object(machine.id)?.kind === "VirtualMachine";

/** Whether there is a directory of that path. */
export const hasDirectory = (store: DatastoreRecord, path: string): boolean =>
  path === "" || store.directories.has(path) || nodeAt(store.files, path)?.kind === "folder";

/** All directories at and below one, in the order of their paths. */
export function directoriesBelow(store: DatastoreRecord, above: string): string[] {
  const found = new Set<string>([above]);
  for (const path of store.directories.keys()) if (path !== "" && isWithin(path, above)) found.add(path);
  const node = nodeAt(store.files, above);
  if (node?.kind === "folder")
    for (const [path, at] of nodesBelow(node, above)) if (at.kind === "folder") found.add(path);
  return [...found].sort();
}

/** What is in a directory, in the order of its names. `disks` are those of all directories where many are asked for. */
export function filesIn(
  view: View,
  store: DatastoreRecord,
  directory: string,
  disks: ReadonlyMap<string, readonly IndexedDisk[]> = DiskIndex.ofDirectory(view, store, directory).byDirectory(),
): StoredFile[] {
  const found = new Map<string, StoredFile>();
  const add = (file: StoredFile) => found.set(file.path, file);
  for (const folder of foldersIn(view, store, directory)) add(folder);
  const node = nodeAt(store.files, directory);
  if (node?.kind === "folder")
    for (const [name, entry] of node.entries.entries()) {
      const path = directory === "" ? name : `${directory}/${name}`;
      if (entry.kind === "file") add(userFile(path, entry));
      else
        add({
          path,
          type: "folder",
          size: 0,
          modified: entry.modified,
          owner: entry.owner,
          content: none,
          node: entry,
        });
    }
  const machine = machineIn(view, store, directory);
  if (machine) for (const file of filesOfHome(view, machine)) add(file);
  for (const disk of disks.get(directory) ?? []) for (const file of filesOfIndexed(view, disk)) add(file);
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What is at a path, or undefined. */
export function findFile(view: View, store: DatastoreRecord, path: string): StoredFile | undefined {
  const node = nodeAt(store.files, path);
  if (node?.kind === "file") return userFile(path, node);
  if (hasDirectory(store, path))
    return node
      ? { path, type: "folder", size: 0, modified: node.modified, owner: node.owner, content: none, node }
      : {
          path,
          type: "folder",
          size: 0,
          modified: machineIn(view, store, path)?.created ?? 0,
          owner: system,
          content: none,
        };
  return filesIn(view, store, directoryOf(path)).find((file) => file.path === path);
}

/** The directories of machines in a directory: those deeper down than the top are also in the tree of the users. */
function* foldersIn(view: View, store: DatastoreRecord, directory: string): Generator<StoredFile> {
  if (directory !== "") return;
  for (const [path, owner] of store.directories.entries()) {
    if (path === "" || path.includes("/")) continue;
    const machine = view.object(owner);
    const modified = machine?.kind === "VirtualMachine" ? machine.created : 0;
    yield { path, type: "folder", size: 0, modified, owner: system, content: none };
  }
}

const userFile = (path: string, node: Extract<FileNode, { kind: "file" }>): StoredFile => ({
  path,
  type: "file",
  size: node.size,
  modified: node.modified,
  owner: node.owner,
  content: { kind: "space", space: node.space, bytes: node.size },
  node,
});

function filesOfHome(view: View, machine: MachineRecord): StoredFile[] {
  const modified = machine.booted || machine.created;
  return homeFiles(view, machine, snapshotsOf(machine, view), machineFigures(machine, view.pages))
    .filter(({ path }) => directoryOf(path) === machine.directory)
    .map(({ path, type, size, content }) => ({ path, type, size, content, modified, owner: system, machine }));
}

function filesOfIndexed(view: View, indexed: IndexedDisk): StoredFile[] {
  const { disk, layer, about, machine } = indexed;
  const { mapped, private: own } = view.pages.figures(disk.space);
  const modified = machine ? machine.booted || machine.created : 0;
  return filesOfDisk(view, disk, { mapped, own }, about, (at) => at === layer).map(({ path, type, size, content }) => ({
    path,
    type,
    size,
    content,
    modified,
    owner: system,
    machine,
    disk: indexed,
  }));
}

/** The name without its directory. */
export const shownName = ({ path }: StoredFile): string => baseNameOf(path);
