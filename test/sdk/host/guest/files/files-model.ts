import type { WriteOptions } from "../../../../../sdk/host/guest/files/guest-files.ts";

/** A file, a directory or a link without any cleverness. */
export type Item =
  | { readonly type: "file"; bytes: Buffer; mode: number; links: number }
  | { readonly type: "directory"; readonly names: Map<string, Item>; mode: number }
  | { readonly type: "symlink"; readonly target: string };

type Directory = Extract<Item, { type: "directory" }>;

export class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const refuse = (code: string): never => {
  throw new Refused(code);
};

const isDirectoryPath = (path: string): boolean => /\/\.?$/.test(path);

interface Place {
  readonly above: Directory;
  /** Empty for a directory that was reached by `..` or a link, or the root. */
  readonly name: string;
  readonly item: Item | undefined;
  /** The directories from the root down to it. */
  readonly way: readonly Directory[];
}

/** A tree of files as Linux has it, for root: the same calls, the same errors. */
export class FilesModel {
  readonly root: Directory = { type: "directory", names: new Map(), mode: 0o755 };

  find(path: string, follow: boolean): Place {
    const slash = isDirectoryPath(path);
    const left = path.split("/").filter((name) => name !== "" && name !== ".");
    let way: Directory[] = [this.root];
    let links = 0;
    let place: Place = { above: this.root, name: "", item: this.root, way };
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const above = way.at(-1) ?? this.root;
      if (name === "..") {
        way = way.length > 1 ? way.slice(0, -1) : way;
        place = { above: way.at(-2) ?? this.root, name: "", item: way.at(-1), way };
        continue;
      }
      const item = above.names.get(name);
      const last = left.length === 0;
      if (item?.type === "symlink" && (!last || follow || slash)) {
        if (++links > 40) refuse("ELOOP");
        left.unshift(...item.target.split("/").filter((part) => part !== "" && part !== "."));
        if (item.target.startsWith("/")) way = [this.root];
        place = { above: way.at(-2) ?? this.root, name: "", item: way.at(-1), way };
        continue;
      }
      if (!item && !last) refuse("ENOENT");
      if (item && item.type !== "directory" && (!last || slash)) refuse("ENOTDIR");
      place = { above, name, item, way: item?.type === "directory" ? [...way, item] : way };
      if (item?.type === "directory") way = [...way, item];
    }
    return place;
  }

  existing(path: string, follow: boolean): Place & { readonly item: Item } {
    const place = this.find(path, follow);
    return { ...place, item: place.item ?? refuse("ENOENT") };
  }

  file(path: string): Extract<Item, { type: "file" }> {
    const { item } = this.existing(path, true);
    return item.type === "file" ? item : refuse(item.type === "directory" ? "EISDIR" : "EINVAL");
  }

  write(path: string, bytes: Buffer, { append, exclusive, mode = 0o644 }: WriteOptions): void {
    const { above, name, item } = this.find(path, !exclusive);
    if (!item) {
      if (isDirectoryPath(path)) refuse("EISDIR");
      above.names.set(name, { type: "file", bytes, mode, links: 1 });
      return;
    }
    if (exclusive) refuse("EEXIST");
    const file = this.file(path);
    file.bytes = append ? Buffer.concat([file.bytes, bytes]) : bytes;
  }

  truncate(path: string, size: number): void {
    const file = this.file(path);
    const bytes = Buffer.alloc(size);
    file.bytes.copy(bytes);
    file.bytes = bytes;
  }

  setMode(path: string, mode: number): void {
    const { item } = this.existing(path, true);
    if (item.type !== "symlink") item.mode = mode;
  }

  makeDirectory(path: string, recursive: boolean): void {
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    const parts = recursive ? names.map((_, i) => `/${names.slice(0, i + 1).join("/")}`) : [path];
    const made: Place[] = [];
    try {
      for (const [i, part] of parts.entries()) {
        const place = this.find(part, recursive);
        if (!place.item) {
          place.above.names.set(place.name, { type: "directory", names: new Map(), mode: 0o755 });
          made.push(place);
        } else if (!recursive) refuse("EEXIST");
        else if (place.item.type !== "directory") refuse(i === parts.length - 1 ? "EEXIST" : "ENOTDIR");
      }
    } catch (error) {
      for (const { above, name } of made.reverse()) above.names.delete(name);
      throw error;
    }
  }

  remove(path: string, recursive: boolean): void {
    const { item, ...place } = this.existing(path, false);
    const { above, name } = this.#named(place, item);
    if (item.type === "directory" && !recursive && item.names.size > 0) refuse("ENOTEMPTY");
    this.#drop(item);
    above.names.delete(name);
  }

  rename(from: string, to: string): void {
    const source = this.existing(from, false);
    const target = this.find(to, false);
    const moved = source.item;
    const here = this.#named(source, moved);
    const there = target.item ? this.#named(target, target.item) : target;
    if (target.item === moved) return;
    if (moved.type !== "directory" && !target.item && isDirectoryPath(to)) refuse("ENOTDIR");
    if (moved.type === "directory" && target.way.includes(moved)) refuse("EINVAL");
    if (target.item) {
      const isDirectory = target.item.type === "directory";
      if (isDirectory && moved.type !== "directory") refuse("EISDIR");
      if (!isDirectory && moved.type === "directory") refuse("ENOTDIR");
      if (target.item.type === "directory" && target.item.names.size > 0) refuse("ENOTEMPTY");
      this.#drop(target.item);
    }
    here.above.names.delete(here.name);
    there.above.names.set(there.name, moved);
  }

  symlink(target: string, path: string): void {
    const { above, name, item } = this.find(path, false);
    if (item) refuse("EEXIST");
    if (isDirectoryPath(path)) refuse("ENOENT");
    above.names.set(name, { type: "symlink", target });
  }

  link(existing: string, path: string): void {
    const { item } = this.existing(existing, false);
    const { above, name, item: there } = this.find(path, false);
    if (there) refuse("EEXIST");
    if (item.type === "directory") refuse("EPERM");
    if (isDirectoryPath(path)) refuse("ENOENT");
    if (item.type === "file") item.links++;
    above.names.set(name, item);
  }

  /** Where something has its name, also if it was reached another way. */
  #named({ above, name, way }: Omit<Place, "item">, item: Item): { above: Directory; name: string } {
    if (item === this.root) refuse("EBUSY");
    if (name !== "") return { above, name };
    const parent = way.at(-2) ?? this.root;
    for (const [known, child] of parent.names) if (child === item) return { above: parent, name: known };
    throw new Error("no name");
  }

  #drop(item: Item): void {
    if (item.type === "file") item.links--;
    else if (item.type === "directory") for (const child of item.names.values()) this.#drop(child);
  }
}
