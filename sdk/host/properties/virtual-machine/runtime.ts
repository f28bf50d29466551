import type { vim } from "../../../vim/index.ts";
import { overheadBytes } from "../../machine/overhead.ts";
import { questionOf, shown } from "../../machine/question.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { HostRecord } from "../../state/record.ts";
import { link, linked, parts, type Reader } from "../derivation.ts";
import { iso } from "../values.ts";

const on = (machine: MachineRecord) => machine.power === "poweredOn";

function hostOf(machine: MachineRecord, reader: Reader): HostRecord | undefined {
  const host = reader.object(machine.host);
  return host?.kind === "HostSystem" ? host : undefined;
}

/** A machine is as well connected as its host is. */
export const connectionState = linked(
  ["host"],
  (machine: MachineRecord, reader): vim.VirtualMachineConnectionState =>
    hostOf(machine, reader)?.connection === "disconnected" ? "disconnected" : "connected",
);

export const runtime = parts<MachineRecord, vim.VirtualMachineRuntimeInfo>({
  host: link((machine) => machine.host),
  connectionState,
  powerState: (machine) => machine.power,
  faultToleranceState: () => "notConfigured",
  toolsInstallerMounted: () => false,
  bootTime: (machine) => (on(machine) ? iso(machine.booted) : undefined),
  suspendInterval: () => 0,
  memoryOverhead: (machine) => (on(machine) ? overheadBytes(machine) : undefined),
  maxCpuUsage: linked(["host"], (machine, reader) =>
    on(machine) ? machine.base.numCPU * (hostOf(machine, reader)?.mhz ?? 0) : undefined,
  ),
  maxMemoryUsage: (machine) => (on(machine) ? machine.base.memoryMB : undefined),
  question: (machine) => {
    const asked = questionOf(machine);
    return asked && shown(asked);
  },
  numMksConnections: () => 0,
  recordReplayState: () => "inactive",
  onlineStandby: () => false,
  consolidationNeeded: ({ snapshots }) => snapshots?.unmerged ?? false,
  vFlashCacheAllocation: () => 0,
  paused: () => false,
  snapshotInBackground: () => false,
  quiescedForkParent: () => false,
  instantCloneFrozen: (machine) => machine.frozen,
  suspendedToMemory: () => false,
});
