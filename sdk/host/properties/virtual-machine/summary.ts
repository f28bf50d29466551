import type { vim } from "../../../vim/index.ts";
import { isCard } from "../../machine/devices.ts";
import { machineUuid } from "../../machine/uuid.ts";
import { valuesOf } from "../../settings/custom-fields.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { escapeName } from "../../state/name.ts";
import { link, parts } from "../derivation.ts";
import { green } from "../values.ts";
import { vmPathName } from "./config.ts";
import * as shown from "./guest.ts";
import { quickStats } from "./quick-stats.ts";
import { runtime } from "./runtime.ts";
import { storageSummary } from "./storage.ts";

const configSummary = parts<MachineRecord, vim.VirtualMachineConfigSummary>({
  name: ({ name }) => escapeName(name),
  template: ({ template }) => template,
  vmPathName,
  memorySizeMB: ({ base }) => base.memoryMB,
  cpuReservation: ({ base }) => base.settings.cpuAllocation?.reservation ?? 0,
  memoryReservation: ({ base }) => base.settings.memoryAllocation?.reservation ?? 0,
  numCpu: ({ base }) => base.numCPU,
  numEthernetCards: ({ base }) => base.devices.filter(isCard).length,
  numVirtualDisks: ({ disks }) => disks.length,
  uuid: (machine, host) => machineUuid(host.seed, machine, "bios"),
  instanceUuid: (machine, host) => machineUuid(host.seed, machine, "instance"),
  guestId: ({ base }) => base.guestId,
  guestFullName: ({ base }) => base.guestFullName,
  annotation: ({ base }) => base.annotation,
  installBootRequired: () => false,
  managedBy: ({ base }) => base.settings.managedBy,
  tpmPresent: () => false,
  numVmiopBackings: () => 0,
  hwVersion: ({ base }) => base.version,
});

const guestSummary = parts<MachineRecord, vim.VirtualMachineGuestSummary>({
  guestId: shown.shownGuestId,
  guestFullName: shown.shownGuestName,
  toolsStatus: shown.toolsStatus,
  toolsVersionStatus: shown.toolsVersionStatus,
  toolsVersionStatus2: shown.toolsVersionStatus,
  toolsRunningStatus: shown.toolsRunningStatus,
  hostName: shown.hostName,
  ipAddress: shown.ipAddress,
  hwVersion: ({ base }) => base.version,
});

export const summary = parts<MachineRecord, vim.VirtualMachineSummary>({
  vm: link(({ id }) => id),
  runtime,
  guest: guestSummary,
  config: configSummary,
  storage: storageSummary,
  quickStats,
  overallStatus: green,
  customValue: valuesOf,
});
