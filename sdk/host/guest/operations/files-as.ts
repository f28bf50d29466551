import { GuestFileError, type GuestFiles, type GuestStat, type WriteOptions } from "../files/guest-files.ts";
import { type Account, isRoot } from "./account.ts";
import { type Access, type Place, requireAccess, walk, walkTo } from "./walk.ts";

const sticky = 0o1000;

/** A guest's files as one of its accounts has them: by the rules of POSIX, what it makes is its own. */
export function filesAs(files: GuestFiles, account: Account): GuestFiles {
  return isRoot(account) && account.gid === 0 ? files : new FilesAs(files, account);
}

class FilesAs implements GuestFiles {
  readonly #files: GuestFiles;
  readonly #account: Account;

  constructor(files: GuestFiles, account: Account) {
    this.#files = files;
    this.#account = account;
  }

  stat(path: string): GuestStat {
    return this.#at(path).stat;
  }
  linkStat(path: string): GuestStat {
    return walkTo(this.#files, this.#account, path, false).stat;
  }
  exists(path: string): boolean {
    try {
      return walk(this.#files, this.#account, path, true).stat !== undefined;
    } catch (error) {
      if (error instanceof GuestFileError) return false;
      throw error;
    }
  }
  readDirectory(path: string): readonly string[] {
    return this.#files.readDirectory(this.#at(path, "read").path);
  }
  readFile(path: string): Uint8Array {
    return this.#files.readFile(this.#at(path, "read").path);
  }
  read(path: string, offset: number, length: number): Uint8Array {
    return this.#files.read(this.#at(path, "read").path, offset, length);
  }
  readLink(path: string): string {
    return this.#files.readLink(walkTo(this.#files, this.#account, path, false).path);
  }
  realPath(path: string): string {
    return this.#at(path).path;
  }

  writeFile(path: string, bytes: Uint8Array, options: WriteOptions = {}): void {
    const place = walk(this.#files, this.#account, path, true);
    if (place.stat) requireAccess(this.#account, place.stat, "write", place.path);
    else this.#requireChange(place);
    const { uid, gid } = this.#account;
    this.#files.writeFile(place.path, bytes, { ...options, uid, gid });
  }
  makeDirectory(path: string, options: { readonly recursive?: boolean; readonly mode?: number } = {}): void {
    if (options.recursive) this.#makeParents(path);
    const place = walk(this.#files, this.#account, path, options.recursive ?? false);
    if (place.stat && options.recursive && place.stat.type === "directory") return;
    if (!place.stat) this.#requireChange(place);
    this.#files.makeDirectory(place.path, options.mode === undefined ? {} : { mode: options.mode });
    this.#files.setOwner(place.path, this.#account.uid, this.#account.gid);
  }
  remove(path: string, options: { readonly recursive?: boolean } = {}): void {
    const place = this.#own(path);
    if (options.recursive) this.#requireEmptiable(place.path, place.stat);
    this.#files.remove(place.path, options);
  }
  rename(from: string, to: string): void {
    const source = this.#own(from);
    const target = walk(this.#files, this.#account, to, false);
    this.#requireChange(target);
    if (source.stat.type === "directory" && source.directory !== target.directory)
      requireAccess(this.#account, source.stat, "write", source.path);
    this.#files.rename(source.path, target.path);
  }
  symlink(target: string, path: string): void {
    this.#files.symlink(target, this.#newName(path));
  }
  link(existing: string, path: string): void {
    const source = walkTo(this.#files, this.#account, existing, false);
    this.#files.link(source.path, this.#newName(path));
  }
  setMode(path: string, mode: number): void {
    this.#files.setMode(this.#ownFile(path, "change the mode of").path, mode);
  }
  setOwner(path: string, uid: number, gid: number): void {
    const { path: real, stat } = this.#at(path);
    const account = this.#account;
    const group = stat.uid === account.uid && account.groups.includes(gid);
    if (!isRoot(account) && (uid !== stat.uid || (gid !== stat.gid && !group)))
      throw this.#forbidden("give away", real);
    this.#files.setOwner(real, uid, gid);
  }
  setTimes(path: string, accessed: number, modified: number): void {
    this.#files.setTimes(this.#ownFile(path, "set the times of").path, accessed, modified);
  }
  truncate(path: string, size: number): void {
    this.#files.truncate(this.#at(path, "write").path, size);
  }

  /** Something that is there and, with an access, may be read or written. */
  #at(path: string, access?: Access): Place & { readonly stat: GuestStat } {
    const place = walkTo(this.#files, this.#account, path, true);
    if (access) requireAccess(this.#account, place.stat, access, place.path);
    return place;
  }

  #ownFile(path: string, what: string): Place {
    const place = this.#at(path);
    if (!isRoot(this.#account) && place.stat.uid !== this.#account.uid) throw this.#forbidden(what, place.path);
    return place;
  }

  /** A name that may be taken away. */
  #own(path: string): Place & { readonly stat: GuestStat } {
    const place = walkTo(this.#files, this.#account, path, false);
    this.#requireChange(place);
    return place;
  }

  #newName(path: string): string {
    const place = walk(this.#files, this.#account, path, false);
    this.#requireChange(place);
    return place.path;
  }

  /** Names come and go by leave of their directory; in a sticky one, such as /tmp, each takes away only what is his. */
  #requireChange({ directory, path, stat }: Place): void {
    const above = this.#files.linkStat(directory);
    requireAccess(this.#account, above, "write", directory);
    requireAccess(this.#account, above, "search", directory);
    const { uid } = this.#account;
    if (!stat || isRoot(this.#account) || (above.mode & sticky) === 0 || above.uid === uid || stat.uid === uid) return;
    throw this.#forbidden("take away", path);
  }

  /** All that is in a directory may be taken away. */
  #requireEmptiable(path: string, stat: GuestStat): void {
    if (stat.type !== "directory" || isRoot(this.#account)) return;
    requireAccess(this.#account, stat, "read", path);
    for (const name of this.#files.readDirectory(path)) {
      const below = `${path}/${name}`;
      const found = this.#files.linkStat(below);
      this.#requireChange({ path: below, directory: path, stat: found });
      this.#requireEmptiable(below, found);
    }
  }

  #makeParents(path: string): void {
    const names = path.split("/").filter((name) => name !== "");
    for (let i = 1; i < names.length; i++) {
      const above = `/${names.slice(0, i).join("/")}`;
      if (!walk(this.#files, this.#account, above, true).stat) this.makeDirectory(above);
    }
  }

  #forbidden(what: string, path: string): GuestFileError {
    return new GuestFileError("EPERM", path, `${this.#account.name} may not ${what} ${path}.`);
  }
}
