import type { vim } from "../../vim/index.ts";
import { createPortgroup } from "../network/portgroups.ts";
import { createSwitch } from "../network/switches.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import { record } from "../state/view.ts";
import type { PortgroupDescription, SwitchDescription } from "./description.ts";
import { named } from "./places.ts";

/** Who makes what is there from the start. */
const builder = { user: "", chain: 0 } as const;

/** Makes a distributed switch with its port groups, which machines that come later find among the networks. */
export function buildSwitch(
  tx: Draft,
  folder: number,
  { name, portgroups = [], hosts: wanted, uplinks = 4 }: SwitchDescription,
  hosts: ReadonlyMap<string, number>,
  networks: Map<string, number>,
): void {
  const on = wanted?.map((host) => named(hosts, host, `switch '${name}' is on host`)) ?? [...hosts.values()];
  const uplinkPortName = Array.from({ length: uplinks }, (_, i) => `Uplink ${i + 1}`);
  const { id } = createSwitch(tx, builder, folder, {
    name,
    uplinkPortPolicy: { _typeName: "DVSNameArrayUplinkPortPolicy", uplinkPortName },
    host: on.map((host) => ({ operation: "add", host: refOf(record(tx, "HostSystem", host)) })),
  });
  for (const each of portgroups) {
    const spec = specOf(typeof each === "string" ? { name: each } : each);
    const of = record(tx, "VmwareDistributedVirtualSwitch", id);
    networks.set(spec.name, createPortgroup(tx, builder, of, spec, "inventory").id);
  }
}

const specOf = ({
  name,
  ports = 8,
  vlan,
  binding = "static",
}: PortgroupDescription): vim.DVPortgroupConfigSpec & { readonly name: string } => ({
  name,
  type: binding === "static" ? "earlyBinding" : "ephemeral",
  ...(binding === "static" ? { numPorts: ports } : {}),
  ...(vlan === undefined ? {} : { defaultPortConfig: tagged(vlan) }),
});

const tagged = (vlanId: number): vim.VMwareDVSPortSetting => ({
  _typeName: "VMwareDVSPortSetting",
  vlan: { _typeName: "VmwareDistributedVirtualSwitchVlanIdSpec", inherited: false, vlanId },
});
