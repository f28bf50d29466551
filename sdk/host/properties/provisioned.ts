import type { PageStore } from "../cow/page-store.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { MiB } from "./values.ts";
import { capacityOf } from "./virtual-machine/disks.ts";

interface Sums {
  objects: PersistentMap<InventoryRecord>;
  /** Datastore -> bytes. */
  readonly bytes: Map<number, number>;
}

/** One per page store, hence per vCenter: states of one vCenter differ little, so that going from one to the next costs little. */
const known = new WeakMap<PageStore, Sums>();

/**
 * Bytes that the machines on a datastore may come to use there: what their thin disks can grow to and what forks can come to swap.
 * Worked out once; from then on it costs what has changed since it was last asked for.
 */
export function provisionedOn(view: Pick<View, "state" | "pages">, datastore: number): number {
  let sums = known.get(view.pages);
  if (!sums) {
    sums = { objects: PersistentMap.empty(), bytes: new Map() };
    known.set(view.pages, sums);
  }
  const { bytes } = sums;
  PersistentMap.diff(sums.objects, view.state.objects, (_id, before, after) => {
    add(bytes, before, -1);
    add(bytes, after, 1);
  });
  sums.objects = view.state.objects;
  return bytes.get(datastore) ?? 0;
}

function add(sums: Map<number, number>, record: InventoryRecord | undefined, sign: 1 | -1): void {
  if (record?.kind !== "VirtualMachine") return;
  const count = (datastore: number, bytes: number) => sums.set(datastore, (sums.get(datastore) ?? 0) + sign * bytes);
  for (const disk of record.disks)
    if (disk.layer.thick === 0) count(disk.layer.datastore, capacityOf(record, disk.key));
  if (record.forked && record.memory !== 0) count(record.datastore, record.base.memoryMB * MiB);
}
