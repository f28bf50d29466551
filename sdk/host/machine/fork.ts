import { inheritGuestMemory } from "../guest/memory/lifetime.ts";
import { requirePorts } from "../network/ports.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { insert } from "../state/tree.ts";
import { diskAccount, memoryAccount } from "../storage/accounts.ts";
import { freeDirectory } from "../storage/directory.ts";
import { deltaOn, refer } from "../storage/layers.ts";
import type { Doer } from "./create.ts";
import { over } from "./extra-config.ts";
import { forkEvent } from "./fork-event.ts";
import { chainWarning } from "./fork-source.ts";
import type { ForkPlan } from "./fork-spec.ts";
import { belowRaised, raise, settled } from "./fresh-layer.ts";
import { guestOfFork, showGuest } from "./guest.ts";
import { enter } from "./links.ts";
import { indexUuids } from "./uuid.ts";

/**
 * Forks a running machine: the fork runs on from the same instruction, with the same memory and disks, until one of them
 * writes. It costs the same whatever the size of the source. The source has been checked.
 */
export function forkMachine(tx: Draft, by: Doer, source: MachineRecord, plan: ForkPlan): MachineRecord {
  const id = tx.nextId++;
  const datastore = plan.datastore.id;
  const directory = freeDirectory(plan.datastore, plan.name);
  const extraConfig = over(source.extraConfig, plan.extraConfig);
  const running = !source.frozen && source.disks.length > 0;
  const after = running ? raise(tx, source) : settled(tx, source);
  const fork: MachineRecord = {
    kind: "VirtualMachine",
    id,
    name: plan.name,
    parent: plan.folder,
    base: source.base,
    host: source.host,
    pool: plan.pool,
    datastore,
    directory,
    template: false,
    power: "poweredOn",
    frozen: false,
    memory: tx.forkSpace(source.memory, id, memoryAccount(tx, source.host, datastore, true)),
    forked: true,
    disks: forkDisks(tx, running ? belowRaised(source, after) : after.disks, id, datastore, directory),
    devices: plan.devices,
    extraConfig,
    uuid: plan.uuid,
    instanceUuid: undefined,
    guest: guestOfFork(source, { base: source.base, extraConfig }),
    created: tx.now,
    booted: tx.now,
    changes: 0,
    source: source.id,
    made: "instantClone",
    snapshots: undefined,
    deltas: 1,
  };
  insert(tx, fork);
  enter(tx, fork);
  requirePorts(tx, fork);
  indexUuids(tx, undefined, fork);
  showGuest(tx, fork);
  inheritGuestMemory(tx, source.id, id);
  if (running) deepened(tx, by, source, after);
  post(tx, by, "EventEx", {
    vm: fork,
    eventTypeId: "com.vmware.vc.VmInstantClonedEvent",
    more: forkEvent(tx, by.chain, source, id),
  });
  return fork;
}

/** Each disk of the fork gets an empty file of its own above what is the source's topmost now. */
function forkDisks(
  tx: Draft,
  disks: readonly MachineDisk[],
  id: number,
  datastore: number,
  directory: string,
): readonly MachineDisk[] {
  const account = diskAccount(tx, datastore);
  return disks.map(({ key, space, layer }, index) => {
    refer(tx, layer);
    // Joined, not added up: the engine would keep an addition's parts for as long as the path lives.
    const path = [directory, "/", directory, index === 0 ? "" : `_${index}`, "-000001.vmdk"].join("");
    return {
      key,
      space: tx.forkSpace(space, id, account),
      layer: deltaOn(layer, datastore, path),
    };
  });
}

/**
 * A source that runs goes on writing, so it gets a new file for each disk too: its chains grow by one with every clone. A frozen
 * one writes nothing; it gets them when it first writes again (`writeDisk`).
 */
function deepened(tx: Draft, by: Doer, source: MachineRecord, after: MachineRecord): void {
  tx.put(after);
  const warning = chainWarning(source) ? undefined : chainWarning(after);
  if (warning) post(tx, by, "VmMessageWarningEvent", { vm: after, more: { message: warning.message } });
}
