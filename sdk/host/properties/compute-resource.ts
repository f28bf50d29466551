import type { vim } from "../../vim/index.ts";
import type { ComputeRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { type Derivation, link, linked, links, parts, partsOfType } from "./derivation.ts";
import { entity } from "./entity.ts";
import type { Table } from "./table.ts";
import { environmentBrowserOf, green, MiB } from "./values.ts";

/** What the hosts of a compute resource have between them. */
export interface Capacity {
  readonly hosts: number;
  readonly cores: number;
  readonly mhz: number;
  readonly memoryBytes: number;
}

/** The hosts of a compute resource added up: all, or those that can run machines now. */
export function capacityOf(view: Pick<View, "object">, compute: ComputeRecord, effective: boolean): Capacity {
  const sum = { hosts: 0, cores: 0, mhz: 0, memoryBytes: 0 };
  for (const id of compute.hosts.keys()) {
    const host = view.object(id);
    if (host?.kind !== "HostSystem") continue;
    if (effective && (host.maintenance || host.connection !== "connected")) continue;
    sum.hosts++;
    sum.cores += host.cores;
    sum.mhz += host.cores * host.mhz;
    sum.memoryBytes += host.memoryBytes;
  }
  return sum;
}

const figure = (effective: boolean, of: (capacity: Capacity) => number) =>
  linked(["hosts"], (compute: ComputeRecord, reader) => of(capacityOf(reader, compute, effective)));

const totals = {
  totalCpu: figure(false, ({ mhz }) => mhz),
  totalMemory: figure(false, ({ memoryBytes }) => memoryBytes),
  numCpuCores: figure(false, ({ cores }) => cores),
  numCpuThreads: figure(false, ({ cores }) => 2 * cores),
  effectiveCpu: figure(true, ({ mhz }) => mhz),
  effectiveMemory: figure(true, ({ memoryBytes }) => Math.floor(memoryBytes / MiB)),
  numHosts: (compute: ComputeRecord) => compute.hosts.size,
  numEffectiveHosts: figure(true, ({ hosts }) => hosts),
  overallStatus: green,
} satisfies {
  [P in keyof vim.ComputeResourceSummaryItself as Exclude<P, "_typeName">]: Derivation<ComputeRecord, unknown>;
};

const swapPlacement = ({ settings }: ComputeRecord) => settings?.swapPlacement ?? "vmDirectory";

export const computeResource: Table<"ComputeResource", ComputeRecord> = {
  ...entity(),
  resourcePool: link((compute) => compute.pool),
  host: links((compute) => compute.hosts),
  datastore: links((compute) => compute.datastores),
  network: links((compute) => compute.networks),
  summary: parts(totals),
  environmentBrowser: environmentBrowserOf,
  configurationEx: parts({ vmSwapPlacement: swapPlacement, spbmEnabled: () => false }),
};

const clusterSummary = partsOfType<ComputeRecord, vim.ClusterComputeResourceSummary>("ClusterComputeResourceSummary", {
  ...totals,
  currentFailoverLevel: () => 0,
  numVmotions: () => 0,
  targetBalance: () => -1000,
  currentBalance: () => -1000,
});

const dasConfig = ({ ha, settings }: ComputeRecord): vim.ClusterDasConfigInfo => ({
  vmMonitoring: "vmMonitoringDisabled",
  hostMonitoring: "enabled",
  failoverLevel: 1,
  admissionControlEnabled: false,
  ...settings?.das,
  enabled: ha,
});

const drsConfig = ({ drs, settings }: ComputeRecord): vim.ClusterDrsConfigInfo => ({
  enableVmBehaviorOverrides: true,
  defaultVmBehavior: "fullyAutomated",
  vmotionRate: 3,
  ...settings?.drs,
  enabled: drs,
});

const dasVmConfig = ({ settings }: ComputeRecord) => settings?.dasVm ?? [];
const drsVmConfig = ({ settings }: ComputeRecord) => settings?.drsVm ?? [];
const rule = ({ settings }: ComputeRecord) => settings?.rules ?? [];

export const clusterComputeResource: Table<"ClusterComputeResource", ComputeRecord> = {
  ...computeResource,
  summary: clusterSummary,
  summaryEx: clusterSummary,
  configuration: parts({ dasConfig, dasVmConfig, drsConfig, drsVmConfig, rule }),
  configurationEx: partsOfType("ClusterConfigInfoEx", {
    vmSwapPlacement: swapPlacement,
    spbmEnabled: () => false,
    dasConfig,
    dasVmConfig,
    drsConfig,
    drsVmConfig,
    rule,
    orchestration: ({ settings }) => settings?.orchestration,
    vmOrchestration: ({ settings }) => settings?.vmReadiness ?? [],
    dpmConfigInfo: ({ settings }) => settings?.dpm,
    group: ({ settings }) => settings?.groups ?? [],
  }),
};
