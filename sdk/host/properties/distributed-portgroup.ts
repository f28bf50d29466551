import type { vim } from "../../vim/index.ts";
import { inherited, overSetting, usualSetting } from "../network/port-settings.ts";
import { switchOf } from "../network/switch-uuid.ts";
import { idOf, refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { PortgroupRecord, SwitchRecord } from "../state/switch-record.ts";
import type { View } from "../state/view.ts";
import { link, linked, links, parts } from "./derivation.ts";
import { entity } from "./entity.ts";
import type { Table } from "./table.ts";

/** What the ports of a switch are set to where their port group says nothing. */
export const settingOfSwitch = ({ uplinkNames, settings }: SwitchRecord): vim.VMwareDVSPortSetting =>
  overSetting(usualSetting(uplinkNames), settings.defaultPortConfig);

/** What the ports of a port group are set to: its own, and what it inherits from its switch. */
export const settingOfGroup = (view: Pick<View, "object">, group: PortgroupRecord): vim.VMwareDVSPortSetting =>
  overSetting(inherited(settingOfSwitch(switchOf(view, group))), group.settings.defaultPortConfig);

const keys = ({ free, used }: PortgroupRecord) => [...free.keys(), ...used.keys()].sort((a, b) => a - b).map(String);

const config = parts<PortgroupRecord, vim.DVPortgroupConfigInfo>({
  key: idOf,
  name: (group) => escapeName(group.name),
  numPorts: ({ free, used }) => free.size + used.size,
  distributedVirtualSwitch: linked(["members"], (group, reader) => refOf(switchOf(reader, group))),
  defaultPortConfig: linked(["members"], (group, reader) => settingOfGroup(reader, group)),
  description: ({ settings }) => settings.description,
  type: ({ type }) => type,
  backingType: () => "standard",
  policy: ({ settings }) => settings.policy ?? policy,
  portNameFormat: ({ settings }) => settings.portNameFormat,
  configVersion: ({ changes }) => String(changes),
  autoExpand: ({ autoExpand }) => autoExpand,
  vmVnicNetworkResourcePoolKey: ({ settings }) => settings.vmVnicNetworkResourcePoolKey ?? "-1",
  uplink: ({ uplink }) => uplink,
});

const policy: vim.DVPortgroupPolicy = {
  _typeName: "DVPortgroupPolicy",
  blockOverrideAllowed: true,
  shapingOverrideAllowed: false,
  vendorConfigOverrideAllowed: false,
  livePortMovingAllowed: false,
  portConfigResetAtDisconnect: true,
};

export const distributedPortgroup: Table<"DistributedVirtualPortgroup", PortgroupRecord> = {
  ...entity(),
  key: idOf,
  config,
  portKeys: keys,
  summary: parts({
    network: link((record) => record.id),
    name: (record) => escapeName(record.name),
    accessible: ({ hosts }) => hosts.size > 0,
    ipPoolName: () => "",
  }),
  host: links((record) => record.hosts),
  vm: links((record) => record.vms),
};
