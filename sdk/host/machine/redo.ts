import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { diskAccount } from "../storage/accounts.ts";
import { removeFile } from "../storage/layers.ts";
import { discards } from "./disk-mode.ts";
import { freshLayer } from "./fresh-layer.ts";

/** A machine starts: each disk that keeps nothing gets a file for what is written until power off. The record is the caller's to put. */
export function beginRedo(tx: Draft, machine: MachineRecord): MachineRecord {
  let { deltas } = machine;
  const disks = machine.disks.map((disk): MachineDisk => {
    if (disk.undo || !discards(machine, disk)) return disk;
    const { space, layer } = disk;
    const top = freshLayer(tx, machine, layer, ++deltas);
    return {
      ...disk,
      space: tx.forkSpace(space, machine.id, diskAccount(tx, top.datastore)),
      layer: top,
      undo: { space, layer },
    };
  });
  return deltas === machine.deltas ? machine : { ...machine, disks, deltas };
}

/** A machine stops: what was written to such disks goes. The record is the caller's to put. */
export function discardRedo(tx: Draft, machine: MachineRecord): MachineRecord {
  if (!machine.disks.some(({ undo }) => undo)) return machine;
  return { ...machine, disks: machine.disks.map((disk) => withoutRedo(tx, disk)) };
}

/** A disk as it will be after power off. */
export function withoutRedo(tx: Draft, disk: MachineDisk): MachineDisk {
  const { undo, ...rest } = disk;
  if (!undo) return disk;
  tx.dropSpace(disk.space);
  removeFile(tx, disk.layer);
  return { ...rest, ...undo };
}
