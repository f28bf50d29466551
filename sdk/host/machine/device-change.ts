import type { vim } from "../../vim/index.ts";
import { fault, notSupported } from "../faults.ts";
import type { PowerState } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { assigned, editCard } from "./cards.ts";
import { type ChangePath, deviceFault } from "./device-fault.ts";
import { type DeviceKind, kindOf } from "./device-kinds.ts";
import { slotFor } from "./device-slots.ts";
import { isCard, isController, isDisk, labelOf } from "./devices.ts";
import { capacityOf, type DiskChange, diskDevice, newDisk } from "./disk-change.ts";
import { datastoreNamed } from "./reach.ts";

type Device = vim.VirtualDevice;
type Change = vim.VirtualDeviceConfigSpec;

/** What a list of device changes makes of a machine's devices. */
export interface DeviceChanges {
  readonly devices: readonly Device[];
  /** Keys of devices that were edited in place; undefined when the list itself has changed. */
  readonly edited: readonly number[] | undefined;
  readonly disks: readonly DiskChange[];
}

interface Work {
  readonly view: View;
  readonly host: HostRecord;
  readonly power: PowerState;
  devices: Device[];
  readonly disks: DiskChange[];
  /** The keys that controllers of this list were given, by those that the caller made up. */
  readonly keys: Map<number, number>;
}

/** Works a list of changes out, in the caller's order. Nothing is done to files yet. */
export function changeDevices(
  view: View,
  host: HostRecord,
  power: PowerState,
  before: readonly Device[],
  changes: readonly Change[],
  list: string,
): DeviceChanges {
  const work: Work = { view, host, power, devices: [...before], disks: [], keys: new Map() };
  for (const [index, change] of changes.entries()) apply(work, change, { list, index });
  for (const device of work.devices) requireController(work, device, list);
  const inPlace = changes.every(({ operation }) => operation === "edit") && work.disks.length === 0;
  return {
    devices: work.devices,
    edited: inPlace ? changes.map(({ device }) => device.key) : undefined,
    disks: work.disks,
  };
}

function apply(work: Work, change: Change, at: ChangePath): void {
  for (const field of ["profile", "backing", "filterSpec"] as const) {
    const value = change[field];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0))
      throw notSupported(`${at.list}[${at.index}].${field}`);
  }
  if (change.operation === "add") {
    add(work, change, at);
    return;
  }
  const current = work.devices.find(({ key }) => key === change.device.key);
  if (!current)
    throw deviceFault("DeviceNotFound", at, "device.key", `There is no device with the key ${change.device.key}.`);
  if (change.operation === "remove") {
    remove(work, current, change, at);
    return;
  }
  if (change.operation !== "edit")
    throw deviceFault("InvalidDeviceOperation", at, "operation", "It is add, edit or remove.");
  const edited = edit(work, current, change.device, at);
  work.devices = work.devices.map((device) => (device === current ? edited : device));
}

function add(work: Work, { device, fileOperation }: Change, at: ChangePath): void {
  const kind = kindOf(device);
  if (!kind || device._typeName === undefined || abstract.has(device._typeName))
    throw notSupported(`Adding a ${device._typeName ?? "device without a type"} (${at.list}[${at.index}].device)`);
  if (work.power === "poweredOn" && kind.cold) throw noHotPlug(device, at);
  const on =
    device.controllerKey === undefined ? undefined : (work.keys.get(device.controllerKey) ?? device.controllerKey);
  const { key, controllerKey, unitNumber, label, busNumber } = slotFor(work.devices, device, kind, on, at);
  if (work.power === "poweredOn" && controllerKey >= 200 && controllerKey <= 201) throw noHotPlug(device, at);
  const deviceInfo: vim.Description = { _typeName: "Description", label, summary: label };
  const placed = { ...device, key, controllerKey, unitNumber, deviceInfo };
  if (isController(placed)) {
    work.keys.set(device.key, key);
    work.devices.push({ ...placed, busNumber });
  } else if (isDisk(placed)) {
    const disk = newDisk(work.view, placed, key, fileOperation, at);
    work.disks.push(disk);
    work.devices.push(diskDevice(placed, disk.kind === "remove" ? 0 : disk.bytes));
  } else if (isCard(placed)) {
    const { macAddress: _mac, addressType: _type, backing: _backing, connectable: _connectable, ...rest } = placed;
    const card = assigned({ ...rest, connectable: ready(work.power) });
    work.devices.push(editCard(work.view, work.host, card, placed, `${at.list}[${at.index}].device`));
  } else {
    requireBacking(kind, placed, at);
    requireFile(work, placed);
    const { connectable, ...rest } = placed;
    work.devices.push(kind.connects ? { ...rest, connectable: { ...ready(work.power), ...connectable } } : rest);
  }
}

/** A device is backed by what is named after it: a serial port by a file, a pipe, a URI, a port of the host. */
function requireBacking(kind: DeviceKind, { backing }: Device, at: ChangePath): void {
  if (backing ? backing._typeName?.startsWith(kind.type) : !kind.backed) return;
  throw deviceFault(
    "InvalidDeviceBacking",
    at,
    "device.backing",
    `A '${kind.label}' is backed by a ${kind.type}...BackingInfo, not by ${backing?._typeName ?? "nothing"}.`,
  );
}

const abstract: ReadonlySet<string> = new Set([
  "VirtualEthernetCard",
  "VirtualSCSIController",
  "VirtualSATAController",
  "VirtualSoundCard",
]);

const ready = (power: PowerState): vim.VirtualDeviceConnectInfo => ({
  _typeName: "VirtualDeviceConnectInfo",
  startConnected: true,
  allowGuestControl: true,
  connected: true,
  status: power === "poweredOn" ? "ok" : "untried",
});

function remove(work: Work, current: Device, change: Change, at: ChangePath): void {
  const kind = kindOf(current);
  if (!kind)
    throw deviceFault("InvalidDeviceOperation", at, "operation", `'${labelOf(current)}' cannot be removed.`, {
      badOp: "remove",
    });
  if (work.power === "poweredOn" && kind.cold) throw noHotPlug(current, at);
  work.devices = work.devices.filter((device) => device !== current);
  if (isDisk(current))
    work.disks.push({ kind: "remove", key: current.key, destroy: change.fileOperation === "destroy" });
}

function edit(work: Work, current: Device, wanted: Device, at: ChangePath): Device {
  if (isCard(current) && isCard(wanted))
    return editCard(work.view, work.host, current, wanted, `${at.list}[${at.index}].device`);
  if (wanted._typeName !== current._typeName)
    throw deviceFault(
      "InvalidDeviceSpec",
      at,
      "device",
      `'${labelOf(current)}' is a ${current._typeName}, not a ${wanted._typeName}.`,
    );
  requireSamePlace(current, wanted, at);
  if (isDisk(current) && isDisk(wanted)) return editDisk(work, current, wanted, at);
  const { key, controllerKey, unitNumber, deviceInfo } = current;
  const edited = merged(current, wanted);
  const kind = kindOf(current);
  if (kind && !isController(current)) requireBacking(kind, edited, at);
  requireFile(work, edited);
  return merged(edited, {
    key,
    ...(deviceInfo ? { deviceInfo } : {}),
    ...(controllerKey === undefined ? {} : { controllerKey }),
    ...(unitNumber === undefined ? {} : { unitNumber }),
  });
}

function requireSamePlace(current: Device, wanted: Device, at: ChangePath): void {
  for (const field of ["controllerKey", "unitNumber"] as const) {
    const value = wanted[field];
    if (value !== undefined && value >= 0 && value !== current[field])
      throw notSupported(`Moving '${labelOf(current)}' to another place (${at.list}[${at.index}].device.${field})`);
  }
}

/** A device with some of its properties replaced by those of another of its type. */
const merged = <D extends Device>(current: D, wanted: Partial<D>): D => ({ ...current, ...wanted });

function editDisk(work: Work, current: vim.VirtualDisk, wanted: vim.VirtualDisk, at: ChangePath): Device {
  const before = Number(current.capacityInBytes ?? current.capacityInKB * 1024);
  // Callers send the disk back as they read it with one of the two changed.
  const kb = Number(wanted.capacityInKB) * 1024;
  const bytes =
    kb !== before && wanted.capacityInKB !== undefined && Number(wanted.capacityInBytes) === before
      ? kb
      : capacityOf(wanted, at);
  if (bytes < before)
    throw deviceFault(
      "InvalidDeviceSpec",
      at,
      "device.capacityInKB",
      `A disk cannot become smaller: it has ${before} bytes, ${bytes} are asked for.`,
    );
  if (bytes > before) work.disks.push({ kind: "grow", key: current.key, bytes, at });
  const { backing } = wanted;
  const mode =
    backing && "diskMode" in backing && current.backing
      ? { backing: { ...current.backing, diskMode: backing.diskMode } }
      : {};
  const { shares, storageIOAllocation } = wanted;
  const kept = { ...(shares ? { shares } : {}), ...(storageIOAllocation ? { storageIOAllocation } : {}) };
  return diskDevice({ ...current, ...mode, ...kept }, bytes);
}

/** A file that a drive or port shows must at least be on a datastore that the host has. */
function requireFile(work: Work, device: Device): void {
  const { backing } = device;
  if (backing && "fileName" in backing && backing.fileName)
    datastoreNamed(work.view, work.host, parsePath(backing.fileName).datastore);
}

function requireController(work: Work, device: Device, list: string): void {
  const { controllerKey } = device;
  if (controllerKey === undefined || work.devices.some(({ key }) => key === controllerKey)) return;
  throw fault(
    "MissingController",
    { property: list, deviceIndex: 0 },
    `'${labelOf(device)}' hangs from the controller with the key ${controllerKey}, which is gone. Remove the device first.`,
  );
}

const noHotPlug = (device: Device, at: ChangePath) =>
  fault(
    "DeviceHotPlugNotSupported",
    { property: `${at.list}[${at.index}].device`, deviceIndex: at.index },
    `A ${device._typeName} cannot be added or removed there while the machine runs. Power it off first.`,
  );
