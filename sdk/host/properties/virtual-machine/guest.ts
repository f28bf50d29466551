import type { vim } from "../../../vim/index.ts";
import { devicesOf, isCard, networkOf } from "../../machine/devices.ts";
import { showsGuest, toolsRunning } from "../../machine/guest.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { linked, parts, type Reader } from "../derivation.ts";
import { macAddressOf } from "./devices.ts";

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

/** Network cards as the guest sees them; its address is on the first. */
function net(machine: MachineRecord, reader: Reader): vim.GuestNicInfo[] {
  if (!showsGuest(machine)) return [];
  return devicesOf(machine)
    .filter(isCard)
    .map((card, index) => {
      const network = reader.object(networkOf(card));
      const address = index === 0 ? machine.guest.ipAddress : undefined;
      return {
        ...(network ? { network: network.name } : {}),
        ...(address === undefined ? {} : { ipAddress: [address], ipConfig: { ipAddress: [address].map(preferred) } }),
        macAddress: macAddressOf(machine, card),
        connected: card.connectable?.connected ?? true,
        deviceConfigId: card.key,
      };
    });
}

const preferred = (ipAddress: string): vim.NetIpConfigInfoIpAddress => ({
  ipAddress,
  prefixLength: ipAddress.includes(":") ? 64 : 24,
  state: "preferred",
});

/** What the guest is called on the network: the first label, and the rest as its domain. */
function ipStack(machine: MachineRecord): vim.GuestStackInfo[] {
  const name = hostName(machine);
  if (name === undefined) return [];
  const dot = name.indexOf(".");
  const first = dot < 0 ? name : name.slice(0, dot);
  return [{ dnsConfig: { dhcp: false, hostName: first, domainName: dot < 0 ? "" : name.slice(dot + 1) } }];
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
