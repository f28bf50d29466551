import { withOwnCards } from "../guest/identity/network.ts";
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

/** True when a program of the guest could go on: not while it is frozen, or its machine does not run. */
export const hasPrograms = ({ power, frozen, guest }: MachineRecord): boolean =>
  power === "poweredOn" && !frozen && (guest.programs?.list.some(({ script }) => script !== undefined) ?? false);

/** Keeps in step where programs are to be run. */
export function indexPrograms(tx: Draft, machine: MachineRecord): void {
  if (hasPrograms(machine)) tx.programs.set(machine.id, true);
  else if (tx.state.programs.size > 0 && tx.programs.has(machine.id)) tx.programs.delete(machine.id);
}

/** A guest begins to show itself, or stops. To be called with the record as it shows itself. */
export function showGuest(tx: Draft, machine: MachineRecord): void {
  indexPrograms(tx, machine);
  if (!showsGuest(machine)) return;
  const { hostName, ipAddress } = machine.guest;
  if (hostName !== undefined) include(tx.guests, dnsKey(hostName), machine.id);
  if (ipAddress !== undefined) include(tx.guests, ipKey(ipAddress), machine.id);
}

export function hideGuest(tx: Draft, machine: MachineRecord): void {
  if (tx.state.programs.size > 0) tx.programs.delete(machine.id);
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
  const of = source.guest;
  const cards = of.cards ?? source.id;
  // One that froze in a program of its own goes on with that.
  if (!source.frozen || of.programs || fork.extraConfig === source.extraConfig) return goingOn(of, cards);
  const hostName = extraValue(fork, "guestinfo.ic.hostname") ?? of.hostName;
  const ipAddress = extraValue(fork, "guestinfo.ic.ipaddress") ?? of.ipAddress;
  if (hostName === of.hostName && ipAddress === of.ipAddress) return goingOn(of, cards);
  // Written out: a million forks have one each, and what is spread takes twice the room.
  const { toolsRunning, net, programs } = of;
  return { hostName, ipAddress, toolsRunning, cards: undefined, net, programs };
}

/** A guest that goes on with the cards of a machine: the forks of one source share it. */
function goingOn(of: GuestRecord, cards: number): GuestRecord {
  if (of.cards === cards) return of;
  const known = forked.get(of);
  if (known?.cards === cards) return known;
  const guest = { ...of, cards };
  forked.set(of, guest);
  return guest;
}

/** What the guest of a source was made into for its last fork. */
const forked = new WeakMap<GuestRecord, GuestRecord>();

/** What a guest is when its machine starts anew: no program runs, and its drivers have read the cards that there are. */
export function guestAtBoot(machine: MachineRecord): GuestRecord {
  const { guest, id } = machine;
  if (guest.cards === id && guest.programs === undefined && guest.net === undefined) return guest;
  const { net, programs: _, ...rest } = guest;
  return net ? { ...rest, cards: id, net: withOwnCards(machine, net) } : { ...rest, cards: id };
}
