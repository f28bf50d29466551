import { fault, invalidPowerState } from "../faults.ts";
import { dropGuestMemory } from "../guest/memory/lifetime.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import { memoryAccount } from "../storage/accounts.ts";
import { reconnected } from "./connect.ts";
import type { Doer } from "./create.ts";
import { guestAtBoot, hideGuest, showGuest, toolsRunning } from "./guest.ts";
import { replaceMachine } from "./links.ts";
import { requireNoTemplate } from "./lookup.ts";
import { moveMemory } from "./memory-move.ts";
import { requireReady } from "./overhead.ts";
import { beginRedo, discardRedo } from "./redo.ts";
import { hostForPower, moveToHost } from "./rehost.ts";

const MiB = 2 ** 20;

/** Throws unless a machine can be powered on. */
export function requirePowerOn(machine: MachineRecord): void {
  requireNoTemplate(machine, "powering on");
  if (machine.power === "poweredOn") throw invalidPowerState("poweredOn", "poweredOn", machine.name);
}

/**
 * Powers a machine on, or resumes it. Its memory is zero then, or, with a seed, has content in every page of which no two are
 * alike. Throws unless the host has memory and processors for it and the datastore has room for its swap file.
 */
export function powerOn(
  tx: Draft,
  by: Doer,
  off: MachineRecord,
  options: {
    readonly host?: number | undefined;
    readonly memorySeed?: number;
  } = {},
): MachineRecord {
  requirePowerOn(off);
  const host = hostForPower(tx, off, options.host);
  requireProcessors(host, off);
  const resumed = off.power === "suspended";
  const there = moveToHost(tx, off, host.id);
  const machine = resumed ? there : beginRedo(tx, there);
  post(tx, by, resumed ? "VmResumingEvent" : "VmStartingEvent", {
    vm: machine,
  });
  const account = memoryAccount(tx, machine.host, machine.datastore, false);
  const fresh = resumed
    ? { memory: moveMemory(tx, machine.id, machine.memory, account) }
    : {
        ...newMemory(tx, machine, options.memorySeed),
        frozen: false,
        forked: false,
        booted: tx.now,
        guest: guestAtBoot(machine),
      };
  const on = replaceMachine(tx, there, {
    ...machine,
    ...fresh,
    devices: reconnected(machine),
    power: "poweredOn",
  });
  showGuest(tx, on);
  post(tx, by, "VmPoweredOnEvent", { vm: on });
  return on;
}

/** Throws unless a machine can be powered off. */
export function requirePowerOff(machine: MachineRecord): void {
  if (machine.power === "poweredOff") throw invalidPowerState("poweredOff", "poweredOff", machine.name);
}

/** Throws unless a machine runs, as it must to get into another state. */
export function requireRunning(machine: MachineRecord, to: MachineRecord["power"]): void {
  if (machine.power !== "poweredOn") throw invalidPowerState(machine.power, to, machine.name);
}

/** Powers a machine off. What was in its memory is gone, and so is its being frozen. */
export function powerOff(tx: Draft, by: Doer, machine: MachineRecord): MachineRecord {
  requirePowerOff(machine);
  post(tx, by, "VmStoppingEvent", { vm: machine });
  hideGuest(tx, machine);
  tx.dropSpace(machine.memory);
  dropGuestMemory(tx, machine.id);
  // That a frozen machine is thawed by this is nowhere documented; it cannot stay frozen with no memory to go on in.
  const off = replaceMachine(tx, machine, {
    ...discardRedo(tx, machine),
    power: "poweredOff",
    memory: 0,
    guest: guestAtBoot(machine),
    frozen: false,
    forked: false,
  });
  post(tx, by, "VmPoweredOffEvent", { vm: off });
  return off;
}

/**
 * Suspends a machine: its memory goes to a file, where it shares nothing with anybody and takes no memory of the host, and comes
 * back when it is powered on.
 */
export function suspend(tx: Draft, by: Doer, machine: MachineRecord): MachineRecord {
  requireRunning(machine, "suspended");
  post(tx, by, "VmSuspendingEvent", { vm: machine });
  hideGuest(tx, machine);
  const suspended = replaceMachine(tx, machine, {
    ...machine,
    power: "suspended",
    memory: moveMemory(tx, machine.id, machine.memory, 0),
    forked: false,
  });
  post(tx, by, "VmSuspendedEvent", { vm: suspended });
  return suspended;
}

/** Starts a running machine anew, with empty memory. A frozen one is thawed by it (undocumented, as in `powerOff`). */
export function reset(tx: Draft, by: Doer, machine: MachineRecord): MachineRecord {
  requireRunning(machine, "poweredOn");
  post(tx, by, "VmResettingEvent", { vm: machine });
  const clean = beginRedo(tx, discardRedo(tx, machine));
  return restart(tx, clean === machine ? machine : replaceMachine(tx, machine, clean));
}

/** Asks the guest to shut down. */
export function shutdownGuest(tx: Draft, by: Doer, machine: MachineRecord): void {
  requireTools(machine, "poweredOff");
  post(tx, by, "VmGuestShutdownEvent", { vm: machine });
  powerOff(tx, by, machine);
}

/** Asks the guest to start anew. */
export function rebootGuest(tx: Draft, by: Doer, machine: MachineRecord): void {
  requireTools(machine, "poweredOn");
  post(tx, by, "VmGuestRebootEvent", { vm: machine });
  restart(tx, machine);
}

/** Asks the guest to go to sleep; as `standbyAction` is `checkpoint`, the machine is suspended by that. */
export function standbyGuest(tx: Draft, by: Doer, machine: MachineRecord): void {
  requireTools(machine, "suspended");
  post(tx, by, "VmGuestStandbyEvent", { vm: machine });
  suspend(tx, by, machine);
}

/** The guest stops at its fork point, as `vmware-rpctool instantclone.freeze` does; forks go on from there. */
export function freeze(tx: Draft, machine: MachineRecord): MachineRecord {
  requireTools(machine, "poweredOn");
  const frozen = { ...machine, frozen: true };
  tx.put(frozen);
  return frozen;
}

function restart(tx: Draft, machine: MachineRecord): MachineRecord {
  tx.dropSpace(machine.memory);
  dropGuestMemory(tx, machine.id);
  return replaceMachine(tx, machine, {
    ...machine,
    ...newMemory(tx, machine, undefined),
    devices: reconnected(machine),
    frozen: false,
    forked: false,
    booted: tx.now,
    guest: guestAtBoot(machine),
  });
}

function newMemory(tx: Draft, machine: MachineRecord, seed: number | undefined): { readonly memory: number } {
  const account = memoryAccount(tx, machine.host, machine.datastore, false);
  const options = {
    bytes: machine.base.memoryMB * MiB,
    owner: machine.id,
    account,
  };
  return {
    memory: tx.createSpace(seed === undefined ? options : { ...options, seed }),
  };
}

function requireProcessors(host: HostRecord, machine: MachineRecord): void {
  requireReady(host);
  const { numCPU, settings } = machine.base;
  if (numCPU > host.cores)
    throw fault(
      "NotEnoughCpus",
      { numCpuDest: host.cores, numCpuVm: numCPU },
      `'${machine.name}' has ${numCPU} processors, its host '${host.name}' only ${host.cores}.`,
    );
  const requested = Number(settings.cpuAllocation?.reservation ?? 0);
  const unreserved = host.cores * host.mhz;
  if (requested > unreserved)
    throw fault(
      "InsufficientCpuResourcesFault",
      { unreserved, requested },
      `The host '${host.name}' has ${unreserved} MHz, '${machine.name}' reserves ${requested}.`,
    );
}

function requireTools(machine: MachineRecord, to: MachineRecord["power"]): void {
  requireRunning(machine, to);
  if (toolsRunning(machine)) return;
  const why = machine.frozen ? "the guest is frozen at its fork point" : "they are not running in the guest";
  throw fault("ToolsUnavailable", {}, `VMware Tools do not answer in '${machine.name}': ${why}.`);
}
