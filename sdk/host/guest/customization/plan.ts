import { vim } from "../../../vim/index.ts";
import { fault, invalidArgument, notSupported } from "../../faults.ts";
import { devicesOf, isCard } from "../../machine/devices.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import { addressOf, prefixLength } from "../identity/address.ts";
import { cardAddress } from "../identity/network.ts";

/** What becomes of one network card. */
export interface CustomizedCard {
  /** Of the device. */
  readonly key: number;
  /** With the length of its prefix, as `10.0.0.5/24`; undefined: asked for by DHCP. */
  readonly address: string | undefined;
  readonly gateways: readonly string[];
}

/** What a guest is to become. */
export interface Customization {
  /** With the domain, where it has one. */
  readonly hostName: string;
  readonly timeZone: string | undefined;
  readonly utc: boolean | undefined;
  readonly cards: readonly CustomizedCard[];
  readonly servers: readonly string[];
  readonly search: readonly string[];
}

const label = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;

/** Reads a specification for a machine. Throws InvalidArgument, naming what is wrong, or a CustomizationFault. */
export function planCustomization(machine: MachineRecord, spec: vim.CustomizationSpec): Customization {
  const { identity } = spec;
  if (vim.is(identity, "CustomizationCloudinitPrep")) throw notSupported("Customization by cloud-init");
  if (!vim.is(identity, "CustomizationLinuxPrep"))
    throw fault(
      "UncustomizableGuest",
      { uncustomizableGuestOS: machine.base.guestFullName },
      `'${machine.name}' has a Linux guest: it is customized by a CustomizationLinuxPrep.`,
    );
  if (identity.scriptText || identity.password || identity.resetPassword)
    throw notSupported("Customization with a script or a new password of root");
  const cards = cardsOf(machine, spec.nicSettingMap ?? []);
  const adapters = (spec.nicSettingMap ?? []).map(({ adapter }) => adapter);
  const { dnsServerList = [], dnsSuffixList = [] } = spec.globalIPSettings;
  const domain = domainOf(identity.domain);
  const name = nameOf(machine, identity.hostName);
  return {
    hostName: domain === "" ? name : `${name}.${domain}`,
    timeZone: zoneOf(identity.timeZone),
    utc: identity.hwClockUTC,
    cards,
    servers: [...dnsServerList, ...adapters.flatMap((adapter) => adapter.dnsServerList ?? [])],
    search: [...new Set([...dnsSuffixList, ...(domain === "" ? [] : [domain])])],
  };
}

function nameOf(machine: MachineRecord, wanted: vim.CustomizationName): string {
  // A machine's name may have what no host's has.
  const own = machine.name.replace(/[^a-z\d-]+/gi, "-").replace(/^-+|-+$/g, "");
  const name = vim.is(wanted, "CustomizationFixedName")
    ? wanted.name
    : vim.is(wanted, "CustomizationPrefixName")
      ? `${wanted.base}${machine.id}`
      : vim.is(wanted, "CustomizationVirtualMachineName")
        ? own.slice(0, 63)
        : undefined;
  if (name === undefined)
    throw invalidArgument("spec.identity.hostName", "A name that is to be asked for cannot be given here.");
  if (label.test(name)) return name;
  throw invalidArgument("spec.identity.hostName", `'${name.slice(0, 80)}' is no host's name.`);
}

function domainOf(domain: string): string {
  if (domain === "" || domain.split(".").every((part) => label.test(part))) return domain;
  throw invalidArgument("spec.identity.domain", `'${domain.slice(0, 80)}' is no domain.`);
}

function zoneOf(zone: string | undefined): string | undefined {
  if (zone === undefined || zone === "" || /^[A-Za-z]+(?:[/_+-][A-Za-z\d_+-]+)*$/.test(zone)) return zone || undefined;
  throw invalidArgument("spec.identity.timeZone", `'${zone.slice(0, 80)}' is no time zone, as Europe/Berlin is.`);
}

/** Settings are for the cards with the addresses they name, or, where they name none, for the cards in their order. */
function cardsOf(machine: MachineRecord, settings: readonly vim.CustomizationAdapterMapping[]): CustomizedCard[] {
  const cards = devicesOf(machine).filter(isCard);
  const mismatch = (why: string) =>
    fault(
      "NicSettingMismatch",
      { numberOfNicsInSpec: settings.length, numberOfNicsInVM: cards.length },
      `The specification's network cards are not those of '${machine.name}': ${why}.`,
    );
  if (settings.length > cards.length) throw mismatch(`it has ${cards.length}, ${settings.length} are to be set`);
  return settings.map(({ macAddress, adapter }, i) => {
    const wanted = macAddress?.toLowerCase();
    const card = wanted ? cards.find((known) => cardAddress(machine.id, known).toLowerCase() === wanted) : cards[i];
    if (!card) throw mismatch(`none has the address ${macAddress}`);
    return customizedCard(card.key, adapter, `spec.nicSettingMap[${i}].adapter`);
  });
}

function customizedCard(key: number, adapter: vim.CustomizationIPSettings, path: string): CustomizedCard {
  const gateways = adapter.gateway ?? [];
  gateways.forEach((gateway, i) => {
    if (addressOf(gateway) === undefined) throw invalidArgument(`${path}.gateway[${i}]`, `'${gateway}' is no address.`);
  });
  if (vim.is(adapter.ip, "CustomizationDhcpIpGenerator")) return { key, address: undefined, gateways };
  if (!vim.is(adapter.ip, "CustomizationFixedIp"))
    throw invalidArgument(`${path}.ip`, "It must be a CustomizationFixedIp or a CustomizationDhcpIpGenerator.");
  const prefix = prefixLength(adapter.subnetMask ?? "255.255.255.0");
  if (prefix === undefined) throw invalidArgument(`${path}.subnetMask`, `'${adapter.subnetMask}' is no mask.`);
  const address = addressOf(`${adapter.ip.ipAddress}/${prefix}`);
  if (address === undefined) throw invalidArgument(`${path}.ip.ipAddress`, `'${adapter.ip.ipAddress}' is no address.`);
  return { key, address, gateways };
}
