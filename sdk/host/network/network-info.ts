import type { vim } from "../../vim/index.ts";
import { idOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { HostRecord } from "../state/record.ts";
import type { StandardNetworking, StandardPortgroup, StandardSwitch } from "../state/standard-networking.ts";
import type { SwitchRecord } from "../state/switch-record.ts";
import type { View } from "../state/view.ts";
import { switchesOf } from "./members.ts";
import { physicalCards, physicalNic } from "./physical-cards.ts";
import { management, nameOf, policyOf, standardOf } from "./standard.ts";
import { switchUuid } from "./switch-uuid.ts";

const pnicKey = (device: string) => `key-vim.host.PhysicalNic-${device}`;
const groupKey = (name: string) => `key-vim.host.PortGroup-${name}`;
const switchKey = (name: string) => `key-vim.host.VirtualSwitch-${name}`;

/** A list, unless it is empty: on the wire that is the same as none. */
const some = <N extends string, T>(name: N, list: readonly T[]): { readonly [P in N]?: readonly T[] } =>
  list.length === 0 ? {} : ({ [name]: list } as { readonly [P in N]?: readonly T[] });

const byte = (n: number) => n & 0xff;

/** The address of a host's own card; none of them is on a network that guests are on. */
export const managementAddress = ({ id }: HostRecord): string => `169.254.${byte(id >>> 8)}.${byte(id)}`;

function virtualSwitch(view: View, all: StandardNetworking, of: StandardSwitch): vim.HostVirtualSwitch {
  const { name, ports, mtu, pnics, policy } = of;
  const bridge: Pick<vim.HostVirtualSwitchSpec, "bridge"> =
    pnics.length === 0 ? {} : { bridge: { _typeName: "HostVirtualSwitchBondBridge", nicDevice: pnics } };
  return {
    name,
    key: switchKey(name),
    numPorts: ports,
    numPortsAvailable: ports,
    mtu,
    ...some(
      "portgroup",
      all.portgroups.filter((one) => one.switch === name).map((one) => groupKey(nameOf(view, one))),
    ),
    ...some("pnic", pnics.map(pnicKey)),
    spec: { numPorts: ports, mtu, ...bridge, policy: policyOf(of, policy ?? {}) },
  };
}

function portgroup(view: View, all: StandardNetworking, group: StandardPortgroup): vim.HostPortGroup {
  const name = nameOf(view, group);
  const of = all.switches.find((one) => one.name === group.switch);
  return {
    key: groupKey(name),
    vswitch: switchKey(group.switch),
    computedPolicy: policyOf(of, group.policy),
    spec: { name, vlanId: group.vlan, vswitchName: group.switch, policy: group.policy },
  };
}

function proxySwitch(view: View, host: HostRecord, of: SwitchRecord): vim.HostProxySwitch[] {
  const member = of.members.get(host.id);
  if (!member) return [];
  const uplinks = view.object(of.uplinks);
  const pnicSpec = member.pnics.map(({ device, port }) => ({
    pnicDevice: device,
    uplinkPortKey: String(port),
    ...(uplinks ? { uplinkPortgroupKey: idOf(uplinks) } : {}),
  }));
  return [
    {
      dvsUuid: switchUuid(view.seed, of.id),
      dvsName: escapeName(of.name),
      key: `key-vim.host.ProxySwitch-${of.name}`,
      numPorts: member.maxPorts,
      configNumPorts: member.maxPorts,
      numPortsAvailable: member.maxPorts,
      uplinkPort: member.ports.map((port, i) => ({ key: String(port), value: of.uplinkNames[i] ?? "" })),
      mtu: of.settings.maxMtu ?? 1500,
      ...some(
        "pnic",
        member.pnics.map(({ device }) => pnicKey(device)),
      ),
      spec: { backing: { _typeName: "DistributedVirtualSwitchHostMemberPnicBacking", ...some("pnicSpec", pnicSpec) } },
      networkReservationSupported: true,
    },
  ];
}

/** The card that the host itself is reached by. */
export function vmkernel(host: HostRecord): vim.HostVirtualNic {
  return {
    device: "vmk0",
    key: "key-vim.host.VirtualNic-vmk0",
    portgroup: management,
    spec: {
      ip: { dhcp: false, ipAddress: managementAddress(host), subnetMask: "255.255.0.0" },
      mac: physicalCards(host)[0]?.mac ?? "",
      portgroup: management,
      mtu: 1500,
      tsoEnabled: true,
      netStackInstanceKey: "defaultTcpipStack",
    },
  };
}

/** Where a name ends and its domain begins. */
function dnsConfig({ name }: HostRecord): vim.HostDnsConfig {
  const dot = name.indexOf(".");
  return {
    _typeName: "HostDnsConfig",
    dhcp: false,
    hostName: dot < 0 ? name : name.slice(0, dot),
    domainName: dot < 0 ? "" : name.slice(dot + 1),
  };
}

/** All that a host has of networks, as it travels. */
export function networkInfo(view: View, host: HostRecord): vim.HostNetworkInfo {
  const all = standardOf(view, host);
  const distributed = switchesOf(view, host).flatMap((one) => proxySwitch(view, host, one));
  return {
    vswitch: all.switches.map((one) => virtualSwitch(view, all, one)),
    ...some("proxySwitch", distributed),
    portgroup: all.portgroups.map((one) => portgroup(view, all, one)),
    pnic: physicalCards(host).map(physicalNic),
    vnic: [vmkernel(host)],
    dnsConfig: dnsConfig(host),
    ipRouteConfig: { _typeName: "HostIpRouteConfig" },
    ipV6Enabled: false,
    atBootIpV6Enabled: false,
  };
}

/** The same as somebody would write it to set a host up so. */
export function networkConfig(view: View, host: HostRecord): vim.HostNetworkConfig {
  const { vswitch = [], portgroup: groups = [], vnic = [], dnsConfig: dns } = networkInfo(view, host);
  return {
    vswitch: vswitch.map(({ name, spec }) => ({ name, spec })),
    portgroup: groups.map(({ spec }) => ({ spec })),
    vnic: vnic.map(({ device, portgroup: on, spec }) => ({ device, portgroup: on, spec })),
    ...(dns ? { dnsConfig: dns } : {}),
  };
}
