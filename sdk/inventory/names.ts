import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { ManagedType, Ref, vim } from "../vim/index.ts";
import { unescapeName } from "./path.ts";

/**
 * The names of all objects of a type, kept up to date by one filter: the first look reads them all, a later one only what has
 * changed since, in one call.
 */
export class LiveNames<T extends ManagedType> {
  readonly #session: Session;
  readonly #type: T;
  readonly #names = new Map<string, { readonly ref: Ref<T>; readonly name: string }>();
  readonly #byName = new Map<string, Set<string>>();
  #collector: Promise<Ref<"PropertyCollector">> | undefined;
  #version = "";
  #refreshing: Promise<void> = Promise.resolve();

  constructor(session: Session, type: T) {
    this.#session = session;
    this.#type = type;
  }

  /** Every object with its name, as of now. */
  async all(options: CallOptions): Promise<Iterable<{ readonly ref: Ref<T>; readonly name: string }>> {
    await this.#refresh(options);
    return this.#names.values();
  }

  /** The objects of exactly that name, as of now. */
  async named(name: string, options: CallOptions): Promise<Ref<T>[]> {
    await this.#refresh(options);
    return [...(this.#byName.get(name) ?? [])].flatMap((id) => this.#names.get(id)?.ref ?? []);
  }

  /** One look at a time: the next begins where the last has ended. */
  #refresh(options: CallOptions): Promise<void> {
    const mine = this.#refreshing.then(() => this.#look(options));
    this.#refreshing = mine.catch(() => undefined);
    return mine;
  }

  async #look({ signal }: CallOptions): Promise<void> {
    this.#collector ??= this.#open();
    const collector = await this.#collector;
    for (let more = true; more; ) {
      const args = { version: this.#version, options: { maxWaitSeconds: 0 } };
      const set = await this.#session.call(collector, "WaitForUpdatesEx", args, { signal });
      if (!set) return;
      this.#version = set.version;
      for (const filter of set.filterSet ?? []) for (const update of filter.objectSet ?? []) this.#apply(update);
      more = set.truncated ?? false;
    }
  }

  #apply(update: vim.ObjectUpdate): void {
    const id = update.obj.value;
    const known = this.#names.get(id);
    const change = update.changeSet?.find(({ name }) => name === "name");
    if (update.kind !== "leave" && typeof change?.val !== "string") return;
    if (known) this.#byName.get(known.name)?.delete(id);
    if (known && this.#byName.get(known.name)?.size === 0) this.#byName.delete(known.name);
    this.#names.delete(id);
    if (update.kind === "leave" || typeof change?.val !== "string") return;
    const name = unescapeName(change.val);
    // The view that the filter looks at holds objects of this type only.
    this.#names.set(id, { ref: update.obj as Ref<T>, name });
    const same = this.#byName.get(name);
    if (same) same.add(id);
    else this.#byName.set(name, new Set([id]));
  }

  async #open(): Promise<Ref<"PropertyCollector">> {
    const { content } = this.#session;
    const manager = content.viewManager ?? ({ type: "ViewManager", value: "ViewManager" } as const);
    const view = await this.#session.call(manager, "CreateContainerView", {
      container: content.rootFolder,
      type: [this.#type],
      recursive: true,
    });
    const collector = await this.#session.call(content.propertyCollector, "CreatePropertyCollector", {});
    const inView: vim.TraversalSpec = { _typeName: "TraversalSpec", type: "ContainerView", path: "view", skip: false };
    const spec: vim.PropertyFilterSpec = {
      propSet: [{ type: this.#type, pathSet: ["name"] }],
      objectSet: [{ obj: view, skip: true, selectSet: [inView] }],
    };
    await this.#session.call(collector, "CreateFilter", { spec, partialUpdates: false });
    return collector;
  }
}
