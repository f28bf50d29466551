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
/** The sums asked for last: those of a twin begin there, for it differs little too. */
let last: WeakRef<Sums> | undefined;

function sumsFor(pages: PageStore): Sums {
  const own = known.get(pages);
  if (own) return own;
  const other = last?.deref();
  const sums = other
    ? { objects: other.objects, bytes: new Map(other.bytes) }
    : { objects: PersistentMap.empty<InventoryRecord>(), bytes: new Map<number, number>() };
  known.set(pages, sums);
  return sums;
}

/**
 * Bytes that the machines on a datastore may come to use there: what their thin disks can grow to and what forks can come to swap.
 * Worked out once; from then on it costs what has changed since it was last asked for.
 */
export function provisionedOn(view: Pick<View, "state" | "pages">, datastore: number): number {
  const sums = sumsFor(view.pages);
  const { bytes } = sums;
  PersistentMap.diff(sums.objects, view.state.objects, (_id, before, after) => {
    add(bytes, before, -1);
    add(bytes, after, 1);
  });
  sums.objects = view.state.objects;
  if (last?.deref() !== sums) last = new WeakRef(sums);
  return bytes.get(datastore) ?? 0;
}

function add(sums: Map<number, number>, record: InventoryRecord | undefined, sign: 1 | -1): void {
  if (record?.kind !== "VirtualMachine") return;
  const count = (datastore: number, bytes: number) => sums.set(datastore, (sums.get(datastore) ?? 0) + sign * bytes);
  for (const disk of record.disks)
    if (disk.layer.thick === 0) count(disk.layer.datastore, capacityOf(record, disk.key));
  if (record.forked && record.power === "poweredOn") count(record.datastore, record.base.memoryMB * MiB);
}
