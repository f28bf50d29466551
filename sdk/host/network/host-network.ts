import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument, notSupported } from "../faults.ts";
import { createNetwork } from "../inventory/create.ts";
import type { Draft } from "../state/draft.ts";
import type { HostRecord, NetworkRecord } from "../state/record.ts";
import type { StandardNetworking, StandardPortgroup, StandardSwitch } from "../state/standard-networking.ts";
import { datacenterOf, remove } from "../state/tree.ts";
import { record, type View } from "../state/view.ts";
import { connectHosts, disconnectHosts } from "./host-lists.ts";
import { switchesOf } from "./members.ts";
import { physicalCards } from "./physical-cards.ts";
import { inUse } from "./portgroups.ts";
import { management, nameOf, standardOf, usualMtu, usualPorts } from "./standard.ts";

const theHost = (tx: View, id: number): HostRecord => record(tx, "HostSystem", id);
const known = (view: View, host: number): StandardNetworking => standardOf(view, theHost(view, host));

function put(tx: Draft, host: number, changed: Partial<StandardNetworking>): void {
  const before = known(tx, host);
  tx.change("HostSystem", host, () => ({ standard: { ...before, ...changed } }));
}

const missing = (what: string, name: string) =>
  fault("NotFound", {}, `The host has no ${what} '${name.slice(0, 100)}'.`);
const taken = (name: string) => fault("AlreadyExists", { name }, `The host has '${name.slice(0, 100)}' already.`);

function switchNamed(view: View, host: number, name: string): StandardSwitch {
  const found = known(view, host).switches.find((one) => one.name === name);
  if (!found) throw missing("standard switch", name);
  return found;
}

function groupNamed(view: View, host: number, name: string): StandardPortgroup {
  const found = known(view, host).portgroups.find((one) => nameOf(view, one) === name);
  if (!found) throw missing("port group", name);
  return found;
}

export function addSwitch(tx: Draft, host: number, name: string, spec: vim.HostVirtualSwitchSpec | undefined): void {
  const { switches } = known(tx, host);
  if (!/^[^\s/\\%]{1,32}$/.test(name))
    throw invalidArgument("vswitchName", "It has 1 to 32 characters, and no spaces.");
  if (switches.some((one) => one.name === name)) throw taken(name);
  const plain: StandardSwitch = { name, ports: usualPorts, mtu: usualMtu, pnics: [], policy: undefined };
  put(tx, host, { switches: [...switches, spec ? switchFrom(tx, host, plain, spec) : plain] });
}

export function updateSwitch(tx: Draft, host: number, name: string, spec: vim.HostVirtualSwitchSpec): void {
  const before = switchNamed(tx, host, name);
  const after = switchFrom(tx, host, before, spec);
  put(tx, host, { switches: known(tx, host).switches.map((one) => (one.name === name ? after : one)) });
}

/** A switch goes with its port groups, unless somebody is on one of them. */
export function removeSwitch(tx: Draft, host: number, name: string): void {
  switchNamed(tx, host, name);
  for (const group of known(tx, host).portgroups) if (group.switch === name) removeGroup(tx, host, nameOf(tx, group));
  put(tx, host, { switches: known(tx, host).switches.filter((one) => one.name !== name) });
}

function switchFrom(
  tx: Draft,
  host: number,
  before: StandardSwitch,
  { numPorts, mtu, bridge, policy }: vim.HostVirtualSwitchSpec,
): StandardSwitch {
  if (mtu !== undefined && (mtu < 1280 || mtu > 9000)) throw invalidArgument("spec.mtu", "It is from 1280 to 9000.");
  const pnics = bridge ? cardsIn(bridge) : [];
  for (const device of pnics) {
    const others = known(tx, host).switches.filter(({ name }) => name !== before.name);
    if (!physicalCards(theHost(tx, host)).some((card) => card.device === device))
      throw missing("physical card", device);
    const held = others.some((one) => one.pnics.includes(device)) || isUplink(tx, host, device);
    if (held) throw inUse({ kind: "PhysicalNic", name: device }, "it is an uplink of a switch already");
  }
  return { ...before, ports: numPorts, mtu: mtu ?? before.mtu, pnics, policy: policy ?? before.policy };
}

function cardsIn(bridge: vim.HostVirtualSwitchBridge): readonly string[] {
  if ("nicDevice" in bridge) {
    const { nicDevice } = bridge;
    if (typeof nicDevice === "string") return [nicDevice];
    if (Array.isArray(nicDevice)) return nicDevice.map(String);
  }
  throw notSupported(`A ${bridge._typeName ?? "HostVirtualSwitchBridge"} (spec.bridge)`);
}

const isUplink = (view: View, host: number, device: string): boolean =>
  switchesOf(view, theHost(view, host)).some((of) =>
    of.members.get(host)?.pnics.some((pnic) => pnic.device === device),
  );

/** Adds a port group: it is the Network of that name, if the datacenter has one, else a new one. */
export function addGroup(tx: Draft, host: number, spec: vim.HostPortGroupSpec): void {
  const { portgroups } = known(tx, host);
  const { name, vswitchName, vlanId, policy } = spec;
  if (name.trim() === "") throw invalidArgument("portgrp.name", "A port group needs a name.");
  requireVlan(vlanId);
  switchNamed(tx, host, vswitchName);
  if (portgroups.some((one) => nameOf(tx, one) === name)) throw taken(name);
  const network = join(tx, host, name);
  put(tx, host, { portgroups: [...portgroups, { name, network, switch: vswitchName, vlan: vlanId, policy }] });
}

export function removeGroup(tx: Draft, host: number, name: string): void {
  const group = groupNamed(tx, host, name);
  const rest = known(tx, host).portgroups.filter((one) => one !== group);
  quit(tx, host, group);
  put(tx, host, { portgroups: rest });
}

/** Changes a port group. By another name it is another Network, and nobody may be on it. */
export function updateGroup(tx: Draft, host: number, name: string, spec: vim.HostPortGroupSpec): void {
  const group = groupNamed(tx, host, name);
  const before = known(tx, host).portgroups;
  requireVlan(spec.vlanId);
  switchNamed(tx, host, spec.vswitchName);
  let { network } = group;
  if (spec.name !== name) {
    if (before.some((one) => nameOf(tx, one) === spec.name)) throw taken(spec.name);
    quit(tx, host, group);
    network = join(tx, host, spec.name);
  }
  const { vswitchName, vlanId, policy } = spec;
  const after = { name: spec.name, network, switch: vswitchName, vlan: vlanId, policy };
  put(tx, host, { portgroups: before.map((one) => (one === group ? after : one)) });
}

function requireVlan(vlan: number): void {
  if (vlan < 0 || vlan > 4095) throw invalidArgument("portgrp.vlanId", "It is from 0 to 4095, which is all VLANs.");
}

/** The Network of a name, which the host then has. */
function join(tx: Draft, host: number, name: string): number {
  const datacenter = datacenterOf(tx, host);
  // What is there stays as it is for a host that nobody has changed: its port groups follow from its networks.
  put(tx, host, {});
  for (const id of record(tx, "Datacenter", datacenter).networks.keys()) {
    const found = tx.object(id);
    if (found?.kind !== "Network" || found.name !== name) continue;
    connectHosts(tx, id, [host]);
    return id;
  }
  return createNetwork(tx, datacenter, name, [host]).id;
}

/** A host has a network no more; the last one takes it along, unless a machine that is elsewhere is still on it. */
function quit(tx: Draft, host: number, group: StandardPortgroup): void {
  if (group.network === 0) throw inUse({ kind: "HostPortGroup", name: management }, "the host's own vmk0 is on it");
  const network: NetworkRecord = record(tx, "Network", group.network);
  for (const id of network.vms.keys())
    if (record(tx, "VirtualMachine", id).host === host)
      throw inUse(network, `'${tx.object(id)?.name}' is connected to it`);
  put(tx, host, {});
  disconnectHosts(tx, network.id, [host]);
  const left = record(tx, "Network", network.id);
  if (left.hosts.size > 0 || left.vms.size > 0) return;
  const datacenter = datacenterOf(tx, network.id);
  tx.change("Datacenter", datacenter, ({ networks }) => ({ networks: networks.delete(network.id) }));
  remove(tx, left);
}
