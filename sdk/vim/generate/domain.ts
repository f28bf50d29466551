import type { DataInfo, EnumInfo, ManagedInfo } from "../schema.ts";

/** Server-side packages that share a file, or have one of their own, by the longest prefix. */
const packages: readonly (readonly [prefix: string, domain: string])[] = [
  ["vim.vm.device", "device"],
  ["vim.vm.guest", "guest"],
  ["vim.vm.customization", "customization"],
  ["vim.vm", "vm"],
  ["vim.vApp", "vapp"],
  ["vim.storageDrs", "storage-drs"],
  ["vim.host", "host"],
  ["vim.cluster", "cluster"],
  ["vim.dvs", "dvs"],
  ["vim.profile", "profile"],
  ["vim.vsan", "vsan"],
  ["vim.vslm", "vslm"],
  ["vim.vcha", "vcha"],
  ["vim.encryption", "encryption"],
  ["vim.alarm", "alarm"],
  ["vim.action", "alarm"],
  ["vim.scheduler", "alarm"],
  ["vim.net", "net"],
  ["vmodl.query", "query"],
  ["vim.view", "query"],
];

/** The same for types whose server-side name is not known, by wire name. */
const prefixes: readonly (readonly [prefix: string, domain: string])[] = [
  ["VirtualMachine", "vm"],
  ["VirtualDevice", "device"],
  ["Virtual", "device"],
  ["Host", "host"],
  ["Cluster", "cluster"],
  ["Dvs", "dvs"],
  ["DVS", "dvs"],
  ["Vmware", "dvs"],
  ["Profile", "profile"],
  ["Guest", "guest"],
  ["Customization", "customization"],
  ["Crypto", "encryption"],
];

/** The generated file a type belongs in. */
export function domainOf(info: DataInfo | EnumInfo | ManagedInfo): string {
  if (info.kind === "data" && info.fault) return "fault";
  if (info.kind === "data" && (info.event || descends(info, "EventArgument"))) return "event";
  const { vmodl, name } = info;
  if (info.vsan || /^(Vim)?Vsan/i.test(name)) return "vsan";
  if (vmodl === undefined) return prefixes.find(([prefix]) => name.startsWith(prefix))?.[1] ?? "core";
  if (vmodl.startsWith("vim.fault.")) return "fault";
  if (vmodl.startsWith("vim.event.")) return "event";
  return packages.find(([prefix]) => vmodl.startsWith(`${prefix}.`))?.[1] ?? "core";
}

function descends(info: DataInfo, base: string): boolean {
  return info.name === base || (info.base !== undefined && descends(info.base, base));
}

/** Groups types by domain, domains sorted. */
export function byDomain<T extends DataInfo | EnumInfo | ManagedInfo>(types: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const type of types) {
    const group = groups.get(domainOf(type));
    if (group) group.push(type);
    else groups.set(domainOf(type), [type]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}
