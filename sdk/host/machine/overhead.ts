import { fault, invalidState } from "../faults.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { memoryPages } from "../storage/accounts.ts";
import { pageBytes } from "../storage/usage.ts";

const MiB = 2 ** 20;

/**
 * Bytes of host memory that a running machine holds beside its guest's pages. Assumed, after the table in VMware's resource
 * management guide: some 20 MiB, and more by processor and by GiB. A fork shares most of it with its source.
 */
export function overheadBytes(machine: Pick<MachineRecord, "base" | "forked">): number {
  const { numCPU, memoryMB } = machine.base;
  return machine.forked ? MiB : Math.round((20 + 3 * numCPU + (7.5 * memoryMB) / 1024) * MiB);
}

/** Bytes of host memory that are set aside for a machine in its present power state. */
export function reservedBytes(machine: Pick<MachineRecord, "base" | "forked" | "power">): number {
  if (machine.power !== "poweredOn") return 0;
  return Number(machine.base.settings.memoryAllocation?.reservation ?? 0) * MiB + overheadBytes(machine);
}

/** Throws unless a host takes work at all. */
export function requireReady(host: HostRecord): void {
  if (host.connection !== "connected")
    throw fault("HostNotConnected", {}, `The host '${host.name}' is not connected. Connect it first.`);
  if (host.maintenance) throw invalidState(`The host '${host.name}' is in maintenance mode. Exit it first.`);
}

/**
 * Throws InsufficientHostMemoryCapacityFault unless so many bytes more can be set aside on a host: beside what is reserved there,
 * and beside the pages that its machines hold. What machines are configured with counts for nothing: they share.
 */
export function requireHostMemory(view: View, host: HostRecord, bytes: number, name: string): void {
  const taken = Math.max(host.reservedBytes, memoryPages(view, host.id) * pageBytes);
  const unreserved = Math.max(0, host.memoryBytes - taken);
  if (bytes <= unreserved) return;
  throw fault(
    "InsufficientHostMemoryCapacityFault",
    { host: refOf(host), unreserved, requested: bytes },
    `The host '${host.name}' has not enough memory for '${name}': ${bytes} bytes are asked for, ${unreserved} are neither reserved nor in use.`,
  );
}
