import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { invalidArgument } from "../faults.ts";
import { isPortBacking, portOf } from "../network/ports.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { type Attempt, strictly } from "./attempt.ts";
import { assigned, editCard, unpinned } from "./cards.ts";
import { editsOver } from "./device-edits.ts";
import { deviceOf, devicesOf, isCard, labelOf, networkOf } from "./devices.ts";
import { datastoreNamed } from "./reach.ts";

type Edits = MachineRecord["devices"];
type Port = vim.VirtualSerialPort | vim.VirtualParallelPort;

const isPort = (device: vim.VirtualDevice): device is Port =>
  is(device, "VirtualSerialPort") || is(device, "VirtualParallelPort");

export const isFileBacked = (device: vim.VirtualDevice): boolean =>
  is(device.backing, "VirtualSerialPortFileBackingInfo") || is(device.backing, "VirtualParallelPortFileBackingInfo");

/** The device edits of a fork: its source's, without addresses set by hand, and with what the caller changes. */
export function editForFork(
  view: View,
  source: MachineRecord,
  host: HostRecord,
  changes: readonly vim.VirtualDeviceConfigSpec[] | undefined,
  attempt: Attempt = strictly,
): Edits {
  const inherited = withoutAddresses(source);
  if (!changes || changes.length === 0) return inherited;
  const edits: Record<number, vim.VirtualDevice> = { ...inherited };
  changes.forEach((change, i) => {
    const path = `spec.location.deviceChange[${i}]`;
    const current = attempt("sourceTests", undefined, () => editable(source.base, edits, change, path));
    if (current) {
      const wanted = withoutPortOf(view, source, change.device);
      edits[current.key] = editOf(view, host, current, wanted, `${path}.device`, attempt);
    }
  });
  return editsOver(source.base, edits);
}

/** The device that a change is about, where it may be changed at all. */
function editable(
  base: MachineRecord["base"],
  devices: Edits,
  change: vim.VirtualDeviceConfigSpec,
  path: string,
): vim.VirtualEthernetCard | Port {
  if (change.operation !== "edit")
    throw invalidArgument(`${path}.operation`, "An instant clone takes only the operation 'edit'.");
  for (const field of ["fileOperation", "profile", "backing", "filterSpec"] as const) {
    const value = change[field];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0))
      throw invalidArgument(`${path}.${field}`, "It is not supported for an instant clone.");
  }
  const { device } = change;
  const current = deviceOf({ base, devices }, device.key);
  if (!current) throw invalidArgument(`${path}.device.key`, `The source has no device with the key ${device.key}.`);
  if ((isCard(device) && isCard(current)) || (isPort(device) && isPort(current))) return current;
  throw invalidArgument(
    `${path}.device`,
    `An instant clone can edit network cards and file-backed serial and parallel ports, not '${labelOf(current)}'.`,
  );
}

/** Who sends a card back as he has read it from the source names the source's port: a clone gets one of its own. */
function withoutPortOf(view: View, source: MachineRecord, device: vim.VirtualDevice): vim.VirtualDevice {
  if (!isCard(device) || !isPortBacking(device.backing)) return device;
  const { portKey } = device.backing.port;
  const on = portKey === undefined ? undefined : portOf(view, source.id, device.key, networkOf(device));
  return on && String(on.key) === portKey ? unpinned(device) : device;
}

function editOf(
  view: View,
  host: HostRecord,
  current: vim.VirtualEthernetCard | Port,
  wanted: vim.VirtualDevice,
  path: string,
  attempt: Attempt,
): vim.VirtualDevice {
  if (isPort(current) && isPort(wanted))
    return attempt("datastoreTests", current, () => editPort(view, host, current, wanted, path));
  if (!isCard(current) || !isCard(wanted)) return current;
  const { backing, ...rest } = wanted;
  const edited = attempt("sourceTests", current, () => editCard(view, host, current, rest, path));
  if (!backing) return edited;
  const move: vim.VirtualEthernetCard = { _typeName: "VirtualEthernetCard", key: edited.key, backing };
  return attempt("networkTests", edited, () => editCard(view, host, edited, move, path));
}

function editPort(view: View, host: HostRecord, current: Port, wanted: Port, path: string): vim.VirtualDevice {
  const backing = wanted.backing ?? current.backing;
  const edited: vim.VirtualDevice = { ...current, ...(backing ? { backing } : {}) };
  if (!isFileBacked(edited) || !backing || !("fileName" in backing))
    throw invalidArgument(`${path}.backing`, `'${labelOf(current)}' can be edited only to be backed by a file.`);
  datastoreNamed(view, host, parsePath(backing.fileName).datastore);
  return wanted.connectable ? { ...edited, connectable: { ...current.connectable, ...wanted.connectable } } : edited;
}

/** A clone has neither its source's addresses nor its ports: cards with one set by hand get a generated one. */
function withoutAddresses(source: MachineRecord): Edits {
  const manual = devicesOf(source)
    .filter(isCard)
    .filter((card) => card.macAddress !== undefined || unpinned(card) !== card);
  if (manual.length === 0) return source.devices;
  const edits: Record<number, vim.VirtualDevice> = { ...source.devices };
  for (const card of manual) edits[card.key] = unpinned(card.macAddress === undefined ? card : assigned(card));
  return editsOver(source.base, edits);
}
