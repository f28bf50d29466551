import { VsphereError } from "../errors.ts";
import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Transfer } from "../transport/transport.ts";
import type { Ref, vim } from "../vim/index.ts";
import type { Datastore } from "./datastore.ts";

/** A file or directory on a datastore. */
export interface DatastoreFile {
  readonly name: string;
  /** From the datastore's top: `golden/golden.vmx`. */
  readonly path: string;
  readonly type: "directory" | "config" | "disk" | "iso" | "floppy" | "log" | "nvram" | "snapshot" | "file";
  /** In bytes; of a disk, what it takes and not what it could hold. */
  readonly size: number;
  readonly modified: Date | undefined;
}

/** What to list. */
export interface ListOptions extends CallOptions {
  /** Patterns with `*` and `?` of which a name must match one. Default: all. */
  readonly match?: string | readonly string[] | undefined;
  /** Directories below as well. Default: false. */
  readonly recursive?: boolean | undefined;
}

/** For copies and moves. */
export interface ReplaceOptions extends CallOptions {
  /** A file that is there already is replaced; a directory never is. Default: false. */
  readonly replace?: boolean | undefined;
}

const kinds: Readonly<Record<string, DatastoreFile["type"]>> = {
  FolderFileInfo: "directory",
  VmConfigFileInfo: "config",
  TemplateConfigFileInfo: "config",
  VmDiskFileInfo: "disk",
  IsoImageFileInfo: "iso",
  FloppyImageFileInfo: "floppy",
  VmLogFileInfo: "log",
  VmNvramFileInfo: "nvram",
  VmSnapshotFileInfo: "snapshot",
};

const details = { fileType: true, fileSize: true, modification: true, fileOwner: false };

interface Whereabouts {
  readonly name: string;
  readonly browser: Ref<"HostDatastoreBrowser">;
  readonly datacenter: Ref<"Datacenter">;
  /** With the folders above it: `Europe/DC0`. */
  readonly datacenterPath: string;
}

/**
 * The files of a datastore: those of its machines, and what users have put there. Paths go from the datastore's top, without its
 * name: `golden/golden.vmx`.
 *
 * A file that a machine uses is locked: changing it throws `FileLocked`.
 *
 * @example
 * const datastore = await vc.find.datastore("vmfs-01");
 * for (const file of await datastore.files.list("golden", { match: "*.vmdk" })) console.log(file.name, file.size);
 */
export class DatastoreFiles {
  readonly #datastore: Datastore;

  constructor(datastore: Datastore) {
    this.#datastore = datastore;
  }

  /**
   * What is in a directory, by name.
   *
   * @throws VsphereError `FileNotFound`, `NotADirectory`
   * @example
   * const logs = await datastore.files.list("", { match: "*.log", recursive: true });
   * console.log(logs.map(({ path }) => path));
   */
  async list(directory = "", options: ListOptions = {}): Promise<readonly DatastoreFile[]> {
    const { session } = this.#datastore;
    const { name, browser } = await this.#where(options);
    const { match, recursive = false } = options;
    const searchSpec: vim.HostDatastoreBrowserSearchSpec = {
      details,
      ...(match === undefined ? {} : { matchPattern: typeof match === "string" ? [match] : match }),
    };
    const args = { datastorePath: `[${name}] ${directory}`, searchSpec };
    const task = await session.call(
      browser,
      recursive ? "SearchDatastoreSubFolders_Task" : "SearchDatastore_Task",
      args,
      options,
    );
    const { result } = await session.task(task).wait(options);
    const results = (Array.isArray(result) ? result : [result]) as readonly vim.HostDatastoreBrowserSearchResults[];
    return results.flatMap(({ folderPath = "", file = [] }) => {
      const folder = folderPath.slice(name.length + 2).trim();
      return file.map((info) => fileOf(info, folder));
    });
  }

  /**
   * Reads a file.
   *
   * @throws VsphereError `FileNotFound`, `NotAFile`, `FileLocked`
   * @example
   * const text = new TextDecoder().decode(await datastore.files.download("golden/golden.vmx"));
   * console.log(text.includes("displayName"));
   */
  async download(path: string, options: CallOptions = {}): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.read(path, options)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /**
   * Reads a file piece by piece, for those that are too large for one.
   *
   * @example
   * let size = 0;
   * for await (const chunk of datastore.files.read("golden/vmware.log")) size += chunk.length;
   */
  async *read(path: string, options: CallOptions = {}): AsyncGenerator<Uint8Array, void> {
    yield* this.#transfer().download(await this.#url(path, options), options.signal);
  }

  /**
   * Puts a file on the datastore, in the place of one that is there. Its directory must be there.
   *
   * @throws VsphereError `FileNotFound` without the directory, `FileLocked` for files of machines, `NoDiskSpace`
   * @example
   * await datastore.files.makeDirectory("iso");
   * await datastore.files.upload("iso/answers.iso", new Uint8Array(2048));
   */
  async upload(
    path: string,
    content: Uint8Array | string | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    options: CallOptions = {},
  ): Promise<void> {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const chunks = bytes instanceof Uint8Array ? [bytes] : bytes;
    await this.#transfer().upload(await this.#url(path, options), chunks, options.signal);
  }

  /** Makes a directory, and those above it. Throws `FileAlreadyExists` where something of that name is. */
  async makeDirectory(path: string, options: CallOptions = {}): Promise<void> {
    const { name, datacenter } = await this.#where(options);
    const args = { name: `[${name}] ${path}`, datacenter, createParentDirectories: true };
    await this.#session.call(this.#manager(), "MakeDirectory", args, options);
  }

  /** Deletes a file, or a directory with all that is in it. */
  async remove(path: string, options: CallOptions = {}): Promise<void> {
    const { name, datacenter } = await this.#where(options);
    const args = { name: `[${name}] ${path}`, datacenter };
    const task = await this.#session.call(this.#manager(), "DeleteDatastoreFile_Task", args, options);
    await this.#session.task(task).wait(options);
  }

  /**
   * Moves a file or directory, also to another datastore.
   *
   * @example
   * await datastore.files.upload("notes.txt", "Hello\n");
   * await datastore.files.move("notes.txt", "renamed.txt", { replace: true });
   */
  move(from: string, to: string, options: ReplaceOptions & { readonly on?: Datastore } = {}): Promise<void> {
    return this.#between("MoveDatastoreFile_Task", from, to, options);
  }

  /** Copies a file or directory, also to another datastore. A disk's copy shares no block with it. */
  copy(from: string, to: string, options: ReplaceOptions & { readonly on?: Datastore } = {}): Promise<void> {
    return this.#between("CopyDatastoreFile_Task", from, to, options);
  }

  async #between(
    method: "MoveDatastoreFile_Task" | "CopyDatastoreFile_Task",
    from: string,
    to: string,
    { replace = false, on, ...options }: ReplaceOptions & { readonly on?: Datastore },
  ): Promise<void> {
    const here = await this.#where(options);
    const there = on ? await on.files.#where(options) : here;
    const args = {
      sourceName: `[${here.name}] ${from}`,
      sourceDatacenter: here.datacenter,
      destinationName: `[${there.name}] ${to}`,
      destinationDatacenter: there.datacenter,
      force: replace,
    };
    const task = await this.#session.call(this.#manager(), method, args, options);
    await this.#session.task(task).wait(options);
  }

  get #session(): Session {
    return this.#datastore.session;
  }

  #manager(): Ref<"FileManager"> {
    const { fileManager } = this.#session.content;
    if (fileManager) return fileManager;
    throw new VsphereError("NotSupported", "This server has no FileManager.");
  }

  #transfer(): Transfer {
    const { transfer } = this.#session.transport;
    if (transfer) return transfer;
    throw new VsphereError("NotSupported", "Files cannot be transferred over this connection.");
  }

  async #url(path: string, options: CallOptions): Promise<string> {
    const { name, datacenterPath } = await this.#where(options);
    const file = path.split("/").map(encodeURIComponent).join("/");
    return `https://*/folder/${file}?dcPath=${encodeURIComponent(datacenterPath)}&dsName=${encodeURIComponent(name)}`;
  }

  /** Asked anew each time: a datastore can be renamed and moved. */
  async #where(options: CallOptions): Promise<Whereabouts> {
    const { name, browser, parent } = await this.#datastore.retrieve(["name", "browser", "parent"], options);
    let datacenter: Ref<"Datacenter"> | undefined;
    const above: string[] = [];
    for (let at: Ref<"ManagedEntity"> | undefined = parent; at; ) {
      const [row] = await this.#session.retrieve([at], ["name", "parent"], options);
      if (!row) break;
      if (datacenter || at.type === "Datacenter") above.unshift(row.name);
      if (at.type === "Datacenter") datacenter = { type: "Datacenter", value: at.value };
      at = row.parent;
    }
    if (!datacenter)
      throw new VsphereError("NotFound", `The datastore '${name}' is in no datacenter that can be seen.`);
    return { name, browser, datacenter, datacenterPath: above.slice(1).join("/") };
  }
}

function fileOf(info: vim.FileInfo, folder: string): DatastoreFile {
  return {
    name: info.path,
    path: `${folder}${info.path}`,
    type: kinds[info._typeName ?? ""] ?? "file",
    size: Number(info.fileSize ?? 0),
    modified: info.modification === undefined ? undefined : new Date(info.modification),
  };
}
