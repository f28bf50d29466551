import type { vim } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import { devicesOf, isCard, networkOf } from "../machine/devices.ts";
import { mix } from "../random.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { PortgroupRecord, PortUse } from "../state/switch-record.ts";
import { record, type View } from "../state/view.ts";

type Backing = vim.VirtualEthernetCardDistributedVirtualPortBackingInfo;

/** A card that is on a port group of a distributed switch. */
interface Plug {
  readonly card: number;
  readonly portgroup: number;
  /** The port that somebody asked for, 0 for any. */
  readonly wanted: number;
}

/** How many ports are made at once when none is free; assumed. */
const expansion = 8;

export const isPortBacking = (backing: vim.VirtualDeviceBackingInfo | undefined): backing is Backing =>
  backing?._typeName === "VirtualEthernetCardDistributedVirtualPortBackingInfo";

export const hasPort = ({ free, used }: PortgroupRecord, port: number): boolean => free.has(port) || used.has(port);

/** A card of a machine as a port group knows it; a machine has ten cards at most, with the keys from 4000 on. */
export const cardCode = (owner: number, card: number): number => owner * 64 + ((card - 4000) & 63);

/** Lists of devices are never changed: nearly all have no such card, and then nothing is looked at again. */
const plugs = new WeakMap<readonly object[], readonly Plug[]>();
const nothing: readonly Plug[] = Object.freeze([]);

function plugsOf(machine: MachineRecord | undefined): readonly Plug[] {
  if (!machine) return nothing;
  const devices = devicesOf(machine);
  let found = plugs.get(devices);
  if (!found) {
    const cards = devices.filter(isCard).flatMap((card): Plug[] => {
      const { backing, key } = card;
      if (!isPortBacking(backing)) return [];
      return [{ card: key, portgroup: networkOf(card), wanted: Number(backing.port.portKey ?? 0) }];
    });
    found = cards.length === 0 ? nothing : cards;
    plugs.set(devices, found);
  }
  return found;
}

/** The port that a card of a machine is on, if it is on one. */
export function portOf(
  view: Pick<View, "object">,
  machine: number,
  card: number,
  portgroup: number,
): { readonly key: number; readonly use: PortUse } | undefined {
  const group = view.object(portgroup);
  if (group?.kind !== "DistributedVirtualPortgroup") return undefined;
  const key = group.cards.get(cardCode(machine, card));
  const use = key === undefined ? undefined : group.used.get(key);
  return key === undefined || !use ? undefined : { key, use };
}

/** Lets the cards of a machine go from the ports that they are not on any more, and gives those ports that need one. */
export function connectPorts(tx: Draft, before: MachineRecord | undefined, after: MachineRecord | undefined): void {
  const [had, has] = [plugsOf(before), plugsOf(after)];
  const machine = after ?? before;
  if (!machine || (had === nothing && has === nothing)) return;
  const on = (after?.power ?? "poweredOff") !== "poweredOff";
  const was = (before?.power ?? "poweredOff") !== "poweredOff";
  if (had === has && on === was) return;
  for (const plug of had) if (!has.some((other) => isSame(plug, other))) release(tx, machine.id, plug);
  for (const plug of has) {
    const group = tx.object(plug.portgroup);
    // A snapshot may bring back a card whose port group is gone.
    if (group?.kind !== "DistributedVirtualPortgroup") continue;
    if (on || group.type !== "ephemeral") take(tx, machine, plug);
    else release(tx, machine.id, plug);
  }
}

const isSame = (a: Plug, b: Plug) => a.card === b.card && a.portgroup === b.portgroup;

function release(tx: Draft, machine: number, { card, portgroup }: Plug): void {
  const group = tx.object(portgroup);
  if (group?.kind === "DistributedVirtualPortgroup") unplug(tx, group, cardCode(machine, card));
}

/** Takes a card off its port; one that was made for it alone goes. */
export function unplug(tx: Draft, group: PortgroupRecord, code: number): void {
  const port = group.cards.get(code);
  if (port === undefined) return;
  tx.put({
    ...group,
    cards: group.cards.delete(code),
    used: group.used.delete(port),
    free: group.type === "ephemeral" ? group.free : group.free.set(port, true),
  });
}

function take(tx: Draft, machine: MachineRecord, { card, portgroup, wanted }: Plug): void {
  const before = record(tx, "DistributedVirtualPortgroup", portgroup);
  const code = cardCode(machine.id, card);
  const now = before.cards.get(code);
  if (now !== undefined && (wanted === 0 || wanted === now || !before.free.has(wanted))) return;
  if (now !== undefined) unplug(tx, before, code);
  plug(tx, portgroup, { owner: machine.id, card, code, wanted });
}

/** Puts a card on the port that it wants, if that is free, else on the first that is; ports are made where the group may grow. */
export function plug(
  tx: Draft,
  portgroup: number,
  card: { readonly owner: number; readonly card: number; readonly code: number; readonly wanted: number },
): void {
  const group = withFree(tx, record(tx, "DistributedVirtualPortgroup", portgroup));
  const port = group.free.has(card.wanted) ? card.wanted : (group.free.firstKey() ?? 0);
  const cookie = mix(tx.seed, 0xc00c1e, group.id, group.connections) >>> 1;
  const use: PortUse = { owner: card.owner, card: card.card, cookie, since: tx.now };
  tx.put({
    ...group,
    free: group.free.delete(port),
    used: group.used.set(port, use),
    cards: group.cards.set(card.code, port),
    connections: group.connections + 1,
  });
}

function withFree(tx: Draft, group: PortgroupRecord): PortgroupRecord {
  if (group.free.size > 0) return group;
  if (group.type === "ephemeral") return addPorts(tx, group, 1);
  if (group.autoExpand) return addPorts(tx, group, expansion);
  throw fault(
    "ResourceNotAvailable",
    { containerType: group.kind, containerName: group.name, type: "DistributedVirtualPort" },
    `All ${group.used.size} ports of the port group '${group.name}' are in use, and it does not grow by itself. Add ports to it (numPorts).`,
  );
}

/** Ports that nobody is on, with keys that no port of the switch has had. */
export function addPorts(tx: Draft, group: PortgroupRecord, count: number): PortgroupRecord {
  const { nextPort } = record(tx, "VmwareDistributedVirtualSwitch", group.switch);
  tx.change("VmwareDistributedVirtualSwitch", group.switch, () => ({ nextPort: nextPort + count }));
  const free = group.free.edit((draft) => {
    for (let i = 0; i < count; i++) draft.set(nextPort + i, true);
  });
  const next = { ...group, free };
  tx.put(next);
  return next;
}

/** Throws ResourceInUse unless the cards of a machine got the very ports that somebody asked for. */
export function requirePorts(view: View, machine: MachineRecord): void {
  for (const { card, portgroup, wanted } of plugsOf(machine)) {
    const port = wanted === 0 ? undefined : portOf(view, machine.id, card, portgroup);
    if (!port || port.key === wanted) continue;
    throw fault(
      "ResourceInUse",
      { type: "DistributedVirtualPort", name: String(wanted) },
      `The port ${wanted} of '${view.object(portgroup)?.name}' is in use. Leave the port out to get a free one.`,
    );
  }
}
