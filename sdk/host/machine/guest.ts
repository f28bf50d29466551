import type { Draft } from "../state/draft.ts";
import type { GuestRecord } from "../state/guest-record.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { exclude, include } from "../state/several.ts";
import { extraValue } from "./extra-config.ts";

/** True when VMware Tools answer: a guest that is frozen at its fork point does not run, so neither do its tools. */
export const toolsRunning = (machine: MachineRecord): boolean =>
  machine.power === "poweredOn" && !machine.frozen && machine.guest.toolsRunning;

/** True when the machine's host name and address are to be seen: a frozen guest still shows what it last said. */
export const showsGuest = (machine: MachineRecord): boolean =>
  machine.power === "poweredOn" && machine.guest.toolsRunning;

/**
 * The keys by which a guest is found: `FindByDnsName`, `FindByIp`. A name is its own key where it can be, so that a fork does not
 * hold it twice.
 */
export function dnsKey(name: string): string {
  const key = name.toLowerCase();
  return key.startsWith("ip:") ? `dns:${key}` : key;
}
export const ipKey = (address: string): string => `ip:${address.toLowerCase()}`;

/** A guest begins to show itself, or stops. To be called with the record as it shows itself. */
export function showGuest(tx: Draft, machine: MachineRecord): void {
  if (!showsGuest(machine)) return;
  const { hostName, ipAddress } = machine.guest;
  if (hostName !== undefined) include(tx.guests, dnsKey(hostName), machine.id);
  if (ipAddress !== undefined) include(tx.guests, ipKey(ipAddress), machine.id);
}

export function hideGuest(tx: Draft, machine: MachineRecord): void {
  if (!showsGuest(machine)) return;
  const { hostName, ipAddress } = machine.guest;
  if (hostName !== undefined) exclude(tx.guests, dnsKey(hostName), machine.id);
  if (ipAddress !== undefined) exclude(tx.guests, ipKey(ipAddress), machine.id);
}

/**
 * What a fork's guest shows. A fork of a running guest is none the wiser: it shows the same name and address. A guest that froze
 * itself goes on at the next line of its script, and such scripts read who they are from guestinfo; the keys are the ones that
 * the published scripts use.
 */
export function guestOfFork(source: MachineRecord, fork: Pick<MachineRecord, "base" | "extraConfig">): GuestRecord {
  const { guest } = source;
  if (!source.frozen || fork.extraConfig === source.extraConfig) return guest;
  const hostName = extraValue(fork, "guestinfo.ic.hostname") ?? guest.hostName;
  const ipAddress = extraValue(fork, "guestinfo.ic.ipaddress") ?? guest.ipAddress;
  return hostName === guest.hostName && ipAddress === guest.ipAddress ? guest : { ...guest, hostName, ipAddress };
}
