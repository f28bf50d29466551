import type { vim } from "../../../vim/index.ts";
import { showsGuest, toolsRunning } from "../../machine/guest.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { linked, parts } from "../derivation.ts";
import { ipStack, net } from "./guest-network.ts";

const installed = (machine: MachineRecord) => machine.guest.toolsRunning;

export const toolsStatus = (machine: MachineRecord): vim.VirtualMachineToolsStatus =>
  !installed(machine) ? "toolsNotInstalled" : toolsRunning(machine) ? "toolsOk" : "toolsNotRunning";
export const toolsVersionStatus = (machine: MachineRecord) =>
  installed(machine) ? "guestToolsUnmanaged" : "guestToolsNotInstalled";
export const toolsRunningStatus = (machine: MachineRecord) =>
  toolsRunning(machine) ? "guestToolsRunning" : "guestToolsNotRunning";
export const guestHeartbeatStatus = (machine: MachineRecord): vim.ManagedEntityStatus =>
  toolsRunning(machine) ? "green" : "gray";
export const hostName = (machine: MachineRecord) => (showsGuest(machine) ? machine.guest.hostName : undefined);
export const ipAddress = (machine: MachineRecord) => (showsGuest(machine) ? machine.guest.ipAddress : undefined);
export const shownGuestId = (machine: MachineRecord) => (showsGuest(machine) ? machine.base.guestId : undefined);
export const shownGuestName = (machine: MachineRecord) =>
  showsGuest(machine) ? machine.base.guestFullName : undefined;

/** The family is in the guest id: `windows2019srv_64Guest`, `ubuntu64Guest`. */
function family({ base }: MachineRecord): string {
  if (/^win/i.test(base.guestId)) return "windowsGuest";
  if (/^(dos|netware|solaris|darwin|other(Guest|64)|freebsd|os2|vmkernel)/i.test(base.guestId))
    return "otherGuestFamily";
  return "linuxGuest";
}

export const guest = parts<MachineRecord, vim.GuestInfo>({
  toolsStatus,
  toolsVersionStatus,
  toolsVersionStatus2: toolsVersionStatus,
  toolsRunningStatus,
  toolsVersion: (machine) => (installed(machine) ? "12389" : "0"),
  toolsInstallType: (machine) => (installed(machine) ? "guestToolsTypeOpenVMTools" : undefined),
  guestId: shownGuestId,
  guestFamily: (machine) => (showsGuest(machine) ? family(machine) : undefined),
  guestFullName: shownGuestName,
  hostName,
  ipAddress,
  net: linked(["networks"], net),
  ipStack,
  screen: (machine) => (showsGuest(machine) ? { width: 1024, height: 768 } : undefined),
  guestState: (machine) => (toolsRunning(machine) ? "running" : "notRunning"),
  appHeartbeatStatus: () => "appStatusGray",
  guestKernelCrashed: (machine) => (toolsRunning(machine) ? false : undefined),
  appState: () => "none",
  guestOperationsReady: toolsRunning,
  interactiveGuestOperationsReady: () => false,
  guestStateChangeSupported: toolsRunning,
  hwVersion: (machine) => (showsGuest(machine) ? machine.base.version : undefined),
});
