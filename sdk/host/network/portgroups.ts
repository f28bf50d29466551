import type { vim } from "../../vim/index.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import { fault, invalidArgument, notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { wantedName } from "../state/name.ts";
import type { Members } from "../state/record.ts";
import type { PortgroupRecord, PortgroupSettings, PortUse, SwitchRecord } from "../state/switch-record.ts";
import { datacenterOf, insert, remove, rename } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { type Doer, postNetwork } from "./events.ts";
import { connectHosts, disconnectHosts } from "./host-lists.ts";
import { addPorts } from "./ports.ts";
import { switchOf } from "./switch-uuid.ts";

type Spec = vim.DVPortgroupConfigSpec;

/** What a specification may say; anything else would have to be ignored. */
const honoured: ReadonlySet<string> = new Set([
  "_typeName",
  "configVersion",
  "name",
  "numPorts",
  "portNameFormat",
  "defaultPortConfig",
  "description",
  "type",
  "backingType",
  "policy",
  "autoExpand",
  "vmVnicNetworkResourcePoolKey",
]);
const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);
const none: Members = PersistentMap.empty<true>();

const usualPolicy: vim.VMwareDVSPortgroupPolicy = Object.freeze({
  _typeName: "VMwareDVSPortgroupPolicy",
  blockOverrideAllowed: true,
  shapingOverrideAllowed: false,
  vendorConfigOverrideAllowed: false,
  livePortMovingAllowed: false,
  portConfigResetAtDisconnect: true,
  networkResourcePoolOverrideAllowed: false,
  trafficFilterOverrideAllowed: false,
  vlanOverrideAllowed: false,
  uplinkTeamingOverrideAllowed: false,
  securityPolicyOverrideAllowed: false,
  ipfixOverrideAllowed: false,
  macManagementOverrideAllowed: false,
});

/** Adds a port group to a distributed switch; all hosts of the switch have it. */
export function createPortgroup(
  tx: Draft,
  by: Doer,
  of: SwitchRecord,
  spec: Spec,
  path: string,
  uplink = false,
): PortgroupRecord {
  requireSimulated(spec, path);
  if (spec.name === undefined) throw invalidArgument(`${path}.name`, "A port group needs a name.");
  const id = tx.nextId++;
  const made: PortgroupRecord = {
    kind: "DistributedVirtualPortgroup",
    id,
    name: wantedName(spec.name),
    parent: of.parent,
    switch: of.id,
    uplink,
    type: typeIn(spec, path) ?? "earlyBinding",
    autoExpand: spec.autoExpand ?? true,
    hosts: none,
    vms: none,
    free: none,
    used: PersistentMap.empty<PortUse>(),
    cards: PersistentMap.empty<number>(),
    connections: 0,
    changes: 0,
    settings: settingsFrom({ policy: usualPolicy }, spec),
  };
  insert(tx, made);
  tx.change("VmwareDistributedVirtualSwitch", of.id, ({ portgroups }) => ({ portgroups: portgroups.set(id, true) }));
  tx.change("Datacenter", datacenterOf(tx, of.id), ({ networks }) => ({ networks: networks.set(id, true) }));
  setPorts(tx, made, spec.numPorts ?? 0, path);
  connectHosts(tx, id, of.members.keys());
  const portgroup = record(tx, "DistributedVirtualPortgroup", id);
  postNetwork(tx, by, "DVPortgroupCreatedEvent", portgroup);
  return portgroup;
}

/** Changes a port group as a specification says, its name included. */
export function reconfigurePortgroup(tx: Draft, by: Doer, before: PortgroupRecord, spec: Spec): PortgroupRecord {
  requireSimulated(spec, "spec");
  requireVersion(before, spec.configVersion);
  const type = typeIn(spec, "spec") ?? before.type;
  if (type !== before.type && before.used.size > 0)
    throw fault(
      "ResourceInUse",
      { type: before.kind, name: before.name },
      `How the ports of '${before.name}' are given out cannot be changed while ${before.used.size} of them are in use.`,
    );
  const changed: PortgroupRecord = {
    ...before,
    type,
    autoExpand: spec.autoExpand ?? before.autoExpand,
    changes: before.changes + 1,
    settings: settingsFrom(before.settings, spec),
  };
  tx.put(changed);
  if (spec.numPorts !== undefined) setPorts(tx, changed, spec.numPorts, "spec");
  const { id } = before;
  const wanted = spec.name === undefined ? before.name : wantedName(spec.name);
  const after = rename(tx, record(tx, "DistributedVirtualPortgroup", id), wanted);
  if (after.name !== before.name)
    postNetwork(tx, by, "DVPortgroupRenamedEvent", after, { oldName: before.name, newName: after.name });
  postNetwork(tx, by, "DVPortgroupReconfiguredEvent", after, { configSpec: spec });
  return after;
}

/** Takes a port group away that no machine is on. */
export function destroyPortgroup(tx: Draft, by: Doer, doomed: PortgroupRecord): void {
  if (doomed.uplink) throw inUse(doomed, "it holds the uplinks of its switch");
  removePortgroup(tx, by, doomed);
}

export function removePortgroup(tx: Draft, by: Doer, doomed: PortgroupRecord): void {
  if (doomed.vms.size > 0) throw inUse(doomed, `${doomed.vms.size} machines are connected to it`);
  postNetwork(tx, by, "DVPortgroupDestroyedEvent", doomed);
  const { id } = doomed;
  const owner = switchOf(tx, doomed);
  disconnectHosts(tx, id, owner.members.keys());
  tx.change("Datacenter", datacenterOf(tx, id), ({ networks }) => ({ networks: networks.delete(id) }));
  tx.change("VmwareDistributedVirtualSwitch", owner.id, ({ portgroups }) => ({ portgroups: portgroups.delete(id) }));
  remove(tx, record(tx, "DistributedVirtualPortgroup", id));
}

export const inUse = ({ kind, name }: { readonly kind: string; readonly name: string }, why: string) =>
  fault("ResourceInUse", { type: kind, name }, `'${name}' is in use: ${why}.`);

/** Throws ConcurrentAccess when somebody else has changed what a caller has read. */
export function requireVersion(
  { name, changes }: { readonly name: string; readonly changes: number },
  version: string | undefined,
): void {
  if (version === undefined || version === "" || version === String(changes)) return;
  throw fault(
    "ConcurrentAccess",
    {},
    `'${name}' has been changed since it was read (its configuration version is ${changes}). Read it again.`,
  );
}

/** Makes ports, or takes those away that nobody is on, until there are as many as asked for. */
function setPorts(tx: Draft, group: PortgroupRecord, wanted: number, path: string): void {
  if (wanted < 0) throw invalidArgument(`${path}.numPorts`, "It must not be negative.");
  if (group.type === "ephemeral") {
    if (wanted > 0) throw invalidArgument(`${path}.numPorts`, "The ports of an ephemeral port group come and go.");
    return;
  }
  const more = wanted - group.free.size - group.used.size;
  if (more > 0) addPorts(tx, group, more);
  if (more >= 0) return;
  if (wanted < group.used.size)
    throw inUse(group, `${group.used.size} of its ports are in use, and only ${wanted} were to be left`);
  const free = group.free.edit((draft) => {
    for (const port of [...group.free.keys()].slice(more)) draft.delete(port);
  });
  tx.put({ ...group, free });
}

function requireSimulated(spec: Spec, path: string): void {
  for (const [field, value] of Object.entries(spec))
    if (!honoured.has(field) && isSet(value)) throw notSupported(`${path}.${field}`);
  if (spec.backingType !== undefined && spec.backingType !== "standard")
    throw notSupported(`${path}.backingType '${spec.backingType}'`);
}

function typeIn({ type }: Spec, path: string): PortgroupRecord["type"] | undefined {
  if (type === undefined) return undefined;
  // vSphere has stopped giving ports out late, and takes it for early.
  if (type === "earlyBinding" || type === "lateBinding") return "earlyBinding";
  if (type === "ephemeral") return "ephemeral";
  throw invalidArgument(`${path}.type`, `It is earlyBinding or ephemeral, not '${type}'.`);
}

function settingsFrom(before: PortgroupSettings, spec: Spec): PortgroupSettings {
  const { description, defaultPortConfig, policy, portNameFormat, vmVnicNetworkResourcePoolKey } = spec;
  return Object.freeze({
    ...before,
    ...(description === undefined ? {} : { description }),
    ...(defaultPortConfig ? { defaultPortConfig: { ...before.defaultPortConfig, ...defaultPortConfig } } : {}),
    ...(policy ? { policy: { ...before.policy, ...policy } } : {}),
    ...(portNameFormat === undefined ? {} : { portNameFormat }),
    ...(vmVnicNetworkResourcePoolKey === undefined ? {} : { vmVnicNetworkResourcePoolKey }),
  });
}

/** The machines whose cards are on a port group by way of a host. */
export function onHost(tx: Draft, group: PortgroupRecord, host: number): number {
  let count = 0;
  for (const id of group.vms.keys()) {
    const machine = tx.object(id);
    if (machine?.kind === "VirtualMachine" && machine.host === host) count++;
  }
  return count;
}
