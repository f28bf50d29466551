import type { GuestInterface, GuestNetwork } from "../../state/guest-record.ts";
import { addressOf, leased } from "./address.ts";
import { changeInterface } from "./network.ts";

/** What a guest's configuration says of one interface. */
export interface Settings {
  /** As `10.0.0.5/24`. */
  readonly addresses: readonly string[];
  readonly dhcp: boolean;
  readonly gateway: string | undefined;
  readonly servers: readonly string[];
  readonly search: readonly string[];
}

/** Says what is configured for an interface, undefined where nothing is. */
export type Configured = (interface_: GuestInterface) => Settings | undefined;

/** Brings all interfaces to what is configured for them; those for which nothing is stay as they are. */
export function configured(network: GuestNetwork, settingsOf: Configured): GuestNetwork {
  return network.interfaces.reduce((changed, known) => {
    const settings = known.present ? settingsOf(known) : undefined;
    return settings ? withSettings(changed, known, settings) : changed;
  }, network);
}

export function withSettings(network: GuestNetwork, { name, mac }: GuestInterface, settings: Settings): GuestNetwork {
  const lease = settings.dhcp ? leased(mac) : undefined;
  const fixed = settings.addresses.map(addressOf).filter((address) => address !== undefined);
  const addresses = lease ? [...fixed, lease.address] : fixed;
  const via = settings.gateway ?? lease?.gateway;
  const changed = changeInterface(network, name, (known) => ({ ...known, up: true, addresses, dhcp: settings.dhcp }));
  const others = changed.routes.filter(({ to, dev }) => dev !== name && !(via !== undefined && to === "default"));
  return {
    ...changed,
    routes: via === undefined ? others : [...others, { to: "default", via, dev: name }],
    servers: settings.servers.length > 0 ? settings.servers : changed.servers,
    search: settings.search.length > 0 ? settings.search : changed.search,
  };
}
