import type { vim } from "../../../vim/index.ts";
import { touchedPages } from "../../guest/memory/touched.ts";
import { overheadBytes } from "../../machine/overhead.ts";
import { consumedBytes } from "../../performance/memory-figures.ts";
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

const bytesIn = (figures: Bytes) => {
  const { mapped, own } = pagesOf(figures);
  return { mapped: mapped * pageBytes, own: own * pageBytes };
};

/** The same figures as the counters `mem.*` of `performance/`, in MB. */
const consumed = measured((machine: MachineRecord, bytes) =>
  on(machine) ? inMB(consumedBytes(machine, bytesIn(bytes))) : 0,
);

/** What the guest has touched in the last minute: it becomes less by itself. */
const active = linked<MachineRecord, number>(["moment", "bytes"], (machine, reader) =>
  on(machine) ? inMB(touchedPages(reader, machine.id).touched * pageBytes) : 0,
);

/** No instruction of a guest is ever run: processors are idle. */
export const quickStats = parts<MachineRecord, vim.VirtualMachineQuickStats>({
  overallCpuUsage: none,
  overallCpuDemand: none,
  overallCpuReadiness: none,
  guestMemoryUsage: active,
  hostMemoryUsage: measured((machine, bytes) =>
    on(machine) ? inMB(consumedBytes(machine, bytesIn(bytes)) + overheadBytes(machine)) : 0,
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
  activeMemory: active,
});
