import { machineOfMac, macOf } from "../random.ts";
import type { Draft } from "../state/draft.ts";
import { newChain, post } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { InventoryRecord } from "../state/record.ts";
import { all, exclude, firstOf, include, members, type Several } from "../state/several.ts";
import { devicesOf, isCard, networkOf } from "./devices.ts";
import { ipKey, showsGuest } from "./guest.ts";

/** A network card as others on its network meet it. */
interface Card {
  readonly key: number;
  /** Set by hand; else the address follows from the machine. */
  readonly mac: string | undefined;
  /** 0 while it is not connected. */
  readonly network: number;
}

const known = new WeakMap<readonly object[], readonly Card[]>();

function cardsOf(machine: MachineRecord): readonly Card[] {
  const devices = devicesOf(machine);
  let cards = known.get(devices);
  if (!cards) {
    cards = devices.filter(isCard).map((card) => ({
      key: card.key,
      mac: card.macAddress?.toLowerCase(),
      network: card.connectable?.connected === false ? 0 : networkOf(card),
    }));
    known.set(devices, cards);
  }
  return cards;
}

/** A frozen machine sends nothing, and neither does one that is off. */
const sends = ({ power, frozen }: MachineRecord) => power === "poweredOn" && !frozen;

/** The address that a machine's guest is known by. */
const addressOf = (machine: MachineRecord) => (showsGuest(machine) ? machine.guest.ipAddress : undefined);

/** The network that a guest has its address on, 0 for none. */
export function networkOfAddress(machine: MachineRecord): number {
  const address = addressOf(machine);
  if (address === undefined || !sends(machine)) return 0;
  const holder = machine.guest.net?.interfaces.find(({ addresses }) =>
    addresses.some((one) => one === address || one.startsWith(`${address}/`)),
  );
  const cards = cardsOf(machine);
  return (holder ? cards.find(({ key }) => key === holder.key) : cards[0])?.network ?? 0;
}

// The keys lie among those that guests are found by (`guest.ts`), where no name and no address is like them. Only what nearly no machine
// has gets one: an address that others show too, and one that was set by hand.
export const presentKey = (address: string, network: number) => `ip:\u0000${network}/${address.toLowerCase()}`;
export const macKey = (mac: string) => `ip:\u0000mac/${mac}`;
export const byHand = "ip:\u0000mac";

const several = (found: Several | undefined) => typeof found === "object";

/** Looks, at the end of a transaction, at what it has changed: two machines that now have one address on one network raise an event. */
export function noticeConflicts(tx: Draft): void {
  const changed: { readonly before: MachineRecord | undefined; readonly after: MachineRecord | undefined }[] = [];
  for (const id of tx.touched) {
    const [before, after] = [machineIn(tx.state.objects.get(id)), machineIn(tx.object(id))];
    if (before !== after) changed.push({ before, after });
  }
  if (changed.length === 0) return;
  const addresses = new Set<string>();
  for (const { before, after } of changed) {
    noticeCards(tx, before, after);
    if (stays(before, after)) continue;
    for (const machine of [before, after]) {
      const address = machine && addressOf(machine);
      if (address !== undefined) addresses.add(address);
    }
  }
  for (const address of addresses) noticeAddress(tx, address, changed);
}

type Changed = readonly { readonly before: MachineRecord | undefined; readonly after: MachineRecord | undefined }[];

const machineIn = (found: InventoryRecord | undefined): MachineRecord | undefined =>
  found?.kind === "VirtualMachine" ? found : undefined;

/** True when a change has nothing to do with where a machine's address is. */
function stays(before: MachineRecord | undefined, after: MachineRecord | undefined): boolean {
  if (!before || !after) return false;
  return addressOf(before) === addressOf(after) && networkOfAddress(before) === networkOfAddress(after);
}

/** Who is on which network with an address is kept only while several guests show that address. */
function noticeAddress(tx: Draft, address: string, changed: Changed): void {
  const [were, are] = [tx.state.guests.get(ipKey(address)), tx.guests.get(ipKey(address))];
  if (!several(were) && !several(are)) return;
  const own = (machine: MachineRecord | undefined) => (machine && addressOf(machine) === address ? machine : undefined);
  if (several(were)) {
    for (const { before, after } of changed) if (!stays(before, after)) absent(tx, address, own(before));
    if (!several(are)) absent(tx, address, own(machineIn(tx.state.objects.get(firstOf(are) ?? 0))));
  }
  if (!several(are)) return;
  if (several(were)) {
    for (const { before, after } of changed) if (!stays(before, after)) present(tx, address, own(after));
  } else for (const id of members(are)) present(tx, address, own(machineIn(tx.object(id))));
}

function absent(tx: Draft, address: string, machine: MachineRecord | undefined): void {
  const network = machine ? networkOfAddress(machine) : 0;
  if (machine && network !== 0) exclude(tx.guests, presentKey(address, network), machine.id);
}

function present(tx: Draft, address: string, machine: MachineRecord | undefined): void {
  const network = machine ? networkOfAddress(machine) : 0;
  if (!machine || network === 0) return;
  const key = presentKey(address, network);
  const before = tx.guests.get(key);
  include(tx.guests, key, machine.id);
  // The third and the hundredth have no part in it: it is one conflict as long as it lasts.
  if (typeof before !== "number" || before === machine.id) return;
  const other = machineIn(tx.object(before));
  if (!other) return;
  const name = tx.object(network)?.name ?? "";
  post(tx, { user: "", chain: newChain(tx) }, "EventEx", {
    vm: machine,
    eventTypeId: "fargo.vm.IpConflictEvent",
    more: {
      severity: "warning",
      message: `'${machine.name}' and '${other.name}' both have the address ${address} on the network '${name}'.`,
      arguments: [
        { key: "ipAddress", value: address },
        { key: "network", value: name },
        { key: "conflictedVm", value: other.name },
      ],
    },
  });
}

/** Hardware addresses: those that follow from machines' numbers are found by the number, those set by hand by a key. */
function noticeCards(tx: Draft, before: MachineRecord | undefined, after: MachineRecord | undefined): void {
  const id = after?.id ?? before?.id ?? 0;
  const manual = (machine: MachineRecord | undefined) => (machine ? cardsOf(machine).filter(({ mac }) => mac) : []);
  const [had, has] = [manual(before), manual(after)];
  if (had.length > 0 || has.length > 0) {
    for (const { mac = "" } of had) exclude(tx.guests, macKey(mac), id);
    for (const { mac = "" } of has) include(tx.guests, macKey(mac), id);
    if (had.length > 0) exclude(tx.guests, byHand, id);
    if (has.length > 0) include(tx.guests, byHand, id);
  }
  if (!after || !sends(after)) return;
  const comes = before && sends(before) ? cardsOf(before) : [];
  // Addresses come round again past a million machines.
  if (has.length === 0 && tx.nextId <= 2 ** 20 && tx.guests.get(byHand) === undefined) return;
  for (const card of cardsOf(after)) {
    if (card.network === 0) continue;
    if (comes.some(({ key, mac, network }) => key === card.key && mac === card.mac && network === card.network))
      continue;
    const mac = card.mac ?? macOf(id, card.key - 4000);
    const other = holderOf(tx, mac, card.network, id);
    if (other)
      post(tx, { user: "", chain: newChain(tx) }, card.mac ? "VmStaticMacConflictEvent" : "VmMacConflictEvent", {
        vm: after,
        more: { conflictedVm: { _typeName: "VmEventArgument", name: other.name, vm: refOf(other) }, mac },
      });
  }
}

/** Another machine that sends with a hardware address on a network. */
function holderOf(tx: Draft, mac: string, network: number, except: number): MachineRecord | undefined {
  for (const id of candidates(tx, mac)) {
    const machine = machineIn(tx.object(id));
    if (!machine || id === except || !sends(machine)) continue;
    const same = cardsOf(machine).some(
      (card) => card.network === network && (card.mac ?? macOf(id, card.key - 4000)) === mac,
    );
    if (same) return machine;
  }
  return undefined;
}

function* candidates(tx: Draft, mac: string): Generator<number> {
  yield* all(tx.guests, macKey(mac));
  const first = machineOfMac(mac);
  if (first !== undefined) for (let id = first; id < tx.nextId; id += 2 ** 20) yield id;
}
