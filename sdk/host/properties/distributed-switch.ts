import type { Ref, vim } from "../../vim/index.ts";
import { capability, switchProduct } from "../network/product.ts";
import { portgroupsOf, switchUuid } from "../network/switch-uuid.ts";
import { refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { SwitchRecord } from "../state/switch-record.ts";
import type { View } from "../state/view.ts";
import { linked, links, parts, partsOfType, type Reader } from "./derivation.ts";
import { settingOfSwitch } from "./distributed-portgroup.ts";
import { entity } from "./entity.ts";
import type { Table } from "./table.ts";
import { iso } from "./values.ts";

function hostsOf(view: Pick<View, "object">, { members }: SwitchRecord): Ref<"HostSystem">[] {
  const found: Ref<"HostSystem">[] = [];
  for (const id of members.keys()) {
    const host = view.object(id);
    if (host?.kind === "HostSystem") found.push(refOf(host));
  }
  return found;
}

const numPorts = linked(["members"], (record: SwitchRecord, reader) => {
  let sum = 0;
  for (const { free, used } of portgroupsOf(reader, record)) sum += free.size + used.size;
  return sum;
});

function machinesOn(record: SwitchRecord, reader: Reader): Ref<"VirtualMachine">[] {
  const ids = new Set<number>();
  for (const { vms } of portgroupsOf(reader, record)) for (const id of vms.keys()) ids.add(id);
  return [...ids].flatMap((id) => {
    const machine = reader.object(id);
    return machine?.kind === "VirtualMachine" ? [refOf(machine)] : [];
  });
}

function membersOf(record: SwitchRecord, reader: Reader): vim.DistributedVirtualSwitchHostMember[] {
  return [...record.members.entries()].flatMap(([id, { ports, pnics, maxPorts }]) => {
    const host = reader.object(id);
    const uplinks = reader.object(record.uplinks);
    if (host?.kind !== "HostSystem" || uplinks?.kind !== "DistributedVirtualPortgroup") return [];
    const pnicSpec = pnics.map(({ device, port }): vim.DistributedVirtualSwitchHostMemberPnicSpec => {
      const cookie = uplinks.used.get(port)?.cookie;
      return {
        pnicDevice: device,
        uplinkPortKey: String(port),
        uplinkPortgroupKey: refOf(uplinks).value,
        ...(cookie === undefined ? {} : { connectionCookie: cookie }),
      };
    });
    const backing: vim.DistributedVirtualSwitchHostMemberPnicBacking = {
      _typeName: "DistributedVirtualSwitchHostMemberPnicBacking",
      ...(pnicSpec.length === 0 ? {} : { pnicSpec }),
    };
    return [
      {
        runtimeState: { currentMaxProxySwitchPorts: maxPorts },
        config: { host: refOf(host), maxProxySwitchPorts: maxPorts, backing },
        productInfo: switchProduct,
        uplinkPortKey: ports.map(String),
        status: "up",
      },
    ];
  });
}

const config = partsOfType<SwitchRecord, vim.VMwareDVSConfigInfo>("VMwareDVSConfigInfo", {
  uuid: ({ id }, { seed }) => switchUuid(seed, id),
  name: ({ name }) => escapeName(name),
  numStandalonePorts: () => 0,
  numPorts,
  maxPorts: ({ settings }) => settings.maxPorts ?? 2_147_483_647,
  uplinkPortPolicy: ({ uplinkNames }) => ({
    _typeName: "DVSNameArrayUplinkPortPolicy",
    uplinkPortName: uplinkNames,
  }),
  uplinkPortgroup: links(({ uplinks }) => [uplinks]),
  defaultPortConfig: settingOfSwitch,
  host: linked(["members"], membersOf),
  productInfo: () => switchProduct,
  extensionKey: ({ settings }) => settings.extensionKey,
  policy: ({ settings }) => ({
    autoPreInstallAllowed: true,
    autoUpgradeAllowed: true,
    partialUpgradeAllowed: true,
    ...settings.policy,
  }),
  description: ({ settings }) => settings.description,
  configVersion: ({ changes }) => String(changes),
  contact: ({ settings }) => settings.contact ?? {},
  switchIpAddress: ({ settings }) => settings.switchIpAddress,
  createTime: ({ created }) => iso(created),
  networkResourceManagementEnabled: ({ settings }) => settings.networkResourceManagement ?? false,
  defaultProxySwitchMaxNumPorts: () => 8_192,
  networkResourceControlVersion: ({ settings }) => settings.networkResourceControlVersion ?? "version3",
  maxMtu: ({ settings }) => settings.maxMtu ?? 1_500,
  linkDiscoveryProtocolConfig: ({ settings }) =>
    settings.linkDiscoveryProtocolConfig ?? { protocol: "cdp", operation: "listen" },
  ipfixConfig: ({ settings }) =>
    settings.ipfixConfig ?? {
      collectorPort: 0,
      observationDomainId: 0,
      activeFlowTimeout: 60,
      idleFlowTimeout: 15,
      samplingRate: 4_096,
      internalFlowsOnly: false,
    },
  lacpApiVersion: ({ settings }) => settings.lacpApiVersion ?? "multipleLag",
  multicastFilteringMode: ({ settings }) => settings.multicastFilteringMode ?? "legacyFiltering",
});

export const distributedSwitch: Table<"VmwareDistributedVirtualSwitch", SwitchRecord> = {
  ...entity(),
  uuid: ({ id }, { seed }) => switchUuid(seed, id),
  capability: () => capability,
  summary: parts({
    name: ({ name }) => escapeName(name),
    uuid: ({ id }, { seed }) => switchUuid(seed, id),
    numPorts,
    productInfo: () => switchProduct,
    hostMember: linked(["members"], (record, reader) => hostsOf(reader, record)),
    vm: linked(["members"], machinesOn),
    host: linked(["members"], (record, reader) => hostsOf(reader, record)),
    portgroupName: linked(["members"], (record, reader) =>
      [...portgroupsOf(reader, record)].map(({ name }) => escapeName(name)),
    ),
    description: ({ settings }) => settings.description,
    contact: ({ settings }) => settings.contact ?? {},
    numHosts: ({ members }) => members.size,
  }),
  config,
  networkResourcePool: () => [],
  portgroup: links(({ portgroups }) => portgroups),
  runtime: linked(["members"], (record, reader) => ({
    hostMemberRuntime: hostsOf(reader, record).map((host) => ({ host, status: "up" })),
  })),
};
