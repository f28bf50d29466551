import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { hasPort, isPortBacking } from "../network/ports.ts";
import { portgroupsOf, switchOfUuid, switchUuid } from "../network/switch-uuid.ts";
import { idOf, refOf } from "../state/id.ts";
import type { HostRecord, NetworkRecord } from "../state/record.ts";
import type { PortgroupRecord } from "../state/switch-record.ts";
import type { View } from "../state/view.ts";

type Card = vim.VirtualEthernetCard;
type Backing = vim.VirtualDeviceBackingInfo;

const macForm = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;

/** What a card brings along that is not for the caller to say, or that is worked out anew. */
const own: ReadonlySet<string> = new Set([
  "key",
  "macAddress",
  "addressType",
  "backing",
  "connectable",
  "_typeName",
  "deviceInfo",
]);

/** A card changed as a caller asks; what the caller leaves out stays. Its address stays generated unless one is given by hand. */
export function editCard(view: View, host: HostRecord, current: Card, wanted: Card, path: string): Card {
  requireType(current, wanted, path);
  const rest = Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => !own.has(field) && value !== undefined),
  );
  const backing = wanted.backing ? networkBacking(view, host, wanted.backing, `${path}.backing`) : current.backing;
  const connectable = wanted.connectable
    ? connection({ ...current.connectable, ...wanted.connectable })
    : current.connectable;
  const edited: Card = {
    ...addressed(current, wanted, path),
    ...rest,
    ...(backing ? { backing } : {}),
    ...(connectable ? { connectable } : {}),
  };
  return labelled(edited, edited.deviceInfo?.label ?? `Network adapter ${edited.key - 3999}`);
}

/** `unset` is said by saying nothing. */
function connection({ migrateConnect, ...rest }: vim.VirtualDeviceConnectInfo): vim.VirtualDeviceConnectInfo {
  return migrateConnect === undefined || migrateConnect === "unset" ? rest : { ...rest, migrateConnect };
}

function requireType(current: Card, wanted: Card, path: string): void {
  const type = wanted._typeName;
  if (type === undefined || type === "VirtualEthernetCard" || type === current._typeName) return;
  throw invalidArgument(
    path,
    `The card with key ${current.key} is a ${current._typeName}, which cannot become a ${type}.`,
  );
}

/** `manual` takes the address given; anything else is what vCenter assigns, also when a caller sends back what it has read. */
function addressed(current: Card, wanted: Card, path: string): Card {
  if (wanted.addressType?.toLowerCase() === "manual") {
    const macAddress = wanted.macAddress ?? current.macAddress;
    if (macAddress === undefined || !macForm.test(macAddress))
      throw invalidArgument(
        `${path}.macAddress`,
        `'${macAddress ?? ""}' is not a MAC address, such as 00:50:56:01:02:03.`,
      );
    return { ...current, addressType: "manual", macAddress: macAddress.toLowerCase() };
  }
  return wanted.addressType === undefined ? current : assigned(current);
}

/** A card whose address follows from its machine. */
export function assigned(card: Card): Card {
  const { macAddress, ...rest } = card;
  return macAddress === undefined && rest.addressType === "assigned" ? card : { ...rest, addressType: "assigned" };
}

/** The network that a caller wants a card on, by reference or by its name. It must be there on the host. */
function networkBacking(view: View, host: HostRecord, wanted: Backing, path: string): Backing {
  if (isPortBacking(wanted)) return portBacking(view, host, wanted.port, path);
  if (wanted._typeName !== "VirtualEthernetCardNetworkBackingInfo")
    throw invalidArgument(
      path,
      `A card is on a Network or on a port of a distributed switch; ${wanted._typeName ?? "this"} is not simulated.`,
    );
  const network = wanted.network
    ? resolveKind(view, "Network", wanted.network)
    : networkNamed(view, host, wanted.deviceName);
  if (!network || !host.networks.has(network.id))
    throw invalidArgument(
      path,
      `There is no network '${network?.name ?? wanted.deviceName}' on the host '${host.name}'.`,
    );
  return backingOf(view, network);
}

/** A card's connection to a network. Which port of a distributed switch it gets is worked out when it is connected. */
export const backingOf = (view: View, network: NetworkRecord | PortgroupRecord): Backing =>
  network.kind === "Network"
    ? { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: network.name, network: refOf(network) }
    : {
        _typeName: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
        port: { switchUuid: switchUuid(view.seed, network.switch), portgroupKey: idOf(network) },
      };

/** The port of a distributed switch that a caller wants a card on: any of a port group, or one that he names. */
function portBacking(
  view: View,
  host: HostRecord,
  { switchUuid: uuid, portgroupKey, portKey }: vim.DistributedVirtualSwitchPortConnection,
  path: string,
): Backing {
  const owner = switchOfUuid(view, uuid);
  if (!owner)
    throw invalidArgument(`${path}.port.switchUuid`, `There is no distributed switch with the UUID '${uuid}'.`);
  const port = portKey === undefined || portKey === "" ? undefined : Number(portKey);
  const groups = [...portgroupsOf(view, owner)].filter(
    (group) => (portgroupKey ? idOf(group) === portgroupKey : port !== undefined) && (!port || hasPort(group, port)),
  );
  const [group] = groups;
  if (!group)
    throw invalidArgument(
      `${path}.port`,
      `The switch '${owner.name}' has no port ${portKey ?? ""} in the port group '${portgroupKey ?? ""}'.`,
    );
  if (group.uplink) throw invalidArgument(`${path}.port`, `The ports of '${group.name}' are for the cards of hosts.`);
  if (!host.networks.has(group.id))
    throw invalidArgument(path, `The host '${host.name}' is not in the distributed switch '${owner.name}'.`);
  const backing = backingOf(view, group);
  return port !== undefined && isPortBacking(backing)
    ? { ...backing, port: { ...backing.port, portKey: String(port) } }
    : backing;
}

/** A card that gets any free port, whatever port its source's is on. */
export const unpinned = (card: Card): Card => {
  const { backing } = card;
  if (!isPortBacking(backing) || backing.port.portKey === undefined) return card;
  const { portKey: _, ...port } = backing.port;
  return { ...card, backing: { ...backing, port } };
};

function networkNamed(view: View, host: HostRecord, name: string): NetworkRecord | undefined {
  for (const id of host.networks.keys()) {
    const network = view.object(id);
    if (network?.kind === "Network" && network.name === name) return network;
  }
  return undefined;
}

/** A card with what the client shows of it. */
function labelled(card: Card, label: string): Card {
  const { backing } = card;
  const summary = isPortBacking(backing)
    ? `DVSwitch: ${backing.port.switchUuid}`
    : backing && "deviceName" in backing
      ? backing.deviceName
      : "Unknown network";
  const known = card.deviceInfo;
  if (known?.label === label && known.summary === summary) return card;
  return { ...card, deviceInfo: { _typeName: "Description", label, summary } };
}
