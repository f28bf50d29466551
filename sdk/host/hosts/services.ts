import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument, invalidState } from "../faults.ts";
import type { HostRecord } from "../state/record.ts";

interface Service {
  readonly label: string;
  readonly running?: boolean;
  readonly required?: boolean;
  readonly policy: "on" | "off" | "automatic";
  readonly ruleset?: readonly string[];
}

/** The services of an ESXi, as they are on a new one. */
const known: Readonly<Record<string, Service>> = {
  DCUI: { label: "Direct Console UI", running: true, policy: "on" },
  TSM: { label: "ESXi Shell", policy: "off" },
  "TSM-SSH": { label: "SSH", policy: "off", ruleset: ["sshServer"] },
  lbtd: { label: "Load-Based Teaming Daemon", running: true, policy: "on" },
  lwsmd: { label: "Active Directory Service", policy: "off" },
  ntpd: { label: "NTP Daemon", policy: "off", ruleset: ["ntpClient"] },
  pcscd: { label: "PC/SC Smart Card Daemon", policy: "off" },
  ptpd: { label: "PTP Daemon", policy: "off" },
  "sfcbd-watchdog": { label: "CIM Server", policy: "on", ruleset: ["CIMHttpServer", "CIMHttpsServer"] },
  slpd: { label: "slpd", policy: "off", ruleset: ["CIMSLP"] },
  snmpd: { label: "SNMP Server", policy: "on", ruleset: ["snmp"] },
  vltd: { label: "vltd", running: true, policy: "on" },
  vmsyslogd: { label: "Syslog Server", running: true, required: true, policy: "on" },
  vpxa: { label: "VMware vCenter Agent", running: true, policy: "on", ruleset: ["vpxHeartbeats"] },
  xorg: { label: "X.Org Server", policy: "on" },
};

const sourcePackage = { sourcePackageName: "esx-base", description: "The base of ESXi" };

function serviceOf({ settings }: HostRecord, key: string): vim.HostService {
  const service = known[key];
  const set = settings?.services?.[key];
  if (!service || !Object.hasOwn(known, key))
    throw fault("NotFound", {}, `There is no service '${key.slice(0, 100)}'.`);
  return {
    key,
    label: service.label,
    required: service.required ?? false,
    uninstallable: false,
    running: set?.running ?? service.running ?? false,
    ...(service.ruleset ? { ruleset: service.ruleset } : {}),
    policy: set?.policy ?? service.policy,
    sourcePackage,
  };
}

export const servicesOf = (host: HostRecord): vim.HostServiceInfo => ({
  service: Object.keys(known).map((key) => serviceOf(host, key)),
});

/** A host on which a service runs, or does not. Throws NotFound, and InvalidState where that is nothing new. */
export function withRunning(host: HostRecord, key: string, running: boolean): HostRecord {
  const service = serviceOf(host, key);
  if (service.running === running)
    throw invalidState(`The service '${key}' is ${running ? "running already" : "not running"}.`);
  if (!running && service.required) throw invalidState(`The service '${key}' cannot be stopped: ESXi needs it.`);
  return withService(host, key, { running });
}

/** Throws InvalidState where a service that is to be started anew does not run. */
export function requireRunningService(host: HostRecord, key: string): void {
  if (!serviceOf(host, key).running) throw invalidState(`The service '${key}' is not running.`);
}

export function withPolicy(host: HostRecord, key: string, policy: string): HostRecord {
  serviceOf(host, key);
  if (!["on", "off", "automatic"].includes(policy))
    throw invalidArgument("policy", `It is on, off or automatic, not '${policy.slice(0, 50)}'.`);
  return withService(host, key, { policy });
}

function withService(host: HostRecord, key: string, change: { running?: boolean; policy?: string }): HostRecord {
  const { services } = host.settings ?? {};
  return {
    ...host,
    settings: { ...host.settings, services: { ...services, [key]: { ...services?.[key], ...change } } },
  };
}
