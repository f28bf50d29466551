import type { DataInfo, EnumInfo, ManagedInfo } from "../schema.ts";

/** Which server-side packages share a file; of two that fit the first counts. */
const packages = pairs({
  alarm: "vim.alarm. vim.action. vim.scheduler.",
  cluster: "vim.cluster.",
  customization: "vim.vm.customization.",
  device: "vim.vm.device.",
  dvs: "vim.dvs.",
  encryption: "vim.encryption.",
  event: "vim.event.",
  fault: "vim.fault.",
  guest: "vim.vm.guest.",
  host: "vim.host.",
  net: "vim.net.",
  profile: "vim.profile.",
  query: "vmodl.query. vim.view.",
  "storage-drs": "vim.storageDrs.",
  vapp: "vim.vApp.",
  vcha: "vim.vcha.",
  vm: "vim.vm.",
  vsan: "vim.vsan.",
  vslm: "vim.vslm.",
});

/** The same for types of the top package `vim` and those whose server-side name is not known, by wire name. */
const prefixes = pairs({
  cluster: "Cluster ComputeResource ResourcePool ResourceConfig ResourceAllocation ResourcePlanning Place",
  customization: "Customization",
  dvs: "Distributed Dvs DVS DVP VMware Vmware OpaqueNetwork Subnet Transit",
  encryption: "Crypto Kmip",
  guest: "Guest",
  host: "Host DirectPath",
  performance: "Perf",
  profile: "Profile",
  service:
    "About Authorization Capability Certificate CustomField Diagnostic Ext Health License Locali Option Service Session Site User",
  storage: "Datastore File Hbr IoFilter Storage VimVasa VirtualDiskManager",
  task: "History Task",
  vapp: "HttpNfc Ovf VirtualApp VApp",
  vm: "VirtualMachine Virtualization Vm",
  device: "Virtual",
});

function pairs(domains: Readonly<Record<string, string>>): (readonly [prefix: string, domain: string])[] {
  return Object.entries(domains).flatMap(([domain, list]) =>
    list.split(" ").map((prefix) => [prefix, domain] as const),
  );
}

/** The generated file a type belongs in. */
function domainOf(info: DataInfo | EnumInfo | ManagedInfo): string {
  if (info.kind === "data" && info.fault) return "fault";
  if (info.kind === "data" && (info.event || descends(info, "EventArgument"))) return "event";
  const { vmodl, name } = info;
  if (info.vsan || /^(Vim)?Vsan/i.test(name)) return "vsan";
  const inPackage = packages.find(([prefix]) => vmodl?.startsWith(prefix));
  return (inPackage ?? prefixes.find(([prefix]) => name.startsWith(prefix)))?.[1] ?? "core";
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
