import type { vim } from "../../../vim/index.ts";
import { networkOf as guestNetworkOf } from "../../guest/identity/network.ts";
import { deviceOf, networkOf } from "../../machine/devices.ts";
import { showsGuest } from "../../machine/guest.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { Reader } from "../derivation.ts";

/** Network cards as the guest sees them: a fork shows the addresses of its source's until its drivers have been loaded anew. */
export function net(machine: MachineRecord, reader: Reader): vim.GuestNicInfo[] {
  if (!showsGuest(machine)) return [];
  return guestNetworkOf(machine)
    .interfaces.filter(({ present }) => present)
    .map(({ key, mac, up, dhcp, addresses }) => {
      const card = deviceOf(machine, key);
      const network = card && reader.object(networkOf(card));
      const ipAddress = addresses.map(preferred);
      return {
        ...(network ? { network: network.name } : {}),
        ...(ipAddress.length === 0
          ? {}
          : {
              ipAddress: ipAddress.map((each) => each.ipAddress),
              ipConfig: { ipAddress, ...(dhcp ? { dhcp: { ipv4: { enable: true } } } : {}) },
            }),
        macAddress: mac,
        connected: up && (card?.connectable?.connected ?? true),
        deviceConfigId: key,
      };
    });
}

function preferred(address: string): vim.NetIpConfigInfoIpAddress {
  const [ipAddress = "", prefix] = address.split("/");
  return { ipAddress, prefixLength: Number(prefix), state: "preferred" };
}

/** What the guest is called on the network: the first label, and the rest as its domain; its name servers and ways out. */
export function ipStack(machine: MachineRecord): vim.GuestStackInfo[] {
  const { hostName: name, net: network } = machine.guest;
  if (!showsGuest(machine) || name === undefined) return [];
  const dot = name.indexOf(".");
  const dnsConfig: vim.NetDnsConfigInfo = {
    dhcp: false,
    hostName: dot < 0 ? name : name.slice(0, dot),
    domainName: dot < 0 ? "" : name.slice(dot + 1),
    ...(network && network.servers.length > 0 ? { ipAddress: network.servers } : {}),
    ...(network && network.search.length > 0 ? { searchDomain: network.search } : {}),
  };
  if (!network || network.routes.length === 0) return [{ dnsConfig }];
  const ipRoute = network.routes.map(({ to, via, dev }): vim.NetIpRouteConfigInfoIpRoute => {
    const [net = "0.0.0.0", prefix = "0"] = to === "default" ? [] : to.split("/");
    const device = String(network.interfaces.findIndex(({ name }) => name === dev));
    const gateway = { device, ...(via === undefined ? {} : { ipAddress: via }) };
    return { network: net, prefixLength: Number(prefix), gateway };
  });
  return [{ dnsConfig, ipRouteConfig: { ipRoute } }];
}
