import type { Shape } from "./machine.ts";

/** What of a datacenter's description has been made, by name. */
export interface Places {
  readonly hosts: ReadonlyMap<string, number>;
  /** Clusters and hosts of their own -> their hosts. */
  readonly computes: ReadonlyMap<string, readonly number[]>;
  /** `cluster/pool`. */
  readonly pools: ReadonlyMap<string, number>;
  readonly datastores: ReadonlyMap<string, number>;
  readonly networks: ReadonlyMap<string, number>;
  /** Paths of folders for machines; the empty path is their root. */
  readonly folders: ReadonlyMap<string, number>;
  readonly shapes: Map<string, Shape>;
  /** Counts machines, so that the hosts of a cluster take turns. */
  turn: number;
}

/** What a description refers to by name, or a RangeError that lists the names there are. */
export function named(known: ReadonlyMap<string, number>, name: string, who: string): number {
  const id = known.get(name);
  if (id !== undefined) return id;
  const names = [...known.keys()].filter(Boolean).slice(0, 10).join(", ");
  throw new RangeError(`inventory: ${who} '${name}', which is not described. There are: ${names || "none"}.`);
}
