import type { PersistentIndex } from "../cow/persistent-index.ts";
import { Draft } from "../state/draft.ts";
import type { LooseDisk, MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";

/** Disks that no machine has, as they are in a transaction by now. */
export const looseOf = (view: View): PersistentIndex<LooseDisk> =>
  view instanceof Draft ? view.loose.snapshot() : view.state.loose;

/** Machines that are not in the inventory. */
export const unregisteredOf = (view: View): PersistentIndex<MachineRecord> =>
  view instanceof Draft ? view.unregistered.snapshot() : view.state.unregistered;

/** How many refer to a file, and how many are in a directory, where that is not one. */
export const basesOf = (view: View): Pick<PersistentIndex<number>, "get" | "has"> =>
  view instanceof Draft ? view.bases : view.state.bases;
