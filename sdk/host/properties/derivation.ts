import type { Core } from "../core.ts";
import type { Session } from "../session/session.ts";
import type { Members } from "../state/record.ts";
import type { View } from "../state/view.ts";

/**
 * The vim25 view of a record is derived when it is read and kept nowhere. What a value depends on besides its own record is
 * declared, so that a change of it is known to change the value, and nothing else has to be looked at.
 */
export const inputs = {
  /** The page store's figures of the object, see `figures.ts`. */
  bytes: 1,
  /** The names of the datastores that a machine's files are on. */
  datastores: 2,
  /** The names of the networks that a machine is connected to. */
  networks: 4,
  /** The state of the host that a machine is on. */
  host: 8,
  /** The hosts of a compute resource. */
  hosts: 16,
  /** The snapshots of a machine, the machines of a datastore, the port groups of a switch: what they are, not which. */
  members: 32,
  /** Tasks on the object. */
  tasks: 64,
  permissions: 128,
  /** What is set for the vCenter as a whole, as custom fields are. */
  settings: 1024,
  /** What a session has, or the vCenter as a whole: looked at again whenever anything has changed. */
  session: 512,
  /** Passes by itself (time, samples): read when the value is sent, never a reason to send it. */
  moment: 256,
} as const;
export type Input = keyof typeof inputs;

/** What never changes while a host lives. */
export interface Constants {
  readonly seed: number;
}

/** A state at a moment, as a session sees it. */
export interface Reader extends View {
  readonly session: Session | undefined;
  readonly core: Core;
}

/** The page store's figures of one object: numbers whose meaning is `figures.ts`'s. */
export type Bytes = readonly number[];
export const noBytes: Bytes = Object.freeze([]);

/** A value that follows from the record alone. */
export type Own<R, V> = (record: R, host: Constants) => V;

/** A value that follows from more than the record. */
export interface Linked<R, V> {
  readonly kind: "linked";
  readonly inputs: readonly Input[];
  readonly derive: (record: R, reader: Reader, bytes: Bytes) => V;
}

/** A data object, property by property: one that is asked for by its path is derived without the others. */
export interface Parts<R, V> {
  readonly kind: "parts";
  /** Set where the declared type is a base of this one. */
  readonly type: string | undefined;
  readonly of: PartsOf<R, V>;
}
export type PartsOf<R, V> = { readonly [P in keyof V as Exclude<P, "_typeName">]: Derivation<R, V[P]> };

/** References to other objects, by their numbers: compared and followed without making references. */
export interface Links<R> {
  readonly kind: "links";
  readonly one: boolean;
  readonly ids: (record: R) => Ids;
}
export type Ids = Members | readonly number[];

/** What is derived from another record than the one asked: of the machine that a snapshot holds, say. */
export interface Through<R, V> {
  readonly kind: "through";
  readonly to: (record: R) => unknown;
  readonly by: Derivation<never, V>;
}

export type Derivation<R, V> = Own<R, V> | Linked<R, V> | Parts<R, V> | Links<R> | Through<R, V>;
/** A derivation whose types have been put away. */
export type AnyDerivation = Derivation<never, unknown>;

export const linked = <R, V>(
  from: readonly Input[],
  derive: (record: R, reader: Reader, bytes: Bytes) => V,
): Linked<R, V> => ({ kind: "linked", inputs: from, derive });

/** A value that follows from the record and the page store's figures. */
export const measured = <R, V>(derive: (record: R, bytes: Bytes) => V): Linked<R, V> =>
  linked(["bytes"], (record, _reader, bytes) => derive(record, bytes));

export const parts = <R, V>(of: PartsOf<R, V>): Parts<R, V> => ({ kind: "parts", type: undefined, of });
/** Parts of a subtype of what is declared. */
export const partsOfType = <R, V>(type: string, of: PartsOf<R, V>): Parts<R, V> => ({ kind: "parts", type, of });

export const link = <R>(id: (record: R) => number): Links<R> => ({
  kind: "links",
  one: true,
  ids: (record) => {
    const number = id(record);
    return number === 0 ? [] : [number];
  },
});
export const links = <R>(ids: (record: R) => Ids): Links<R> => ({ kind: "links", one: false, ids });
export const through = <R, S, V>(to: (record: R) => S, by: Derivation<S, V>): Through<R, V> => ({
  kind: "through",
  to,
  by,
});
