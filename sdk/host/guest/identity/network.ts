import { devicesOf, isCard } from "../../machine/devices.ts";
import { macOf } from "../../random.ts";
import type { GuestInterface, GuestNetwork } from "../../state/guest-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";

type Machine = Pick<MachineRecord, "id" | "base" | "devices" | "guest">;

/** The address that somebody gave a card, or the one that follows from the number of the machine it is in. */
export const cardAddress = (
  machine: number,
  card: { readonly key: number; readonly macAddress?: string; readonly addressType?: string },
): string => (card.macAddress && card.addressType === "manual" ? card.macAddress : macOf(machine, card.key - 4000));

/** What a guest's kernel knows of its network: as it was told, or as it came up. */
export function networkOf(machine: Machine): GuestNetwork {
  return machine.guest.net ?? networkAtBoot(machine);
}

/** A guest's network as it comes up: an interface for each card, the first one with the address that the guest is known by. */
function networkAtBoot(machine: Machine): GuestNetwork {
  const { guest, base } = machine;
  const address = guest.ipAddress;
  // A fork's own cards are what its drivers see when they are loaded anew.
  const others = guest.cards !== undefined && guest.cards !== machine.id;
  const interfaces = (others ? base.devices : devicesOf(machine)).filter(isCard).map(
    (card, i): GuestInterface => ({
      key: card.key,
      name: interfaceName(base.guestId, i),
      mac: cardAddress(guest.cards ?? machine.id, card),
      up: true,
      present: true,
      addresses: i === 0 && address !== undefined ? [`${address}/${address.includes(":") ? 64 : 24}`] : [],
      dhcp: false,
    }),
  );
  return { interfaces, routes: [], servers: [], search: [] };
}

/** Photon numbers them; others name them after the slot, and VMware's first is slot 160 or 192. */
const interfaceName = (guestId: string, i: number): string =>
  /photon/i.test(guestId) ? `eth${i}` : `ens${192 + i * 32}`;

/** The address that a guest is known by: its first that others can reach. */
export function mainAddress({ interfaces }: GuestNetwork): string | undefined {
  const all = interfaces
    .filter(({ present, up }) => present && up)
    .flatMap(({ addresses }) => addresses.map(withoutPrefix));
  return all.find((address) => !address.includes(":")) ?? all.find((address) => !address.startsWith("fe80:"));
}

export const withoutPrefix = (address: string): string => address.slice(0, address.indexOf("/") >>> 0);

/** Changes the interface of a name. */
export function changeInterface(
  network: GuestNetwork,
  name: string,
  change: (interface_: GuestInterface) => GuestInterface,
): GuestNetwork {
  return { ...network, interfaces: network.interfaces.map((known) => (known.name === name ? change(known) : known)) };
}

/** The same with the addresses of the machine's own cards. */
export function withOwnCards(machine: Machine, network: GuestNetwork): GuestNetwork {
  const cards = devicesOf(machine).filter(isCard);
  const interfaces = network.interfaces.map((known) => {
    const card = cards.find(({ key }) => key === known.key);
    return card ? { ...known, mac: cardAddress(machine.id, card) } : known;
  });
  return { ...network, interfaces };
}

/** The driver of the network cards is loaded anew: it sees the cards as they are now, and knows no addresses. */
export function reloaded(machine: Machine, network: GuestNetwork): GuestNetwork {
  const cards = devicesOf(machine).filter(isCard);
  const interfaces = cards.map((card, i): GuestInterface => {
    const known = network.interfaces.find(({ key }) => key === card.key);
    const name = known?.name ?? interfaceName(machine.base.guestId, i);
    return {
      key: card.key,
      name,
      mac: cardAddress(machine.id, card),
      up: false,
      present: true,
      addresses: [],
      dhcp: false,
    };
  });
  return { ...network, interfaces, routes: [] };
}

/** The same without the driver of the cards. */
export const unloaded = (network: GuestNetwork): GuestNetwork => ({
  ...network,
  routes: [],
  interfaces: network.interfaces.map((known) => ({ ...known, present: false, up: false, addresses: [], dhcp: false })),
});
