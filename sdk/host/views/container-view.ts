import type { Ref } from "../../vim/index.ts";
import { isSubtype } from "../../vim/schema.ts";
import type { Core } from "../core.ts";
import type { Reader } from "../properties/derivation.ts";
import type { Changes } from "../property/changes.ts";
import type { Key } from "../property/objects.ts";
import { requireType } from "../property/selection.ts";
import type { Session } from "../session/session.ts";
import { numberIn } from "../state/id.ts";
import type { Kind } from "../state/record.ts";
import { allBelow, childrenOf, isBelow } from "./below.ts";
import { ManagedObjectView, type Moment, type OnDifference } from "./managed-object-view.ts";

/** Every kind that a container can hold. */
const entityKinds: readonly Kind[] = [
  "Folder",
  "Datacenter",
  "ClusterComputeResource",
  "ComputeResource",
  "HostSystem",
  "ResourcePool",
  "Datastore",
  "Network",
  "VmwareDistributedVirtualSwitch",
  "DistributedVirtualPortgroup",
  "VirtualMachine",
];

export interface ContainerOptions {
  readonly container: Ref<"ManagedEntity">;
  /** Types of what is shown, those derived from them included; all where there are none. */
  readonly type: readonly string[];
  readonly recursive: boolean;
}

/** The objects of some types in a container, as they come and go. */
export class ContainerView extends ManagedObjectView<number> {
  readonly #options: ContainerOptions;
  readonly #container: number;
  readonly #kinds: ReadonlySet<Kind>;

  /** Throws InvalidType, naming it, for a type that is none. */
  constructor(ref: Ref, core: Core, session: Session, options: ContainerOptions) {
    super(ref, core, session);
    for (const type of options.type) requireType(type);
    this.#options = options;
    this.#container = numberIn(options.container.value);
    this.#kinds = new Set(
      options.type.length === 0
        ? entityKinds
        : entityKinds.filter((kind) => options.type.some((type) => isSubtype(kind, type))),
    );
  }

  override property(name: string): unknown {
    if (name === "container" || name === "type" || name === "recursive") return this.#options[name];
    return super.property(name);
  }

  /** A container view never changes: what it shows follows from the state alone. */
  protected get current(): number {
    return this.#container;
  }

  protected *shown(_contents: number, reader: Reader): Iterable<Key> {
    if (this.#options.recursive) yield* allBelow(this.#container, reader, this.#kinds);
    else {
      const container = reader.object(this.#container);
      for (const id of container ? childrenOf(container) : []) {
        const child = reader.object(id);
        if (child && this.#kinds.has(child.kind)) yield id;
      }
    }
  }

  override difference(before: Moment<number>, after: Moment<number>, changes: Changes, on: OnDifference): void {
    if (before.contents === undefined || after.contents === undefined) {
      super.difference(before, after, changes, on);
      return;
    }
    for (const id of this.#candidates(before.reader, after.reader, changes)) {
      const was = this.#shows(id, before.reader);
      const is = this.#shows(id, after.reader);
      if (was !== is) on(id, is ? 1 : -1);
    }
  }

  /** What has changed itself, and all below a container that was moved: that came along without any change. */
  #candidates(before: Reader, after: Reader, changes: Changes): Set<number> {
    const found = new Set<number>();
    for (const { id, before: was, after: is } of changes.objects) {
      if ((was && this.#kinds.has(was.kind)) || (is && this.#kinds.has(is.kind))) found.add(id);
      if (!this.#options.recursive || !was || !is || was.parent === is.parent || was.kind === "VirtualMachine")
        continue;
      for (const reader of [before, after]) for (const below of allBelow(id, reader, this.#kinds)) found.add(below);
    }
    return found;
  }

  #shows(id: number, reader: Reader): boolean {
    const record = reader.object(id);
    if (!record || !this.#kinds.has(record.kind)) return false;
    if (this.#options.recursive) return isBelow(record, this.#container, reader);
    if (record.parent === this.#container) return true;
    return record.kind === "VirtualMachine" && (record.host === this.#container || record.pool === this.#container);
  }
}
