import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { numberIn } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";

type Device = vim.VirtualDevice;
type Devices = readonly Device[];

export const isDisk = (device: Device): device is vim.VirtualDisk => device._typeName === "VirtualDisk";
export const isCard = (device: Device): device is vim.VirtualEthernetCard => is(device, "VirtualEthernetCard");
export const isController = (device: Device): device is vim.VirtualController => is(device, "VirtualController");

type Edited = Pick<MachineRecord, "base" | "devices">;

/** Forks of one source share their edits: the list that was asked for last is nearly always the one that is asked for next. */
let last: { readonly base: Edited["base"]; readonly edits: Edited["devices"]; readonly list: Devices } | undefined;

/** All devices of a machine as its record keeps them: without file names and generated MAC addresses. */
export function devicesOf({ base, devices: edits }: Edited): Devices {
  if (!edits) return base.devices;
  if (last?.base === base && last.edits === edits) return last.list;
  const list = base.devices.map((device) => edits[device.key] ?? device);
  last = { base, edits, list };
  return list;
}

/** The device of a key, or undefined. */
export function deviceOf(machine: Pick<MachineRecord, "base" | "devices">, key: number): Device | undefined {
  return machine.devices?.[key] ?? machine.base.devices.find((device) => device.key === key);
}

/** The network that a card is on, 0 for none that the simulator knows. */
export function networkOf(card: Device): number {
  const { backing } = card;
  switch (backing?._typeName) {
    case "VirtualEthernetCardNetworkBackingInfo":
      return backing.network ? numberIn(backing.network.value) : 0;
    case "VirtualEthernetCardDistributedVirtualPortBackingInfo":
      return numberIn(backing.port.portgroupKey ?? "");
    default:
      return 0;
  }
}

/** Lists of devices are never changed, so what is worked out from one holds for as long as it lives. */
const networks = new WeakMap<Devices, readonly number[]>();

/** The networks that a machine's cards are on, each once. */
export function networksOf(machine: Pick<MachineRecord, "base" | "devices">): readonly number[] {
  const devices = devicesOf(machine);
  const known = networks.get(devices);
  if (known) return known;
  const found = [...new Set(devices.filter(isCard).map(networkOf))].filter((id) => id !== 0);
  networks.set(devices, found);
  return found;
}

/** What a device is called in messages: `Network adapter 1`. */
export const labelOf = (device: Device): string =>
  device.deviceInfo?.label ?? `${device._typeName ?? "device"} ${device.key}`;
