import type { vim } from "../../vim/index.ts";
import { deviceOf, isCard } from "../machine/devices.ts";
import { iso } from "../properties/values.ts";
import { macAddressOf } from "../properties/virtual-machine/devices.ts";
import { idOf, refOf } from "../state/id.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { PortgroupRecord, PortUse, SwitchRecord } from "../state/switch-record.ts";
import type { View } from "../state/view.ts";
import { physicalCards } from "./physical-cards.ts";
import { portgroupsOf, switchUuid } from "./switch-uuid.ts";

/** A port of a port group, with who is on it. */
interface Port {
  readonly key: number;
  readonly group: PortgroupRecord;
  readonly use: PortUse | undefined;
  readonly owner: InventoryRecord | undefined;
  readonly host: number;
  /** A card on it sends. */
  readonly active: boolean;
}

/** What a caller asks for, each in its own words: what is not said does not matter. */
export function* portsWhere(
  view: View,
  of: SwitchRecord,
  criteria: vim.DistributedVirtualSwitchPortCriteria = {},
): Generator<Port, void, undefined> {
  const { connected, active, uplinkPort, portgroupKey = [], inside = true, portKey = [], host = [], scope } = criteria;
  const hosts = new Set(host.map(({ value }) => value));
  // Of vCenter, only ports of an NSX switch are NSX ports; a scope narrows what few ports have.
  if (criteria.nsxPort || scope) return;
  for (const group of portgroupsOf(view, of)) {
    const named = portgroupKey.length === 0 || portgroupKey.includes(idOf(group)) === inside;
    if (!named || (uplinkPort !== undefined && uplinkPort !== group.uplink)) continue;
    const keys =
      portKey.length > 0 ? portKey.map(Number) : [...group.free.keys(), ...group.used.keys()].sort(ascending);
    for (const key of keys) {
      if (!group.free.has(key) && !group.used.has(key)) continue;
      const port = portAt(view, of, group, key);
      if (connected !== undefined && connected !== (port.use !== undefined)) continue;
      if (active !== undefined && active !== port.active) continue;
      const through = view.object(port.host);
      if (hosts.size > 0 && !(through && hosts.has(idOf(through)))) continue;
      yield port;
    }
  }
}

const ascending = (a: number, b: number) => a - b;

function portAt(view: View, of: SwitchRecord, group: PortgroupRecord, key: number): Port {
  const use = group.used.get(key);
  const owner = use && view.object(use.owner);
  const port = { key, group, use, owner };
  if (group.uplink) return { ...port, host: use?.owner ?? hostOfUplink(of, key), active: use !== undefined };
  if (owner?.kind !== "VirtualMachine" || !use) return { ...port, host: 0, active: false };
  const card = deviceOf(owner, use.card);
  return { ...port, host: owner.host, active: owner.power === "poweredOn" && card?.connectable?.connected !== false };
}

function hostOfUplink(of: SwitchRecord, key: number): number {
  for (const [host, { ports }] of of.members.entries()) if (ports.includes(key)) return host;
  return 0;
}

const noStatistics: vim.DistributedVirtualSwitchPortStatistics = Object.freeze({
  packetsInMulticast: 0,
  packetsOutMulticast: 0,
  bytesInMulticast: 0,
  bytesOutMulticast: 0,
  packetsInUnicast: 0,
  packetsOutUnicast: 0,
  bytesInUnicast: 0,
  bytesOutUnicast: 0,
  packetsInBroadcast: 0,
  packetsOutBroadcast: 0,
  bytesInBroadcast: 0,
  bytesOutBroadcast: 0,
  packetsInDropped: 0,
  packetsOutDropped: 0,
  packetsInException: 0,
  packetsOutException: 0,
});

/** A port as it travels. */
export function portView(
  view: View,
  of: SwitchRecord,
  port: Port,
  setting: (group: PortgroupRecord) => vim.DVPortSetting,
): vim.DistributedVirtualPort {
  const { key, group, use } = port;
  const host = view.object(port.host);
  const connectee = connecteeOf(port);
  const uplink = group.uplink && host ? of.members.get(host.id)?.ports.indexOf(key) : undefined;
  const name = uplink === undefined ? undefined : of.uplinkNames[uplink];
  const mac = macOf(port);
  return {
    key: String(key),
    config: { ...(name === undefined ? {} : { name }), setting: setting(group), configVersion: "0" },
    dvsUuid: switchUuid(view.seed, of.id),
    portgroupKey: idOf(group),
    ...(host?.kind === "HostSystem" ? { proxyHost: refOf(host) } : {}),
    ...(connectee ? { connectee } : {}),
    conflict: false,
    state: {
      runtimeInfo: { linkUp: port.active, blocked: false, ...(mac === undefined ? {} : { macAddress: mac }) },
      stats: noStatistics,
    },
    ...(use ? { connectionCookie: use.cookie } : {}),
    lastStatusChange: iso(use?.since ?? of.created),
    hostLocalPort: false,
  };
}

function macOf({ owner, use }: Port): string | undefined {
  if (owner?.kind !== "VirtualMachine" || !use) return undefined;
  const card = deviceOf(owner, use.card);
  return card && isCard(card) ? macAddressOf(owner, card) : undefined;
}

function connecteeOf({ owner, use, group, key }: Port): vim.DistributedVirtualSwitchPortConnectee | undefined {
  if (!use || !owner) return undefined;
  if (owner.kind === "VirtualMachine")
    return { connectedEntity: refOf(owner), nicKey: String(use.card), type: "vmVnic" };
  if (owner.kind !== "HostSystem") return undefined;
  const device = physicalCards(owner).find((_, i) => group.cards.get(owner.id * 64 + i) === key)?.device;
  return { connectedEntity: refOf(owner), ...(device === undefined ? {} : { nicKey: device }), type: "pnic" };
}
