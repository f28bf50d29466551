import type { GuestFiles, GuestStat, WriteOptions } from "../files/guest-files.ts";
import { namesIn } from "./names-in.ts";

/** Files up to this size are remembered: scripts read the same few again and again. */
const most = 64 * 1024;

/** A guest's files while a program runs: what was looked up is remembered until something is changed. */
export class CachedFiles implements GuestFiles {
  readonly #files: GuestFiles;
  readonly #there = new Map<string, boolean>();
  readonly #stats = new Map<string, GuestStat>();
  readonly #names = new Map<string, readonly string[]>();
  readonly #contents = new Map<string, Uint8Array>();

  constructor(files: GuestFiles) {
    this.#files = files;
  }

  exists(path: string): boolean {
    return remembered(this.#there, path, () => this.#files.exists(path));
  }
  stat(path: string): GuestStat {
    return remembered(this.#stats, path, () => this.#files.stat(path));
  }
  readDirectory(path: string): readonly string[] {
    const known = this.#names.get(path);
    // None may mean that there is no directory.
    return known && known.length > 0 ? known : this.#files.readDirectory(path);
  }
  readFile(path: string): Uint8Array {
    const known = this.#contents.get(path);
    if (known) return known.slice();
    const bytes = this.#files.readFile(path);
    if (bytes.length <= most) this.#contents.set(path, bytes.slice());
    return bytes;
  }
  /** The names in a directory, none for one that is not there. */
  namesIn(directory: string): readonly string[] {
    return remembered(this.#names, directory, () => namesIn(this.#files, directory));
  }

  linkStat(path: string): GuestStat {
    return this.#files.linkStat(path);
  }
  read(path: string, offset: number, length: number): Uint8Array {
    return this.#files.read(path, offset, length);
  }
  readLink(path: string): string {
    return this.#files.readLink(path);
  }
  realPath(path: string): string {
    return this.#files.realPath(path);
  }

  writeFile(path: string, bytes: Uint8Array, options?: WriteOptions): void {
    this.#change(() => this.#files.writeFile(path, bytes, options));
  }
  makeDirectory(path: string, options?: { readonly recursive?: boolean; readonly mode?: number }): void {
    this.#change(() => this.#files.makeDirectory(path, options));
  }
  remove(path: string, options?: { readonly recursive?: boolean }): void {
    this.#change(() => this.#files.remove(path, options));
  }
  rename(from: string, to: string): void {
    this.#change(() => this.#files.rename(from, to));
  }
  symlink(target: string, path: string): void {
    this.#change(() => this.#files.symlink(target, path));
  }
  link(existing: string, path: string): void {
    this.#change(() => this.#files.link(existing, path));
  }
  setMode(path: string, mode: number): void {
    this.#change(() => this.#files.setMode(path, mode));
  }
  setOwner(path: string, uid: number, gid: number): void {
    this.#change(() => this.#files.setOwner(path, uid, gid));
  }
  setTimes(path: string, accessed: number, modified: number): void {
    this.#change(() => this.#files.setTimes(path, accessed, modified));
  }
  truncate(path: string, size: number): void {
    this.#change(() => this.#files.truncate(path, size));
  }

  /** A path may lead through links: nobody knows of what else it is the name. */
  #change(work: () => void): void {
    for (const memory of [this.#there, this.#stats, this.#names, this.#contents]) memory.clear();
    work();
  }
}

function remembered<T>(memory: Map<string, T>, path: string, look: () => T): T {
  const known = memory.get(path);
  if (known !== undefined) return known;
  const found = look();
  memory.set(path, found);
  return found;
}
