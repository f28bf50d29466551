import type { Ref } from "../../vim/index.ts";
import { notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { numberIn } from "../state/id.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { diskAccount, memoryAccount } from "../storage/accounts.ts";
import { refer } from "../storage/layers.ts";
import type { Doer } from "./create.ts";
import { dropDisks } from "./disks.ts";
import { freshLayer } from "./fresh-layer.ts";
import { hideGuest, showGuest } from "./guest.ts";
import { replaceMachine } from "./links.ts";
import { isIndependent } from "./snapshot.ts";

/**
 * Brings a machine back to what it was: configuration, disks and, from a snapshot with memory, the running guest. Its name and
 * place stay. `suppressPowerOn` leaves it off.
 */
export function revertTo(
  tx: Draft,
  by: Doer,
  machine: MachineRecord,
  snapshot: SnapshotRecord,
  { host, suppressPowerOn = false }: { readonly host?: Ref; readonly suppressPowerOn?: boolean } = {},
): MachineRecord {
  if (host && numberIn(host.value) !== machine.host)
    throw notSupported("Going back to a snapshot on another host (host)");
  const was = snapshot.machine;
  const power = was.memory === 0 || (suppressPowerOn && was.power === "poweredOn") ? "poweredOff" : was.power;
  hideGuest(tx, machine);
  tx.dropSpace(machine.memory);
  const back: MachineRecord = {
    ...machine,
    base: was.base,
    devices: was.devices,
    extraConfig: was.extraConfig,
    guest: was.guest,
    power,
    frozen: power === "poweredOn" && was.frozen,
    forked: power !== "poweredOff" && was.forked,
    memory:
      power === "poweredOff"
        ? 0
        : tx.forkSpace(was.memory, machine.id, memoryAccount(tx, machine.host, machine.datastore, was.forked)),
    disks: disksOf(tx, machine, was),
    deltas: machine.deltas + was.disks.length,
    booted: was.booted,
    changes: machine.changes + 1,
    snapshots: { current: snapshot.id, roots: machine.snapshots?.roots ?? [], taken: machine.snapshots?.taken ?? 0 },
  };
  const reverted = replaceMachine(tx, machine, back);
  showGuest(tx, reverted);
  if (power !== machine.power && power !== "suspended")
    post(tx, by, power === "poweredOn" ? "VmPoweredOnEvent" : "VmPoweredOffEvent", { vm: reverted });
  return reverted;
}

/** The snapshot's disks, each with an empty file above; what the machine wrote since then goes, but not disks it got since. */
function disksOf(tx: Draft, machine: MachineRecord, was: MachineRecord): readonly MachineDisk[] {
  const kept = machine.disks.filter((disk) => isIndependent(machine, disk));
  const known = new Set(was.disks.map(({ key }) => key));
  const others = machine.disks.filter((disk) => !kept.includes(disk));
  const restored = was.disks.map((disk, i) => {
    const layer = freshLayer(tx, machine, disk.layer, machine.deltas + 1 + i);
    refer(tx, disk.layer);
    return { ...disk, layer, space: tx.forkSpace(disk.space, machine.id, diskAccount(tx, layer.datastore)) };
  });
  dropDisks(
    tx,
    others.filter(({ key }) => known.has(key)),
    true,
  );
  dropDisks(
    tx,
    others.filter(({ key }) => !known.has(key)),
    false,
  );
  return [...restored, ...kept];
}
