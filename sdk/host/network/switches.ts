import type { vim } from "../../vim/index.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import { wantedName } from "../state/name.ts";
import type { SwitchMember, SwitchRecord, SwitchSettings } from "../state/switch-record.ts";
import { insert, remove, rename } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { type Doer, postNetwork } from "./events.ts";
import { noMembers } from "./host-lists.ts";
import { changeMembers, fitUplinks, leaveSwitch } from "./members.ts";
import { createPortgroup, inUse, removePortgroup, requireVersion } from "./portgroups.ts";
import { portgroupsOf } from "./switch-uuid.ts";

type Spec = vim.VMwareDVSConfigSpec | vim.DVSConfigSpec;

/** Settings that read back as they are written. */
const kept = [
  "description",
  "contact",
  "maxPorts",
  "policy",
  "defaultPortConfig",
  "switchIpAddress",
  "extensionKey",
  "networkResourceControlVersion",
  "maxMtu",
  "linkDiscoveryProtocolConfig",
  "ipfixConfig",
  "lacpApiVersion",
  "multicastFilteringMode",
] as const satisfies readonly (keyof SwitchSettings)[];

const honoured: ReadonlySet<string> = new Set([
  "_typeName",
  "configVersion",
  "name",
  "numStandalonePorts",
  "uplinkPortPolicy",
  "uplinkPortgroup",
  "host",
  "defaultProxySwitchMaxNumPorts",
  ...kept,
]);

const theSwitch = (tx: Draft, id: number) => record(tx, "VmwareDistributedVirtualSwitch", id);

/** Makes a distributed switch in a folder for networks, with the port group of its uplinks. */
export function createSwitch(tx: Draft, by: Doer, folder: number, spec: Spec, path = "spec.configSpec"): SwitchRecord {
  requireSimulated(spec, path);
  if (spec.name === undefined) throw invalidArgument(`${path}.name`, "A distributed switch needs a name.");
  const id = tx.nextId++;
  const name = wantedName(spec.name);
  const uplinkNames = uplinksIn(spec, path) ?? ["Uplink 1", "Uplink 2", "Uplink 3", "Uplink 4"];
  const made: SwitchRecord = {
    kind: "VmwareDistributedVirtualSwitch",
    id,
    name,
    parent: folder,
    portgroups: noMembers,
    uplinks: 0,
    uplinkNames,
    members: PersistentMap.empty<SwitchMember>(),
    nextPort: 1,
    changes: 0,
    created: tx.now,
    settings: settingsFrom({}, spec),
  };
  insert(tx, made);
  const owner = tx.object(folder);
  const parent = {
    _typeName: "FolderEventArgument",
    name: owner?.name ?? "",
    ...(owner ? { folder: refOf(owner) } : {}),
  };
  postNetwork(tx, by, "DvsCreatedEvent", made, { parent });
  const uplinks = createPortgroup(tx, by, made, { ...uplinkSpec, name: `${name}-DVUplinks-${id}` }, path, true);
  tx.change("VmwareDistributedVirtualSwitch", id, () => ({ uplinks: uplinks.id }));
  if (spec.host) changeMembers(tx, by, id, spec.host, `${path}.host`);
  return theSwitch(tx, id);
}

/** Uplinks carry every VLAN. */
const uplinkSpec: vim.DVPortgroupConfigSpec = {
  type: "earlyBinding",
  autoExpand: false,
  defaultPortConfig: Object.freeze({
    _typeName: "VMwareDVSPortSetting",
    vlan: Object.freeze({
      _typeName: "VmwareDistributedVirtualSwitchTrunkVlanSpec",
      inherited: false,
      vlanId: Object.freeze([Object.freeze({ start: 0, end: 4094 })]),
    }),
  }),
};

/** Changes a switch as a specification says: its settings, its hosts, its uplinks, its name. */
export function reconfigureSwitch(tx: Draft, by: Doer, before: SwitchRecord, spec: Spec): void {
  const { id } = before;
  requireSimulated(spec, "spec");
  requireVersion(before, spec.configVersion);
  tx.put({
    ...before,
    uplinkNames: uplinksIn(spec, "spec") ?? before.uplinkNames,
    changes: before.changes + 1,
    settings: settingsFrom(before.settings, spec),
  });
  if (spec.uplinkPortPolicy) fitUplinks(tx, id);
  if (spec.host) changeMembers(tx, by, id, spec.host, "spec.host");
  if (spec.name !== undefined) renameSwitch(tx, by, theSwitch(tx, id), wantedName(spec.name));
  postNetwork(tx, by, "DvsReconfiguredEvent", theSwitch(tx, id), { configSpec: spec });
}

function renameSwitch(tx: Draft, by: Doer, before: SwitchRecord, name: string): void {
  const after = rename(tx, before, name);
  if (after.name !== before.name)
    postNetwork(tx, by, "DvsRenamedEvent", after, { oldName: before.name, newName: after.name });
}

/** Takes a switch away with its port groups, unless a machine is on one of them. */
export function destroySwitch(tx: Draft, by: Doer, doomed: SwitchRecord): void {
  for (const { vms, name } of portgroupsOf(tx, doomed))
    if (vms.size > 0) throw inUse(doomed, `${vms.size} machines are connected to its port group '${name}'`);
  for (const host of doomed.members.keys()) leaveSwitch(tx, by, doomed.id, record(tx, "HostSystem", host));
  for (const group of [...portgroupsOf(tx, doomed)])
    removePortgroup(tx, by, record(tx, "DistributedVirtualPortgroup", group.id));
  postNetwork(tx, by, "DvsDestroyedEvent", doomed);
  remove(tx, theSwitch(tx, doomed.id));
}

function requireSimulated(spec: Spec, path: string): void {
  for (const [field, value] of Object.entries(spec))
    if (!honoured.has(field) && value !== undefined && !(Array.isArray(value) && value.length === 0))
      throw notSupported(`${path}.${field}`);
  if (spec.numStandalonePorts) throw notSupported(`${path}.numStandalonePorts: ports outside of a port group`);
}

function uplinksIn({ uplinkPortPolicy }: Spec, path: string): readonly string[] | undefined {
  if (!uplinkPortPolicy) return undefined;
  const names = "uplinkPortName" in uplinkPortPolicy ? uplinkPortPolicy.uplinkPortName : undefined;
  if (Array.isArray(names) && names.length > 0 && names.length <= 32 && new Set(names).size === names.length)
    return Object.freeze([...names]);
  throw invalidArgument(
    `${path}.uplinkPortPolicy`,
    "It is a DVSNameArrayUplinkPortPolicy with 1 to 32 different names.",
  );
}

function settingsFrom(before: SwitchSettings, spec: Spec): SwitchSettings {
  const known: Readonly<Record<string, unknown>> = { ...spec };
  const changed = Object.fromEntries(kept.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])));
  return Object.freeze({ ...before, ...changed });
}
