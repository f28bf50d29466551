import { type Bytes, inputs, type Reader } from "../properties/derivation.ts";
import type { Commit } from "../state/draft.ts";
import { bytesOf, sameBytes } from "./bytes.ts";
import type { Key } from "./objects.ts";
import type { FilterSpec } from "./spec.ts";

/**
 * Figures of the page store that a filter has told of. They are the one thing that cannot be looked up in the state it last told
 * of: so they are remembered, a few numbers for each object whose figures were asked for, and commits say whose have changed.
 */
export class TrackedBytes {
  readonly #types: ReadonlySet<string>;
  readonly #told = new Map<Key, Bytes>();
  /** Machines whose bytes have changed hands since. */
  #touched = new Set<number>();
  #anywhere = false;
  /** Told of by a report that the client did not get: what it knows is not known. */
  #doubted = new Set<Key>();
  /** Hosts and datastores: few, and what they add up changes with any machine's. */
  readonly #sums = new Set<Key>();

  constructor(spec: FilterSpec) {
    const asks = (type: string) => spec.pathsOf(type)?.some((path) => (path.inputs & inputs.bytes) !== 0) ?? false;
    this.#types = new Set(["VirtualMachine", "HostSystem", "Datastore"].filter(asks));
  }

  /** Whether anything that follows from bytes is asked for at all. */
  get wanted(): boolean {
    return this.#types.size > 0;
  }

  note(commit: Commit): void {
    if (commit.restored) this.#anywhere = true;
    for (const id of commit.touched) if (this.#told.has(id)) this.#touched.add(id);
  }

  /** The figures as they were told of; undefined if they never were. */
  told(key: Key): Bytes | undefined {
    return this.#told.get(key);
  }

  /** It is not known any more what was told of an object: it will be told again. */
  doubt(key: Key, type: string): void {
    if (this.#types.has(type)) this.#doubted.add(key);
  }

  /** Reads the figures of an object that is about to be told of. */
  read(key: Key, type: string, reader: Reader): Bytes | undefined {
    if (!this.#types.has(type)) return undefined;
    const bytes = bytesOf(key, reader);
    this.#told.set(key, bytes);
    if (type !== "VirtualMachine") this.#sums.add(key);
    return bytes;
  }

  forget(key: Key): void {
    this.#told.delete(key);
    this.#sums.delete(key);
  }

  /** Takes the objects whose figures are not those told of any more. */
  take(reader: Reader): Key[] {
    const doubted = this.#doubted;
    const suspects = this.#anywhere ? [...this.#told.keys()] : [...this.#touched, ...this.#sums];
    this.#touched = new Set();
    this.#anywhere = false;
    this.#doubted = new Set();
    const changed = suspects.filter((key) => {
      const told = this.#told.get(key);
      return told !== undefined && !sameBytes(told, bytesOf(key, reader));
    });
    return doubted.size === 0 ? changed : [...doubted, ...changed];
  }
}
