import { VsphereError } from "../errors.ts";
import { type ObjectOf, objectOf } from "../objects/object-of.ts";
import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { ManagedType, Ref } from "../vim/index.ts";
import { isSubtype } from "../vim/schema.ts";
import { children, type Place } from "./children.ts";
import { LiveNames } from "./names.ts";
import { isGlob, literal, matcher, type Step, steps } from "./path.ts";

/**
 * Finds objects by name, wherever they are (`golden`, `web-*`), or by inventory path (`/DC0/vm/servers/web-*`; `...` stands for
 * any depth: `/DC0/vm/.../db-01`). Wildcards are `*`, `?` and `[a-c]`; a backslash takes the meaning of the next character away,
 * a `/` in a name is written `%2f`. The singular forms take exactly one: none is `NotFound`, several are `MoreThanOne`.
 */
export class Find {
  readonly #session: Session;
  readonly #names = new Map<ManagedType, LiveNames<ManagedType>>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** @example const golden = await vc.find.virtualMachine("golden"); */
  virtualMachine = (pattern: string, options?: CallOptions) => this.one("VirtualMachine", pattern, options);
  /** @example const vms = await vc.find.virtualMachines("/DC0/vm/servers/*"); */
  virtualMachines = (pattern = "*", options?: CallOptions) => this.all("VirtualMachine", pattern, options);
  host = (pattern: string, options?: CallOptions) => this.one("HostSystem", pattern, options);
  hosts = (pattern = "*", options?: CallOptions) => this.all("HostSystem", pattern, options);
  datastore = (pattern: string, options?: CallOptions) => this.one("Datastore", pattern, options);
  datastores = (pattern = "*", options?: CallOptions) => this.all("Datastore", pattern, options);
  folder = (pattern: string, options?: CallOptions) => this.one("Folder", pattern, options);
  folders = (pattern = "*", options?: CallOptions) => this.all("Folder", pattern, options);
  resourcePool = (pattern: string, options?: CallOptions) => this.one("ResourcePool", pattern, options);
  resourcePools = (pattern = "*", options?: CallOptions) => this.all("ResourcePool", pattern, options);
  cluster = (pattern: string, options?: CallOptions) => this.one("ClusterComputeResource", pattern, options);
  clusters = (pattern = "*", options?: CallOptions) => this.all("ClusterComputeResource", pattern, options);
  datacenter = (pattern: string, options?: CallOptions) => this.one("Datacenter", pattern, options);
  datacenters = (pattern = "*", options?: CallOptions) => this.all("Datacenter", pattern, options);
  network = (pattern: string, options?: CallOptions) => this.one("Network", pattern, options);
  networks = (pattern = "*", options?: CallOptions) => this.all("Network", pattern, options);

  /** Exactly one object of a type. */
  async one<T extends ManagedType>(type: T, pattern: string, options: CallOptions = {}): Promise<ObjectOf<T>> {
    const found = await this.refs(type, pattern, options);
    const [only] = found;
    if (only && found.length === 1) return objectOf(this.#session, only);
    const what = `${type} '${pattern}'`;
    if (!only)
      throw new VsphereError("NotFound", `${what} was not found. Check the name; wildcards are *, ? and [a-c].`);
    const ids = found.slice(0, 5).map((ref) => ref.value);
    throw new VsphereError(
      "MoreThanOne",
      `${what} matches ${found.length} objects (${ids.join(", ")}${found.length > 5 ? ", ..." : ""}). Write its inventory path.`,
    );
  }

  /** All objects of a type that match, in the order the server gives them. */
  async all<T extends ManagedType>(type: T, pattern = "*", options: CallOptions = {}): Promise<ObjectOf<T>[]> {
    return (await this.refs(type, pattern, options)).map((ref) => objectOf(this.#session, ref));
  }

  /** References to all objects of a type that match. */
  async refs<T extends ManagedType>(type: T, pattern: string, options: CallOptions = {}): Promise<Ref<T>[]> {
    if (pattern.includes("/")) return this.#alongPath(type, steps(pattern), options);
    const names = this.#live(type);
    if (!isGlob(pattern)) return names.named(literal(pattern), options);
    const matches = matcher(pattern);
    const found: Ref<T>[] = [];
    for (const { ref, name } of await names.all(options)) if (matches(name)) found.push(ref);
    return found;
  }

  /** Every object of a type with its name: one call, which carries only what has changed since the last. */
  async names<T extends ManagedType>(
    type: T,
    options: CallOptions = {},
  ): Promise<{ readonly ref: Ref<T>; readonly name: string }[]> {
    return [...(await this.#live(type).all(options))];
  }

  #live<T extends ManagedType>(type: T): LiveNames<T> {
    const known = this.#names.get(type);
    // The map holds under each type the names of that type.
    if (known) return known as unknown as LiveNames<T>;
    const names = new LiveNames(this.#session, type);
    this.#names.set(type, names as unknown as LiveNames<ManagedType>);
    return names;
  }

  async #alongPath<T extends ManagedType>(type: T, path: readonly Step[], options: CallOptions): Promise<Ref<T>[]> {
    let here: Place[] = [{ ref: this.#session.content.rootFolder, name: "" }];
    for (const step of path)
      here = step === "..." ? await this.#allBelow(here, options) : await this.#level(here, step, options);
    return here.flatMap(({ ref }) => (isOfType(ref, type) ? [ref] : []));
  }

  async #level(here: readonly Place[], matches: (name: string) => boolean, options: CallOptions): Promise<Place[]> {
    const next = await children(
      this.#session,
      here.map(({ ref }) => ref),
      options,
    );
    return next.filter(({ name }) => matches(name));
  }

  /** The objects themselves and all below them. */
  async #allBelow(here: readonly Place[], options: CallOptions): Promise<Place[]> {
    const all = new Map(here.map((place) => [place.ref.value, place]));
    for (let level = here; level.length > 0; ) {
      const next = await children(
        this.#session,
        level.map(({ ref }) => ref),
        options,
      );
      level = next.filter(({ ref }) => !all.has(ref.value));
      for (const place of level) all.set(place.ref.value, place);
    }
    return [...all.values()];
  }
}

function isOfType<T extends ManagedType>(ref: Ref, type: T): ref is Ref<T> {
  return isSubtype(ref.type, type);
}
