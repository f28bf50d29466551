import type { vim } from "../../../vim/index.ts";
import { connectedNow } from "../../machine/connect.ts";
import { isCard, isController, isDisk, networkOf } from "../../machine/devices.ts";
import { isPortBacking, portOf } from "../../network/ports.ts";
import { macOf } from "../../random.ts";
import type { MachineBase, MachineRecord } from "../../state/machine-record.ts";
import type { Reader } from "../derivation.ts";
import { frozen } from "../frozen.ts";
import { backingOf } from "./disks.ts";

type Device = vim.VirtualDevice;

/** What a machine and its forks have in common of their devices. */
const common = new WeakMap<MachineBase, readonly Device[]>();

/** The devices of a base; controllers know what hangs from them. */
function devicesOf(base: MachineBase): readonly Device[] {
  const known = common.get(base);
  if (known) return known;
  const children = new Map<number, number[]>();
  for (const { key, controllerKey } of base.devices) {
    if (controllerKey !== undefined) children.set(controllerKey, [...(children.get(controllerKey) ?? []), key]);
  }
  const devices = base.devices.map((device): Device => {
    if (!isController(device)) return device;
    const { device: _, ...controller } = device;
    const keys = children.get(device.key);
    return keys ? { ...controller, device: keys } : controller;
  });
  common.set(base, frozen(devices));
  return devices;
}

/** The devices of a machine with what is its own: the names of its disks' files, its cards' addresses, its networks' names. */
export function devices(machine: MachineRecord, reader: Reader): readonly Device[] {
  return devicesOf(machine.base).map((shared): Device => {
    const device = connectedNow(machine, machine.devices?.[shared.key] ?? shared);
    if (isDisk(device)) return ownDisk(machine, device, reader);
    return isCard(device) ? ownCard(machine, device, reader) : device;
  });
}

function ownDisk(machine: MachineRecord, device: vim.VirtualDisk, reader: Reader): Device {
  const disk = machine.disks.find(({ key }) => key === device.key);
  return disk ? { ...device, backing: backingOf(machine, disk, device, reader) } : device;
}

function ownCard(machine: MachineRecord, device: vim.VirtualEthernetCard, reader: Reader): Device {
  const card = { ...device, macAddress: macAddressOf(machine, device) };
  const network = reader.object(networkOf(device));
  const { backing, deviceInfo } = device;
  if (isPortBacking(backing))
    return { ...card, backing: { ...backing, port: connectionOf(machine, device, backing, reader) } };
  if (!network || backing?._typeName !== "VirtualEthernetCardNetworkBackingInfo") return card;
  if (backing.deviceName === network.name && deviceInfo?.summary === network.name) return card;
  return {
    ...card,
    backing: { ...backing, deviceName: network.name },
    ...(deviceInfo ? { deviceInfo: { ...deviceInfo, summary: network.name } } : {}),
  };
}

/** The port that a card is on, if it is on one now. */
function connectionOf(
  { id }: MachineRecord,
  card: vim.VirtualEthernetCard,
  { port: { portKey: _, ...rest } }: vim.VirtualEthernetCardDistributedVirtualPortBackingInfo,
  reader: Reader,
): vim.DistributedVirtualSwitchPortConnection {
  const found = portOf(reader, id, card.key, networkOf(card));
  return found ? { ...rest, portKey: String(found.key), connectionCookie: found.use.cookie } : rest;
}

/** The address that somebody gave a card, or the one that follows from the machine's number. */
export const macAddressOf = (machine: MachineRecord, card: vim.VirtualEthernetCard): string =>
  card.macAddress ?? macOf(machine.id, card.key - 4000);
