import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument, notSupported } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { HostRecord } from "../state/record.ts";
import type { PortgroupRecord, SwitchMember, SwitchRecord } from "../state/switch-record.ts";
import { datacenterOf } from "../state/tree.ts";
import { record, type View } from "../state/view.ts";
import { type Doer, postNetwork } from "./events.ts";
import { connectHosts, disconnectHosts } from "./host-lists.ts";
import { physicalCards } from "./physical-cards.ts";
import { inUse, onHost } from "./portgroups.ts";
import { addPorts, plug, unplug } from "./ports.ts";
import { standardOf } from "./standard.ts";
import { portgroupsOf } from "./switch-uuid.ts";

type MemberSpec = vim.DistributedVirtualSwitchHostMemberConfigSpec;

const usualPorts = 1_536;
const usualAtMost = 8_192;

const theSwitch = (tx: Draft, id: number) => record(tx, "VmwareDistributedVirtualSwitch", id);

/** Puts a member's next record into its switch. */
function putMember(tx: Draft, id: number, host: number, member: SwitchMember | undefined): void {
  tx.change("VmwareDistributedVirtualSwitch", id, ({ members }) => ({
    members: member ? members.set(host, member) : members.delete(host),
  }));
}

/** Changes which hosts are in a switch, and by which of their cards, in the caller's order. */
export function changeMembers(tx: Draft, by: Doer, id: number, changes: readonly MemberSpec[], path: string): void {
  changes.forEach((change, i) => {
    const at = `${path}[${i}]`;
    const host = resolveKind(tx, "HostSystem", change.host);
    const known = theSwitch(tx, id).members.get(host.id);
    if (change.operation === "add") {
      if (known) throw fault("AlreadyExists", { name: host.name }, `The host '${host.name}' is in the switch already.`);
      joinSwitch(tx, by, id, host, at, change);
      return;
    }
    if (!known) throw fault("NotFound", {}, `The host '${host.name}' is not in the switch.`);
    if (change.operation === "remove") leaveSwitch(tx, by, id, host);
    else if (change.operation === "edit") editMember(tx, id, host, known, change, at);
    else throw invalidArgument(`${at}.operation`, "It is add, edit or remove.");
  });
}

/** A host gets the switch with all its port groups, and an uplink port of every name. */
export function joinSwitch(
  tx: Draft,
  by: Doer,
  id: number,
  host: HostRecord,
  at: string,
  spec: Pick<MemberSpec, "backing" | "maxProxySwitchPorts"> = {},
): void {
  const before = theSwitch(tx, id);
  if (datacenterOf(tx, host.id) !== datacenterOf(tx, id))
    throw invalidArgument(`${at}.host`, `The host '${host.name}' is in another datacenter than '${before.name}'.`);
  const maxPorts = spec.maxProxySwitchPorts ?? usualPorts;
  if (maxPorts < 0 || maxPorts > usualAtMost)
    throw invalidArgument(`${at}.maxProxySwitchPorts`, `It is a number up to ${usualAtMost}.`);
  putMember(tx, id, host.id, { ports: uplinkPorts(tx, before, []), pnics: [], maxPorts });
  for (const group of before.portgroups.keys()) connectHosts(tx, group, [host.id]);
  if (spec.backing) attach(tx, id, host, spec.backing, at);
  postNetwork(tx, by, "DvsHostJoinedEvent", theSwitch(tx, id), { hostJoined: hostArgument(host) });
}

export function leaveSwitch(tx: Draft, by: Doer, id: number, host: HostRecord): void {
  const before = theSwitch(tx, id);
  for (const group of portgroupsOf(tx, before)) {
    const machines = onHost(tx, group, host.id);
    if (machines > 0) throw inUse(host, `${machines} machines there are on '${group.name}'`);
  }
  const member = before.members.get(host.id);
  if (!member) return;
  detach(tx, before, host.id, member);
  dropUplinks(tx, before, member.ports);
  for (const group of before.portgroups.keys()) disconnectHosts(tx, group, [host.id]);
  putMember(tx, id, host.id, undefined);
  postNetwork(tx, by, "DvsHostLeftEvent", theSwitch(tx, id), { hostLeft: hostArgument(host) });
}

function editMember(
  tx: Draft,
  id: number,
  host: HostRecord,
  known: SwitchMember,
  change: MemberSpec,
  at: string,
): void {
  const member = { ...known, maxPorts: change.maxProxySwitchPorts ?? known.maxPorts };
  putMember(tx, id, host.id, member);
  if (!change.backing) return;
  detach(tx, theSwitch(tx, id), host.id, member);
  putMember(tx, id, host.id, { ...member, pnics: [] });
  attach(tx, id, host, change.backing, at);
}

const uplinkGroup = (tx: Draft, of: SwitchRecord) => record(tx, "DistributedVirtualPortgroup", of.uplinks);

/** As many uplink ports as there are names; those that there are stay. */
function uplinkPorts(tx: Draft, of: SwitchRecord, known: readonly number[]): readonly number[] {
  const group = uplinkGroup(tx, of);
  const missing = of.uplinkNames.length - known.length;
  if (missing <= 0) return known.slice(0, of.uplinkNames.length);
  const first = theSwitch(tx, of.id).nextPort;
  addPorts(tx, group, missing);
  return [...known, ...Array.from({ length: missing }, (_, i) => first + i)];
}

function dropUplinks(tx: Draft, of: SwitchRecord, ports: readonly number[]): void {
  const group = uplinkGroup(tx, of);
  const free = group.free.edit((draft) => {
    for (const port of ports) draft.delete(port);
  });
  tx.put({ ...group, free });
}

/** Every member gets the ports that the names of a switch's uplinks ask for now. */
export function fitUplinks(tx: Draft, id: number): void {
  for (const [host, member] of theSwitch(tx, id).members.entries()) {
    const of = theSwitch(tx, id);
    const gone = member.ports.slice(of.uplinkNames.length);
    if (member.pnics.some(({ port }) => gone.includes(port)))
      throw inUse(of, `a card of '${tx.object(host)?.name}' is on an uplink that was to go`);
    dropUplinks(tx, of, gone);
    putMember(tx, id, host, { ...member, ports: uplinkPorts(tx, theSwitch(tx, id), member.ports) });
  }
}

/** Physical cards have codes like those of machines: the number of the host, and which card it is. */
const pnicCode = (view: View, host: number, device: string): number =>
  host * 64 + physicalCards(record(view, "HostSystem", host)).findIndex((card) => card.device === device);

function detach(tx: Draft, of: SwitchRecord, host: number, member: SwitchMember): void {
  for (const { device } of member.pnics) unplug(tx, uplinkGroup(tx, of), pnicCode(tx, host, device));
}

/** Puts physical cards of a host on its uplink ports. */
function attach(
  tx: Draft,
  id: number,
  host: HostRecord,
  backing: NonNullable<MemberSpec["backing"]>,
  at: string,
): void {
  if (backing._typeName !== "DistributedVirtualSwitchHostMemberPnicBacking")
    throw notSupported(`${at}.backing of the type ${backing._typeName ?? "DistributedVirtualSwitchHostMemberBacking"}`);
  (backing.pnicSpec ?? []).forEach(({ pnicDevice, uplinkPortKey }, i) => {
    const where = `${at}.backing.pnicSpec[${i}]`;
    const of = theSwitch(tx, id);
    const member = of.members.get(host.id);
    if (!member) return;
    if (!physicalCards(host).some(({ device }) => device === pnicDevice))
      throw invalidArgument(`${where}.pnicDevice`, `The host '${host.name}' has no physical card '${pnicDevice}'.`);
    if (cardIsTaken(tx, host, pnicDevice))
      throw inUse({ kind: "PhysicalNic", name: pnicDevice }, "it is an uplink of a switch already");
    const group = uplinkGroup(tx, of);
    const port = portFor(group, member, uplinkPortKey);
    if (port === undefined)
      throw invalidArgument(where, `The host '${host.name}' has no such uplink port free in the switch.`);
    plug(tx, group.id, { owner: host.id, card: 0, code: pnicCode(tx, host.id, pnicDevice), wanted: port });
    putMember(tx, id, host.id, { ...member, pnics: [...member.pnics, { device: pnicDevice, port }] });
  });
}

const portFor = (group: PortgroupRecord, { ports }: SwitchMember, wanted: string | undefined): number | undefined =>
  ports.find((port) => group.free.has(port) && (wanted === undefined || wanted === "" || String(port) === wanted));

/** Whether a physical card of a host carries a switch already. */
export function cardIsTaken(view: View, host: HostRecord, device: string): boolean {
  if (standardOf(view, host).switches.some(({ pnics }) => pnics.includes(device))) return true;
  for (const of of switchesOf(view, host))
    if (of.members.get(host.id)?.pnics.some((pnic) => pnic.device === device)) return true;
  return false;
}

/** The distributed switches that a host is in. */
export function switchesOf(view: Pick<View, "object">, host: HostRecord): SwitchRecord[] {
  const found = new Map<number, SwitchRecord>();
  for (const id of host.networks.keys()) {
    const network = view.object(id);
    if (network?.kind !== "DistributedVirtualPortgroup") continue;
    const of = view.object(network.switch);
    if (of?.kind === "VmwareDistributedVirtualSwitch") found.set(of.id, of);
  }
  return [...found.values()];
}

const hostArgument = (host: HostRecord) => ({
  _typeName: "HostEventArgument",
  name: escapeName(host.name),
  host: refOf(host),
});
