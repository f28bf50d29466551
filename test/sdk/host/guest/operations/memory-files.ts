import {
  GuestFileError,
  type GuestFiles,
  type GuestStat,
  type WriteOptions,
} from "../../../../../sdk/host/guest/files/guest-files.ts";

interface Node {
  type: "file" | "directory" | "symlink";
  mode: number;
  uid: number;
  gid: number;
  accessed: number;
  modified: number;
  bytes: Uint8Array;
  target: string;
  readonly inode: number;
}

/** A filesystem as plain as can be, by whole paths: what the guest's own is compared with, and stands for where disks do not matter. */
export class MemoryFiles implements GuestFiles {
  readonly #nodes = new Map<string, Node>();
  #inodes = 2;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.#put("/", "directory", { mode: 0o755 });
    for (const [path, text] of Object.entries(files)) {
      this.makeDirectory(path.slice(0, path.lastIndexOf("/")) || "/", { recursive: true });
      this.writeFile(path, new TextEncoder().encode(text));
    }
  }

  /** Every path with what it holds, for comparing. */
  dump(): string[] {
    return [...this.#nodes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, node]) => {
        const what = node.type === "file" ? new TextDecoder().decode(node.bytes) : node.target;
        return `${path} ${node.type} ${node.mode.toString(8)} ${node.uid}:${node.gid} ${what}`;
      });
  }

  stat(path: string): GuestStat {
    return statOf(this.#get(this.realPath(path)));
  }
  linkStat(path: string): GuestStat {
    return statOf(this.#get(this.#resolve(path, false)));
  }
  exists(path: string): boolean {
    try {
      this.stat(path);
      return true;
    } catch {
      return false;
    }
  }
  readDirectory(path: string): readonly string[] {
    const real = this.realPath(path);
    if (this.#get(real).type !== "directory") throw failed("ENOTDIR", path);
    return this.#below(real)
      .filter((name) => !name.includes("/"))
      .sort();
  }
  readFile(path: string): Uint8Array {
    const node = this.#get(this.realPath(path));
    if (node.type === "directory") throw failed("EISDIR", path);
    return node.bytes;
  }
  read(path: string, offset: number, length: number): Uint8Array {
    return this.readFile(path).slice(offset, offset + length);
  }
  readLink(path: string): string {
    const node = this.#get(this.#resolve(path, false));
    if (node.type !== "symlink") throw failed("EINVAL", path);
    return node.target;
  }
  realPath(path: string): string {
    const real = this.#resolve(path, true);
    this.#get(real);
    return real;
  }

  writeFile(path: string, bytes: Uint8Array, options: WriteOptions = {}): void {
    const real = this.#resolve(path, true);
    const node = this.#nodes.get(real);
    if (node && options.exclusive) throw failed("EEXIST", path);
    if (node?.type === "directory") throw failed("EISDIR", path);
    const { mode = 0o644, uid = 0, gid = 0 } = options;
    const to = node ?? this.#put(real, "file", { mode, uid, gid });
    to.bytes = options.append ? Uint8Array.from([...to.bytes, ...bytes]) : bytes.slice();
  }
  makeDirectory(path: string, { recursive = false, mode = 0o755 }: { recursive?: boolean; mode?: number } = {}): void {
    const above = path.slice(0, path.lastIndexOf("/")) || "/";
    if (recursive && this.exists(path)) return;
    if (recursive && !this.exists(above)) this.makeDirectory(above, { recursive, mode });
    const real = this.#resolve(path, false);
    if (this.#nodes.has(real)) throw failed("EEXIST", path);
    this.#put(real, "directory", { mode });
  }
  remove(path: string, options: { recursive?: boolean } = {}): void {
    const real = this.#resolve(path, false);
    this.#get(real);
    const below = this.#below(real);
    if (below.length > 0 && !options.recursive) throw failed("ENOTEMPTY", path);
    for (const name of below) this.#nodes.delete(`${real}/${name}`);
    this.#nodes.delete(real);
  }
  rename(from: string, to: string): void {
    const [source, target] = [this.#resolve(from, false), this.#resolve(to, false)];
    const moved = this.#get(source);
    const there = this.#nodes.get(target);
    if (source === target) return;
    if (`${target}/`.startsWith(`${source}/`)) throw failed("EINVAL", from);
    if (there?.type === "directory" && moved.type !== "directory") throw failed("EISDIR", to);
    if (there && there.type !== "directory" && moved.type === "directory") throw failed("ENOTDIR", to);
    if (there && this.#below(target).length > 0) throw failed("ENOTEMPTY", to);
    for (const name of ["", ...this.#below(source).map((below) => `/${below}`)]) {
      this.#nodes.set(target + name, this.#get(source + name));
      this.#nodes.delete(source + name);
    }
  }
  symlink(target: string, path: string): void {
    const real = this.#resolve(path, false);
    if (this.#nodes.has(real)) throw failed("EEXIST", path);
    this.#put(real, "symlink", { mode: 0o777 }).target = target;
  }
  link(existing: string, path: string): void {
    const real = this.#resolve(path, false);
    if (this.#nodes.has(real)) throw failed("EEXIST", path);
    this.#nodes.set(real, this.#get(this.#resolve(existing, false)));
  }
  setMode(path: string, mode: number): void {
    this.#get(this.realPath(path)).mode = mode;
  }
  setOwner(path: string, uid: number, gid: number): void {
    Object.assign(this.#get(this.realPath(path)), { uid, gid });
  }
  setTimes(path: string, accessed: number, modified: number): void {
    Object.assign(this.#get(this.realPath(path)), { accessed, modified });
  }
  truncate(path: string, size: number): void {
    const node = this.#get(this.realPath(path));
    const bytes = new Uint8Array(size);
    bytes.set(node.bytes.subarray(0, size));
    node.bytes = bytes;
  }

  #put(path: string, type: Node["type"], of: { mode: number; uid?: number; gid?: number }): Node {
    const empty = { accessed: 0, modified: 0, bytes: new Uint8Array(0), target: "", inode: this.#inodes++ };
    const node: Node = { type, uid: 0, gid: 0, ...empty, ...of };
    this.#nodes.set(path, node);
    return node;
  }
  #get(path: string): Node {
    const node = this.#nodes.get(path);
    if (node) return node;
    throw failed("ENOENT", path);
  }
  #below(path: string): string[] {
    const base = path === "/" ? "/" : `${path}/`;
    return [...this.#nodes.keys()]
      .filter((key) => key.startsWith(base) && key !== "/")
      .map((key) => key.slice(base.length));
  }
  /** The real path; only its last name may be missing. */
  #resolve(path: string, follow: boolean, links = 0): string {
    if (links > 40) throw failed("ELOOP", path);
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    let at = "";
    for (const [i, name] of names.entries()) {
      const above = this.#nodes.get(at || "/");
      if (!above) throw failed("ENOENT", at);
      if (above.type !== "directory") throw failed("ENOTDIR", at);
      const next = name === ".." ? at.slice(0, at.lastIndexOf("/")) : `${at}/${name}`;
      const node = this.#nodes.get(next || "/");
      if (node?.type === "symlink" && (follow || i < names.length - 1)) {
        const base = node.target.startsWith("/") ? node.target : `${at}/${node.target}`;
        return this.#resolve([base, ...names.slice(i + 1)].join("/"), follow, links + 1);
      }
      at = next;
    }
    return at || "/";
  }
}

const failed = (code: string, path: string) => new GuestFileError(code, path, `${code} ${path}`);

function statOf({ type, mode, uid, gid, accessed, modified, bytes, target, inode }: Node): GuestStat {
  const size = type === "symlink" ? target.length : bytes.length;
  return { type, size, mode, uid, gid, links: 1, inode, accessed, modified, changed: modified };
}
