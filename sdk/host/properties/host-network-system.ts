import { networkConfig, networkInfo } from "../network/network-info.ts";
import type { HostRecord } from "../state/record.ts";
import { linked } from "./derivation.ts";
import type { Table } from "./table.ts";

const info = linked(["networks", "members"], (host: HostRecord, reader) => networkInfo(reader, host));

export const hostNetworkSystem: Table<"HostNetworkSystem", HostRecord> = {
  capabilities: () => ({
    canSetPhysicalNicLinkSpeed: false,
    supportsNicTeaming: true,
    nicTeamingPolicy: ["loadbalance_ip", "loadbalance_srcmac", "loadbalance_srcid", "failover_explicit"],
    supportsVlan: true,
    usesServiceConsoleNic: false,
    supportsNetworkHints: false,
    maxPortGroupsPerVswitch: 512,
    vswitchConfigSupported: true,
    vnicConfigSupported: false,
    ipRouteConfigSupported: false,
    dnsConfigSupported: false,
    dhcpOnVnicSupported: false,
    ipV6Supported: false,
  }),
  networkInfo: info,
  networkConfig: linked(["networks", "members"], (host, reader) => networkConfig(reader, host)),
  dnsConfig: linked(["networks", "members"], (host, reader) => networkInfo(reader, host).dnsConfig),
  ipRouteConfig: () => ({ _typeName: "HostIpRouteConfig" }),
  value: () => [],
  availableField: () => [],
};
