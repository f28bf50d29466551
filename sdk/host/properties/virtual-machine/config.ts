import type { vim } from "../../../vim/index.ts";
import { changeVersion } from "../../machine/change-version.ts";
import { machineUuid } from "../../machine/uuid.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { escapeName } from "../../state/name.ts";
import { homePath } from "../../storage/home.ts";
import { linked, parts } from "../derivation.ts";
import { datastoreUrl, iso } from "../values.ts";
import { devices } from "./devices.ts";
import { pathOn } from "./disks.ts";
import { extraConfig } from "./extra-config.ts";

type Config = vim.VirtualMachineConfigInfo;

export const vmPathName = linked(["datastores"], (machine: MachineRecord, reader) =>
  pathOn(reader, machine.datastore, homePath(machine, ".vmx")),
);
const home = linked(["datastores"], ({ datastore, directory }: MachineRecord, reader) =>
  pathOn(reader, datastore, `${directory}/`),
);

const allocation = (given: vim.ResourceAllocationInfo | undefined, shares: number): vim.ResourceAllocationInfo => ({
  reservation: 0,
  expandableReservation: false,
  limit: -1,
  shares: { shares, level: "normal" },
  ...given,
});

/** vSphere's normal shares: 1,000 a processor, 10 a megabyte. */
export const cpuAllocation = ({ base }: MachineRecord) => allocation(base.settings.cpuAllocation, base.numCPU * 1000);
export const memoryAllocation = ({ base }: MachineRecord) =>
  allocation(base.settings.memoryAllocation, base.memoryMB * 10);

const flags: vim.VirtualMachineFlagInfo = Object.freeze({
  disableAcceleration: false,
  enableLogging: true,
  useToe: false,
  runWithDebugInfo: false,
  monitorType: "release",
  htSharing: "any",
  snapshotDisabled: false,
  snapshotLocked: false,
  diskUuidEnabled: false,
  virtualMmuUsage: "automatic",
  virtualExecUsage: "hvAuto",
  snapshotPowerOffBehavior: "powerOff",
  recordReplayEnabled: false,
  faultToleranceType: "unset",
  cbrcCacheEnabled: false,
  vvtdEnabled: false,
  vbsEnabled: false,
});

const powerOps: vim.VirtualMachineDefaultPowerOpInfo = Object.freeze({
  powerOffType: "soft",
  suspendType: "hard",
  resetType: "soft",
  defaultPowerOffType: "soft",
  defaultSuspendType: "hard",
  defaultResetType: "soft",
  standbyAction: "checkpoint",
});

const tools: vim.ToolsConfigInfo = Object.freeze({
  toolsVersion: 12389,
  toolsInstallType: "guestToolsTypeOpenVMTools",
  afterPowerOn: true,
  afterResume: true,
  beforeGuestStandby: true,
  beforeGuestShutdown: true,
  beforeGuestReboot: false,
  toolsUpgradePolicy: "manual",
  syncTimeWithHostAllowed: true,
  syncTimeWithHost: false,
});

const bootOptions: vim.VirtualMachineBootOptions = Object.freeze({
  bootDelay: 0,
  enterBIOSSetup: false,
  efiSecureBootEnabled: false,
  bootRetryEnabled: false,
  bootRetryDelay: 10_000,
  networkBootProtocol: "ipv4",
});

export const hardware = parts<MachineRecord, vim.VirtualHardware>({
  numCPU: ({ base }) => base.numCPU,
  numCoresPerSocket: ({ base }) => base.coresPerSocket,
  autoCoresPerSocket: () => false,
  memoryMB: ({ base }) => base.memoryMB,
  virtualICH7MPresent: () => false,
  virtualSMCPresent: () => false,
  device: linked(["datastores", "networks"], devices),
  motherboardLayout: () => "i440bxHostBridge",
  simultaneousThreads: () => 1,
});

export const config = parts<MachineRecord, Config>({
  changeVersion,
  modified: ({ created }) => iso(created),
  name: ({ name }) => escapeName(name),
  guestFullName: ({ base }) => base.guestFullName,
  version: ({ base }) => base.version,
  uuid: (machine, host) => machineUuid(host.seed, machine, "bios"),
  createDate: ({ created }) => iso(created),
  instanceUuid: (machine, host) => machineUuid(host.seed, machine, "instance"),
  npivTemporaryDisabled: () => true,
  template: ({ template }) => template,
  guestId: ({ base }) => base.guestId,
  alternateGuestName: ({ base }) => base.settings.alternateGuestName ?? "",
  annotation: ({ base }) => base.annotation,
  files: parts({ vmPathName, snapshotDirectory: home, suspendDirectory: home, logDirectory: home }),
  tools: ({ base }) => ({ ...tools, ...base.settings.tools }),
  flags: ({ base }) => ({ ...flags, ...base.settings.flags }),
  defaultPowerOps: () => powerOps,
  rebootPowerOff: () => false,
  hardware,
  cpuAllocation,
  memoryAllocation,
  latencySensitivity: () => ({ level: "normal" }),
  memoryHotAddEnabled: ({ base }) => base.settings.memoryHotAddEnabled ?? false,
  cpuHotAddEnabled: ({ base }) => base.settings.cpuHotAddEnabled ?? false,
  cpuHotRemoveEnabled: ({ base }) => base.settings.cpuHotRemoveEnabled ?? false,
  extraConfig,
  datastoreUrl: linked(["datastores"], ({ datastore }, reader) => {
    const name = reader.object(datastore)?.name ?? "";
    return [{ name, url: datastoreUrl(reader.seed, datastore).slice("ds://".length) }];
  }),
  swapPlacement: () => "inherit",
  bootOptions: ({ base }) => ({ ...bootOptions, ...base.settings.bootOptions }),
  vAssertsEnabled: () => false,
  changeTrackingEnabled: () => false,
  firmware: ({ base }) => base.firmware,
  maxMksConnections: () => -1,
  guestAutoLockEnabled: () => true,
  managedBy: ({ base }) => base.settings.managedBy,
  memoryReservationLockedToMax: () => false,
  nestedHVEnabled: () => false,
  vPMCEnabled: () => false,
  messageBusTunnelEnabled: () => false,
  guestIntegrityInfo: () => ({ enabled: false }),
  migrateEncryption: () => "opportunistic",
  ftEncryptionMode: () => "ftEncryptionOpportunistic",
  sevEnabled: () => false,
});
