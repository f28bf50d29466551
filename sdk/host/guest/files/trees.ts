import { withFile } from "./contents.ts";
import { directoryFull } from "./errno.ts";
import { type Ext2Library, LibraryError } from "./ext2-library.ts";
import type { Inode } from "./inode.ts";
import type { Found, Lookup } from "./lookup.ts";
import { open } from "./open-flags.ts";
import { checkText, joined, namesOf, split, tooLong } from "./path.ts";
import { fileError, type Volume } from "./volume.ts";
import { isMode, touchDirectory } from "./writer.ts";

/** As many names as a file, or directories as a directory, can have in ext4. */
const mostNames = 65_000;
const longestTarget = 4095;

type Existing = Found & { readonly inode: Inode };

/** Changes of names. */
export class Trees {
  readonly #volume: Volume;
  readonly #lookup: Lookup;

  constructor(volume: Volume, lookup: Lookup) {
    this.#volume = volume;
    this.#lookup = lookup;
  }

  makeDirectory(path: string, recursive: boolean, mode: number): void {
    if (!isMode(mode)) throw fileError("EINVAL", path);
    if (!recursive) {
      const { path: real, inode } = this.#lookup.find(path, false);
      if (inode) throw fileError("EEXIST", path);
      this.#volume.change(path, (library, filesystem) => this.#make(library, filesystem, real, mode));
      return;
    }
    const { names } = namesOf(path);
    this.#volume.change(path, (library, filesystem) => {
      for (let count = 1; count <= names.length; count++) {
        const part = `/${names.slice(0, count).join("/")}`;
        const { path: real, inode } = this.#lookup.find(part, true);
        if (!inode) this.#make(library, filesystem, real, mode);
        else if (inode.type !== "directory") throw fileError(count === names.length ? "EEXIST" : "ENOTDIR", path);
      }
    });
  }

  remove(found: Existing, recursive: boolean): void {
    const { path, inode } = found;
    if (path === "/") throw fileError("EBUSY", path);
    if (!recursive && inode.type === "directory" && this.#lookup.entries(path, inode).length > 0)
      throw fileError("ENOTEMPTY", path);
    this.#volume.change(path, (library, filesystem) => {
      for (const each of this.#below(found))
        library.callWith([each.path], (at) =>
          library.call(each.inode.type === "directory" ? "node_ext2fs_rmdir" : "node_ext2fs_unlink", filesystem, at),
        );
      // Here and not behind it: a change that is made again has to forget again.
      this.#lookup.forget();
    });
  }

  rename(from: Existing, to: Found, given: string): void {
    if (from.path === "/" || to.path === "/") throw fileError("EBUSY", given);
    if (to.inode?.inode === from.inode.inode) return;
    const moved = from.inode.type === "directory";
    if (!moved && !to.inode && namesOf(given).directory) throw fileError("ENOTDIR", given);
    if (moved && to.path.startsWith(`${from.path}/`)) throw fileError("EINVAL", given);
    if (to.inode) this.#requireReplaceable(to.path, to.inode, moved, given);
    else if (moved) this.#requireRoomForDirectory(to.path, from.path);
    this.#volume.change(given, (library, filesystem) => {
      library.callWith([from.path, to.path], (source, target) =>
        library.call("node_ext2fs_rename", filesystem, source, target),
      );
      this.#lookup.forget();
    });
  }

  symlink(target: string, { path, inode }: Found, given: string): void {
    if (inode) throw fileError("EEXIST", given);
    if (target === "" || namesOf(given).directory) throw fileError("ENOENT", given);
    checkText(target, given);
    if (Buffer.byteLength(target) > longestTarget) throw tooLong(target);
    this.#volume.change(path, (library, filesystem) =>
      library.callWith([target, path], (text, at) => library.call("node_ext2fs_symlink", filesystem, text, at)),
    );
  }

  link(existing: Existing, { path, inode }: Found, given: string): void {
    if (inode) throw fileError("EEXIST", given);
    if (existing.inode.type === "directory") throw fileError("EPERM", existing.path);
    if (namesOf(given).directory) throw fileError("ENOENT", given);
    if (existing.inode.links >= mostNames) throw fileError("EMLINK", existing.path);
    this.#volume.change(path, (library, filesystem) =>
      library.callWith([existing.path, path], (source, target) =>
        library.call("node_ext2fs_link", filesystem, source, target),
      ),
    );
  }

  #make(library: Ext2Library, filesystem: number, path: string, mode: number): void {
    this.#requireRoomForDirectory(path);
    const make = () => library.callWith([path], (at) => library.call("node_ext2fs_mkdir", filesystem, at, mode));
    try {
      make();
    } catch (error) {
      if (!(error instanceof LibraryError && error.number === directoryFull)) throw error;
      // The library gives a directory more room for a file, but not for a directory.
      const room = joined(split(path).directory, "~".repeat(255));
      withFile(library, filesystem, room, open.write | open.create | open.exclusive | open.noFollow, () => {}, 0o600);
      library.callWith([room], (at) => library.call("node_ext2fs_unlink", filesystem, at));
      make();
    }
    touchDirectory(library, filesystem, path);
  }

  /** Everything below a directory, and itself last. A directory that is below itself is damage. */
  *#below(found: Existing, above: ReadonlySet<number> = new Set()): Generator<Existing> {
    const { path, inode } = found;
    if (inode.type === "directory") {
      if (above.has(inode.inode)) throw fileError("EUCLEAN", path);
      const all = new Set([...above, inode.inode]);
      for (const { name } of this.#lookup.entries(path, inode)) {
        const below = joined(path, name);
        const child = this.#lookup.inode(below);
        if (!child) throw fileError("EUCLEAN", below);
        yield* this.#below({ path: below, inode: child }, all);
      }
    }
    yield found;
  }

  #requireReplaceable(path: string, inode: Inode, byDirectory: boolean, given: string): void {
    const isDirectory = inode.type === "directory";
    if (isDirectory && !byDirectory) throw fileError("EISDIR", given);
    if (!isDirectory && byDirectory) throw fileError("ENOTDIR", given);
    if (isDirectory && this.#lookup.entries(path, inode).length > 0) throw fileError("ENOTEMPTY", given);
  }

  /** A directory has a link from each directory in it. */
  #requireRoomForDirectory(path: string, from?: string): void {
    const { directory } = split(path);
    if (from !== undefined && split(from).directory === directory) return;
    if ((this.#lookup.inode(directory)?.links ?? 0) >= mostNames) throw fileError("EMLINK", path);
  }
}
