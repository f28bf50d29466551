import type { vim } from "../../../vim/index.ts";
import { overheadBytes } from "../../machine/overhead.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { pageBytes, pagesOf } from "../../storage/usage.ts";
import { type Bytes, linked, measured, parts } from "../derivation.ts";
import { inMB } from "../values.ts";
import { guestHeartbeatStatus } from "./guest.ts";

const on = (machine: MachineRecord) => machine.power === "poweredOn";
const none = () => 0;

/** A figure of the guest's memory in MB; none is left in the memory of a host when the machine does not run. */
const memory = (of: (pages: { readonly mapped: number; readonly own: number }) => number) =>
  measured((machine: MachineRecord, bytes) => (on(machine) ? inMB(of(pagesOf(bytes)) * pageBytes) : 0));

/**
 * Host memory behind a machine. Pages that forks share with their source count with the source, so that the machines of a host
 * add up to what the host has in use.
 */
const consumedPages = (machine: MachineRecord, bytes: Bytes) => {
  const { mapped, own } = pagesOf(bytes);
  return machine.forked ? own : mapped;
};
const consumed = measured((machine: MachineRecord, bytes) =>
  on(machine) ? inMB(consumedPages(machine, bytes) * pageBytes) : 0,
);

/** No instruction of a guest is ever run: processors are idle, and memory is as active as it is used. */
export const quickStats = parts<MachineRecord, vim.VirtualMachineQuickStats>({
  overallCpuUsage: none,
  overallCpuDemand: none,
  overallCpuReadiness: none,
  guestMemoryUsage: consumed,
  hostMemoryUsage: measured((machine, bytes) =>
    on(machine) ? inMB(consumedPages(machine, bytes) * pageBytes + overheadBytes(machine)) : 0,
  ),
  guestHeartbeatStatus,
  distributedCpuEntitlement: none,
  distributedMemoryEntitlement: consumed,
  staticCpuEntitlement: none,
  staticMemoryEntitlement: (machine) => (on(machine) ? machine.base.memoryMB : 0),
  grantedMemory: memory(({ mapped }) => mapped),
  privateMemory: memory(({ own }) => own),
  sharedMemory: memory(({ mapped, own }) => mapped - own),
  swappedMemory: none,
  balloonedMemory: none,
  consumedOverheadMemory: (machine) => (on(machine) ? inMB(overheadBytes(machine)) : 0),
  ftLogBandwidth: () => -1,
  ftSecondaryLatency: () => -1,
  ftLatencyStatus: () => "gray",
  compressedMemory: none,
  uptimeSeconds: linked(["moment"], (machine, reader) =>
    on(machine) ? Math.max(0, Math.floor((reader.now - machine.booted) / 1000)) : undefined,
  ),
  ssdSwappedMemory: none,
  activeMemory: consumed,
});
