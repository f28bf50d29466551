import type { ManagedType, Ref } from "../../sdk/index.ts";
import type { Maybe, Members, MemberValue, Value } from "../language/index.ts";
import type { Connection } from "./connection.ts";

/** What was read of an object when it was listed, by property path. */
export type Values = Readonly<Record<string, unknown>>;

/** How one kind of object is read and shown. */
export interface Kind<T extends ManagedType = ManagedType> {
  /** The managed object type. */
  readonly type: T;
  /** PowerCLI's names of the kind, most derived first: `["VirtualMachine", "InventoryItem", "VIObject"]`. */
  readonly typeNames: readonly string[];
  /** What is read when objects are listed. */
  readonly paths: readonly string[];
  /** PowerCLI's properties. What takes another call returns a promise, and is asked for only when a script reads it. */
  readonly properties: Readonly<Record<string, (values: Values, object: VIObject) => Maybe<Value>>>;
}

/**
 * An object of the inventory as PowerCLI has it: a snapshot, taken when it was listed. Its properties do not follow what
 * happens afterwards; `Get-VM` again does.
 */
export class VIObject implements Members {
  readonly kind: Kind;
  readonly connection: Connection;
  readonly ref: Ref;
  readonly values: Values;

  constructor(kind: Kind, connection: Connection, ref: Ref, values: Values) {
    this.kind = kind;
    this.connection = connection;
    this.ref = ref;
    this.values = values;
  }

  get typeNames(): readonly string[] {
    return this.kind.typeNames;
  }

  get name(): string {
    const { name } = this.values;
    return typeof name === "string" ? name : this.ref.value;
  }

  member(name: string): MemberValue | undefined {
    const found = memberName(this.kind, name);
    const read = found === undefined ? undefined : this.kind.properties[found];
    if (found === undefined || read === undefined) return undefined;
    return {
      name: found,
      kind: "Property",
      get: () => read(this.values, this),
    };
  }

  memberNames(): readonly string[] {
    return Object.keys(this.kind.properties);
  }

  asText(): string {
    return this.name;
  }

  equals(other: Value): boolean {
    return other instanceof VIObject && other.ref.value === this.ref.value && other.connection === this.connection;
  }

  compare(other: Value): number {
    return other instanceof VIObject ? this.name.localeCompare(other.name) : 0;
  }
}

const names = new WeakMap<Kind, ReadonlyMap<string, string>>();

function memberName(kind: Kind, name: string): string | undefined {
  let known = names.get(kind);
  if (!known) {
    known = new Map(Object.keys(kind.properties).map((property) => [property.toLowerCase(), property]));
    names.set(kind, known);
  }
  return known.get(name.toLowerCase());
}
