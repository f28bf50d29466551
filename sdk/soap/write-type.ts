import { dataType, enumType, managedType } from "../vim/schema.ts";
import { rankOf } from "./version.ts";

/** A data or managed type as a version knows it: itself, or the nearest type above it that the version has. */
export class KnownTypes {
  readonly #rank: number;
  readonly #data = new Map<string, string>();
  readonly #managed = new Map<string, string>();

  constructor(rank: number) {
    this.#rank = rank;
  }

  /** Undefined where there is no such type at all, or none above it that the version has. */
  data(name: string): string | undefined {
    const known = this.#data.get(name);
    if (known !== undefined) return known;
    let type = dataType(name);
    while (type && rankOf(type.since) > this.#rank) type = type.base;
    if (type) this.#data.set(name, type.name);
    return type?.name;
  }

  managed(name: string): string {
    const known = this.#managed.get(name);
    if (known !== undefined) return known;
    let type = managedType(name);
    while (type?.base && rankOf(type.since) > this.#rank) type = type.base;
    // Other servers' references may be of types that vim25 does not have; they are few.
    const found = type?.name ?? name;
    if (type) this.#managed.set(name, found);
    return found;
  }

  enum(name: string): boolean {
    const type = enumType(name);
    return type !== undefined && rankOf(type.since) <= this.#rank;
  }
}
