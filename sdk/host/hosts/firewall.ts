import type { vim } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import type { HostRecord } from "../state/record.ts";

type Port = readonly [port: number, direction: "inbound" | "outbound", protocol: "tcp" | "udp"];

interface Ruleset {
  readonly label: string;
  readonly ports: readonly Port[];
  readonly enabled?: boolean;
  readonly required?: boolean;
  readonly service?: string;
}

/** Rule sets of an ESXi that people ask for, as they are on a new one. */
const known: Readonly<Record<string, Ruleset>> = {
  sshServer: { label: "SSH Server", ports: [[22, "inbound", "tcp"]], enabled: true, service: "TSM-SSH" },
  sshClient: { label: "SSH Client", ports: [[22, "outbound", "tcp"]] },
  nfsClient: { label: "NFS Client", ports: [[2049, "outbound", "tcp"]] },
  dhcp: {
    label: "DHCP Client",
    ports: [
      [68, "inbound", "udp"],
      [68, "outbound", "udp"],
    ],
    enabled: true,
    required: true,
  },
  dns: {
    label: "DNS Client",
    ports: [
      [53, "inbound", "udp"],
      [53, "outbound", "udp"],
      [53, "outbound", "tcp"],
    ],
    enabled: true,
    required: true,
  },
  snmp: { label: "SNMP Server", ports: [[161, "inbound", "udp"]], enabled: true, service: "snmpd" },
  ntpClient: { label: "NTP Client", ports: [[123, "outbound", "udp"]], service: "ntpd" },
  CIMHttpServer: { label: "CIM Server", ports: [[5988, "inbound", "tcp"]], enabled: true },
  CIMHttpsServer: { label: "CIM Secure Server", ports: [[5989, "inbound", "tcp"]], enabled: true },
  CIMSLP: { label: "CIM SLP", ports: [[427, "inbound", "udp"]], service: "slpd" },
  iSCSI: { label: "Software iSCSI Client", ports: [[3260, "outbound", "tcp"]] },
  vpxHeartbeats: { label: "VMware vCenter Agent", ports: [[902, "outbound", "udp"]], enabled: true, service: "vpxa" },
  faultTolerance: {
    label: "Fault Tolerance",
    ports: [
      [8300, "inbound", "tcp"],
      [8300, "outbound", "tcp"],
    ],
    enabled: true,
  },
  webAccess: { label: "vSphere Web Access", ports: [[80, "inbound", "tcp"]], enabled: true },
  vMotion: {
    label: "vMotion",
    ports: [
      [8000, "inbound", "tcp"],
      [8000, "outbound", "tcp"],
    ],
    enabled: true,
  },
  NFC: {
    label: "NFC",
    ports: [
      [902, "inbound", "tcp"],
      [902, "outbound", "tcp"],
    ],
    enabled: true,
  },
  vSphereClient: {
    label: "vSphere Web Client",
    ports: [
      [902, "inbound", "tcp"],
      [443, "inbound", "tcp"],
    ],
    enabled: true,
  },
  httpClient: {
    label: "httpClient",
    ports: [
      [80, "outbound", "tcp"],
      [443, "outbound", "tcp"],
    ],
  },
  syslog: {
    label: "syslog",
    ports: [
      [514, "outbound", "udp"],
      [514, "outbound", "tcp"],
      [1514, "outbound", "tcp"],
    ],
  },
};

function rulesetOf({ settings }: HostRecord, key: string): vim.HostFirewallRuleset {
  const ruleset = known[key];
  const set = settings?.rulesets?.[key];
  if (!ruleset || !Object.hasOwn(known, key))
    throw fault("NotFound", {}, `There is no rule set '${key.slice(0, 100)}' in the firewall.`);
  return {
    key,
    label: ruleset.label,
    required: ruleset.required ?? false,
    rule: ruleset.ports.map(([port, direction, protocol]) => ({ port, direction, portType: "dst", protocol })),
    ...(ruleset.service ? { service: ruleset.service } : {}),
    enabled: set?.enabled ?? ruleset.enabled ?? false,
    allowedHosts: set?.allowed ?? { allIp: true },
    userControllable: !ruleset.required,
    ipListUserConfigurable: true,
  };
}

export const firewallOf = (host: HostRecord): vim.HostFirewallInfo => ({
  defaultPolicy: { incomingBlocked: true, outgoingBlocked: true },
  ruleset: Object.keys(known).map((key) => rulesetOf(host, key)),
});

/** A host with a rule set changed. Throws NotFound, and HostConfigFault for one that ESXi needs. */
export function withRuleset(
  host: HostRecord,
  key: string,
  change: { readonly enabled?: boolean; readonly allowed?: vim.HostFirewallRulesetIpList },
): HostRecord {
  const { required } = rulesetOf(host, key);
  if (required && change.enabled === false)
    throw fault("HostConfigFault", {}, `The rule set '${key}' cannot be turned off: ESXi needs it.`);
  const { rulesets } = host.settings ?? {};
  return {
    ...host,
    settings: { ...host.settings, rulesets: { ...rulesets, [key]: { ...rulesets?.[key], ...change } } },
  };
}
