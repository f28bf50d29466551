import type { vim } from "../../vim/index.ts";
import { apiVersion } from "../content.ts";
import { esxProduct } from "../esx-content.ts";
import { autoStartOf } from "../hosts/auto-start.ts";
import { dateTimeOf } from "../hosts/date-time.ts";
import { firewallOf } from "../hosts/firewall.ts";
import { servicesOf } from "../hosts/services.ts";
import { settings, supportedOptions } from "../inventory/host-options.ts";
import { networkInfo } from "../network/network-info.ts";
import { mix } from "../random.ts";
import { valuesOf } from "../settings/custom-fields.ts";
import { escapeName } from "../state/name.ts";
import type { HostRecord } from "../state/record.ts";
import { storageDevices } from "../storage/host-disks.ts";
import { pageBytes } from "../storage/usage.ts";
import { link, linked, links, measured, parts } from "./derivation.ts";
import { entity } from "./entity.ts";
import { capability } from "./host-capability.ts";
import { fileSystems } from "./host-storage.ts";
import type { Table } from "./table.ts";
import { datastoreBrowserOf, green, hostServicesOf, inMB, iso } from "./values.ts";

const packages = 2;
const vendor = "Fargo";
const model = "Simulated Server";
const cpuModel = "Simulated CPU @ 2.60GHz";
const hz = (host: HostRecord) => host.mhz * 1_000_000;

/** The UUID that a host's firmware would tell. */
export function hostUuid(seed: number, host: number): string {
  const part = (n: number) => mix(seed, 0x4057, host, n).toString(16).padStart(8, "0");
  return `${part(1)}-${part(2).slice(0, 4)}-4${part(2).slice(5)}-8${part(3).slice(0, 3)}-${part(4)}${part(5).slice(0, 4)}`;
}

const product = esxProduct(apiVersion);

export const runtime = parts<HostRecord, vim.HostRuntimeInfo>({
  connectionState: (host) => host.connection,
  powerState: () => "poweredOn",
  standbyMode: () => "none",
  inMaintenanceMode: (host) => host.maintenance,
  inQuarantineMode: () => false,
  bootTime: (host) => iso(host.booted),
  hostMaxVirtualDiskCapacity: () => 62 * 2 ** 40,
  cryptoState: () => "incapable",
});

const cpuPackages = (host: HostRecord): vim.HostCpuPackage[] =>
  Array.from({ length: packages }, (_, index) => {
    const threads = (2 * host.cores) / packages;
    return {
      index,
      vendor: "intel",
      hz: hz(host),
      busHz: 100_000_000,
      description: cpuModel,
      threadId: Array.from({ length: threads }, (_, thread) => index * threads + thread),
    };
  });

const hardware = parts<HostRecord, vim.HostHardwareInfo>({
  systemInfo: (host, { seed }) => ({ vendor, model, uuid: hostUuid(seed, host.id), serialNumber: `FARGO-${host.id}` }),
  cpuInfo: (host) => ({
    numCpuPackages: packages,
    numCpuCores: host.cores,
    numCpuThreads: 2 * host.cores,
    hz: hz(host),
  }),
  cpuPkg: cpuPackages,
  memorySize: (host) => host.memoryBytes,
  biosInfo: () => ({ biosVersion: "1.0" }),
});

const summary = parts<HostRecord, vim.HostListSummary>({
  host: link((host) => host.id),
  hardware: parts({
    vendor: () => vendor,
    model: () => model,
    uuid: (host, { seed }) => hostUuid(seed, host.id),
    memorySize: (host) => host.memoryBytes,
    cpuModel: () => cpuModel,
    cpuMhz: (host) => host.mhz,
    numCpuPkgs: () => packages,
    numCpuCores: (host) => host.cores,
    numCpuThreads: (host) => 2 * host.cores,
    numNics: () => 2,
    numHBAs: () => 2,
  }),
  runtime,
  config: parts({
    name: (host) => escapeName(host.name),
    port: () => 443,
    product: () => product,
    vmotionEnabled: () => true,
    faultToleranceEnabled: () => false,
  }),
  quickStats: parts({
    overallCpuUsage: () => 0,
    overallMemoryUsage: measured((_host, [pages = 0]) => inMB(pages * pageBytes)),
    distributedCpuFairness: () => 0,
    distributedMemoryFairness: () => 0,
    availablePMemCapacity: () => 0,
    uptime: linked(["moment"], (host, reader) => Math.max(0, Math.floor((reader.now - host.booted) / 1000))),
  }),
  overallStatus: green,
  rebootRequired: () => false,
  maintenanceModeRequired: () => false,
  customValue: valuesOf,
});

const lockdownOf = ({ settings }: HostRecord): vim.HostLockdownMode =>
  settings?.lockdown === "lockdownNormal" ? "lockdownNormal" : "lockdownDisabled";

const resource = (key: string, value: number): vim.KeyAnyValue => ({ key, value });

export const hostSystem: Table<"HostSystem", HostRecord> = {
  ...entity(),
  runtime,
  summary,
  hardware,
  licensableResource: (host) => ({
    resource: [
      resource("numCpuPackages", packages),
      resource("numCpuCores", host.cores),
      resource("memorySize", host.memoryBytes),
    ],
  }),
  configManager: hostServicesOf,
  config: parts({
    host: link((host) => host.id),
    product: () => product,
    storageDevice: linked(["datastores"], (host, reader) => storageDevices(reader, host)),
    fileSystemVolume: linked(["datastores"], (host, reader) => fileSystems(reader, host)),
    network: linked(["networks", "members"], (host, reader) => networkInfo(reader, host)),
    option: settings,
    optionDef: supportedOptions,
    hyperThread: () => ({ available: true, active: true, config: true }),
    service: servicesOf,
    firewall: firewallOf,
    autoStart: autoStartOf,
    dateTimeInfo: dateTimeOf,
    flags: (host) => host.settings?.flags,
    lockdownMode: (host) => lockdownOf(host),
    adminDisabled: (host) => lockdownOf(host) !== "lockdownDisabled",
    wakeOnLanCapable: () => false,
  }),
  capability,
  vm: links((host) => host.vms),
  datastore: links((host) => host.datastores),
  network: links((host) => host.networks),
  datastoreBrowser: datastoreBrowserOf,
};
