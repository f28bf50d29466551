/** A datastore as one would write it down: paths, and what is there. A file is as long as its text; a disk has text at its start. */
export type Thing =
  | { readonly kind: "folder" }
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "disk"; readonly text: string; readonly kb: number; readonly thick: boolean };

const page = 4096;
const descriptor = 1024;
const directoryOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const within = (path: string, above: string) => path === above || path.startsWith(`${above}/`);

export class Model {
  things = new Map<string, Thing>();

  /** Bytes that everything takes. */
  get taken(): number {
    let sum = 0;
    for (const thing of this.things.values()) {
      if (thing.kind === "file") sum += Math.ceil(Buffer.byteLength(thing.text) / page) * page;
      if (thing.kind === "disk") sum += descriptor + (thing.thick ? thing.kb * 1024 : thing.text === "" ? 0 : page);
    }
    return sum;
  }

  /** Names in a directory. */
  list(directory: string): string[] {
    const found: string[] = [];
    for (const [path, thing] of this.things) {
      if (directoryOf(path) !== directory || path === "") continue;
      const name = path.slice(directory === "" ? 0 : directory.length + 1);
      found.push(name);
      if (thing.kind === "disk") found.push(name.replace(/\.vmdk$/, "-flat.vmdk"));
    }
    return found.sort();
  }

  /** Each answers why it cannot be done, or does it. */
  makeDirectory(path: string, parents: boolean): string | undefined {
    if (this.things.has(path)) return "FileAlreadyExists";
    const missing: string[] = [];
    for (let at = directoryOf(path); at !== ""; at = directoryOf(at)) {
      const thing = this.things.get(at);
      if (thing && thing.kind !== "folder") return "NotADirectory";
      if (!thing) missing.push(at);
    }
    if (missing.length > 0 && !parents) return "FileNotFound";
    for (const at of missing) this.things.set(at, { kind: "folder" });
    this.things.set(path, { kind: "folder" });
    return undefined;
  }

  put(path: string, thing: Thing): string | undefined {
    const refusal = this.#noPlace(path);
    if (refusal) return refusal;
    const there = this.things.get(path);
    if (there && (there.kind !== "file" || thing.kind !== "file")) return "FileAlreadyExists";
    this.things.set(path, thing);
    return undefined;
  }

  remove(path: string): string | undefined {
    if (!this.things.has(path)) return "FileNotFound";
    for (const at of [...this.things.keys()]) if (within(at, path)) this.things.delete(at);
    return undefined;
  }

  transfer(from: string, to: string, force: boolean, move: boolean): string | undefined {
    const thing = this.things.get(from);
    if (!thing) return "FileNotFound";
    if (within(to, from)) return "InvalidArgument";
    const refusal = this.#noPlace(to);
    if (refusal) return refusal;
    const there = this.things.get(to);
    if (there && (there.kind === "folder" || !force)) return "FileAlreadyExists";
    if (thing.kind === "disk" && !to.endsWith(".vmdk")) return "InvalidArgument";
    const moved = [...this.things].filter(([path]) => within(path, from));
    this.things.delete(to);
    for (const [path, one] of moved) {
      if (move) this.things.delete(path);
      this.things.set(`${to}${path.slice(from.length)}`, one);
    }
    return undefined;
  }

  #noPlace(path: string): string | undefined {
    const above = directoryOf(path);
    if (above === "") return undefined;
    for (let at = above; at !== ""; at = directoryOf(at)) {
      const thing = this.things.get(at);
      if (thing && thing.kind !== "folder") return at === above ? "NotADirectory" : "FileNotFound";
    }
    return this.things.has(above) ? undefined : "FileNotFound";
  }
}
