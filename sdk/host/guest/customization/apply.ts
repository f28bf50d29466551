import type { GuestInterface, GuestNetwork } from "../../state/guest-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { GuestFiles } from "../files/guest-files.ts";
import { leased } from "../identity/address.ts";
import { networkOf, reloaded, withoutPrefix } from "../identity/network.ts";
import { machineFiles } from "../image/machine-files.ts";
import type { Customization } from "./plan.ts";

/** What is told of a customization in the guest. */
const log = "/var/log/vmware-gosc/toolsDeployPkg.log";

/** The network that a guest has when it has become what it is to be: its drivers have read the machine's own cards. */
export function customizedNetwork(machine: MachineRecord, wanted: Customization): GuestNetwork {
  const before = networkOf(machine);
  const fresh = reloaded(machine, before);
  const interfaces = fresh.interfaces.map((known): GuestInterface => {
    const card = wanted.cards.find(({ key }) => key === known.key);
    if (card?.address !== undefined) return { ...known, up: true, addresses: [card.address], dhcp: false };
    if (card) return { ...known, up: true, addresses: [leased(known.mac).address], dhcp: true };
    const old = before.interfaces.find(({ key }) => key === known.key);
    return { ...known, up: old?.up ?? true, addresses: old?.addresses ?? [], dhcp: old?.dhcp ?? false };
  });
  const routes = interfaces.flatMap((known) => {
    const card = wanted.cards.find(({ key }) => key === known.key);
    const gateways = card && card.address === undefined ? [leased(known.mac).gateway] : (card?.gateways ?? []);
    return gateways.map((via) => ({ to: "default", via, dev: known.name }));
  });
  const { servers, search } = wanted;
  return {
    interfaces,
    routes: routes.length > 0 ? routes : before.routes,
    servers: servers.length > 0 ? servers : before.servers,
    search: search.length > 0 ? search : before.search,
  };
}

/** Writes it down where the guest finds it when it starts the next time. */
export function writeCustomization(
  files: GuestFiles,
  machine: MachineRecord,
  wanted: Customization,
  network: GuestNetwork,
  machineId: string,
  time: string,
): void {
  const put = (path: string, text: string) => {
    files.makeDirectory(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    files.writeFile(path, new TextEncoder().encode(text));
  };
  const [first] = network.interfaces.flatMap(({ addresses }) => addresses);
  const own = machineFiles({
    hostName: wanted.hostName,
    ipAddress: first === undefined ? undefined : withoutPrefix(first),
    machineId,
  });
  for (const path of ["/etc/hostname", "/etc/hosts", "/etc/machine-id"]) put(path, own[path] ?? "");
  for (const known of network.interfaces) {
    const card = wanted.cards.find(({ key }) => key === known.key);
    if (card) put(`/etc/systemd/network/05-${known.name}.network`, networkFile(known, card.gateways, wanted));
  }
  if (wanted.servers.length > 0 || wanted.search.length > 0) put("/etc/resolv.conf", resolvConf(wanted));
  if (wanted.timeZone !== undefined) {
    put("/etc/timezone", `${wanted.timeZone}\n`);
    if (files.exists("/etc/localtime") || isLink(files, "/etc/localtime")) files.remove("/etc/localtime");
    files.symlink(`../usr/share/zoneinfo/${wanted.timeZone}`, "/etc/localtime");
  }
  if (wanted.utc !== undefined) put("/etc/adjtime", `0.0 0 0.0\n0\n${wanted.utc ? "UTC" : "LOCAL"}\n`);
  put(log, `[${time}] Customizing ${machine.name} as ${wanted.hostName}\n[${time}] Customization succeeded\n`);
}

function isLink(files: GuestFiles, path: string): boolean {
  try {
    return files.linkStat(path).type === "symlink";
  } catch {
    return false;
  }
}

function networkFile(known: GuestInterface, gateways: readonly string[], { servers, search }: Customization): string {
  const lines = known.dhcp
    ? ["DHCP=yes"]
    : [...known.addresses.map((address) => `Address=${address}`), ...gateways.map((gateway) => `Gateway=${gateway}`)];
  const dns = [
    ...servers.map((server) => `DNS=${server}`),
    ...(search.length > 0 ? [`Domains=${search.join(" ")}`] : []),
  ];
  return `[Match]\nName=${known.name}\n\n[Network]\n${[...lines, ...dns].join("\n")}\n`;
}

const resolvConf = ({ servers, search }: Customization): string =>
  [
    ...servers.map((server) => `nameserver ${server}`),
    ...(search.length > 0 ? [`search ${search.join(" ")}`] : []),
    "",
  ].join("\n");
