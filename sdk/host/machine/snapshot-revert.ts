import type { Ref } from "../../vim/index.ts";
import { dropGuestMemory } from "../guest/memory/lifetime.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { record } from "../state/view.ts";
import { diskAccount, memoryAccount } from "../storage/accounts.ts";
import { layerKey, refer } from "../storage/layers.ts";
import type { Doer } from "./create.ts";
import { isIndependent } from "./disk-mode.ts";
import { bottomOf } from "./disk-move.ts";
import { dropDisks } from "./disks.ts";
import { freshLayer } from "./fresh-layer.ts";
import { hideGuest, showGuest } from "./guest.ts";
import { replaceMachine } from "./links.ts";
import { withoutMissing } from "./missing-disks.ts";
import { requireReady } from "./overhead.ts";
import { placeOn } from "./placement.ts";
import { beginRedo, discardRedo } from "./redo.ts";
import { moveToHost, requireHostFor } from "./rehost.ts";

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
  const was = snapshot.machine;
  const power = was.memory === 0 || (suppressPowerOn && was.power === "poweredOn") ? "poweredOff" : was.power;
  const stopped = stop(tx, machine);
  const there = host ? moveToHost(tx, stopped, hostFor(tx, stopped, host)) : stopped;
  if (power === "poweredOn") requireReady(record(tx, "HostSystem", there.host));
  const back: MachineRecord = {
    ...there,
    base: was.base,
    devices: was.devices,
    extraConfig: was.extraConfig,
    guest: was.guest,
    power,
    frozen: power === "poweredOn" && was.frozen,
    ...memoryOf(tx, there, was, power),
    disks: disksOf(tx, there, was),
    deltas: there.deltas + was.disks.length,
    booted: was.booted,
    changes: there.changes + 1,
    snapshots: {
      ...(there.snapshots ?? { roots: [], taken: 0 }),
      current: snapshot.id,
      reverted: (there.snapshots?.reverted ?? 0) + 1,
    },
  };
  const whole = withoutMissing(back);
  const reverted = replaceMachine(tx, there, power === "poweredOn" ? beginRedo(tx, whole) : whole);
  showGuest(tx, reverted);
  if (power !== machine.power && power !== "suspended")
    post(tx, by, power === "poweredOn" ? "VmPoweredOnEvent" : "VmPoweredOffEvent", { vm: reverted });
  return reverted;
}

/** What is in memory and was written to disks that keep nothing goes. */
function stop(tx: Draft, machine: MachineRecord): MachineRecord {
  hideGuest(tx, machine);
  tx.dropSpace(machine.memory);
  dropGuestMemory(tx, machine.id);
  const off = { power: "poweredOff", memory: 0, frozen: false, forked: false } as const;
  return replaceMachine(tx, machine, { ...discardRedo(tx, machine), ...off });
}

function hostFor(tx: Draft, machine: MachineRecord, host: Ref): number {
  const wanted = placeOn(tx, machine.pool, resolveKind(tx, "HostSystem", host).id);
  requireHostFor(tx, wanted, machine);
  return wanted.id;
}

/** The snapshot's memory, shared with it until one of them is written; on another host it is a copy. */
function memoryOf(
  tx: Draft,
  { id, host, datastore }: MachineRecord,
  was: MachineRecord,
  power: MachineRecord["power"],
): Pick<MachineRecord, "memory" | "forked"> {
  if (power === "poweredOff") return { memory: 0, forked: false };
  if (power === "suspended") return { memory: tx.forkSpace(was.memory, id, 0), forked: false };
  const forked = was.forked && was.host === host;
  const account = memoryAccount(tx, host, datastore, forked);
  const memory = was.host === host ? tx.forkSpace(was.memory, id, account) : tx.copySpace(was.memory, id, account);
  return { memory, forked };
}

/**
 * The snapshot's disks, each with an empty file above. What the machine wrote to them since then goes; disks that it got since then
 * stay on their datastores.
 */
function disksOf(tx: Draft, machine: MachineRecord, was: MachineRecord): readonly MachineDisk[] {
  const kept = machine.disks.filter((disk) => isIndependent(machine, disk) && isIndependent(was, disk));
  const others = machine.disks.filter((disk) => !kept.includes(disk));
  const older = ({ key, layer }: MachineDisk) =>
    was.disks.some((disk) => disk.key === key && layerKey(bottomOf(disk.layer)) === layerKey(bottomOf(layer)));
  const restored = was.disks.map((disk, i) => {
    const layer = freshLayer(tx, machine, disk.layer, machine.deltas + 1 + i);
    refer(tx, disk.layer);
    return { ...disk, layer, space: tx.forkSpace(disk.space, machine.id, diskAccount(tx, layer.datastore)) };
  });
  dropDisks(tx, others.filter(older), true);
  dropDisks(
    tx,
    others.filter((disk) => !older(disk)),
    false,
  );
  return [...restored, ...kept];
}
