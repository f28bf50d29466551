import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { invalidArgument } from "../faults.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { assigned, editCard } from "./cards.ts";
import { deviceOf, devicesOf, isCard, labelOf } from "./devices.ts";
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
): Edits {
  const inherited = withoutAddresses(source);
  if (!changes || changes.length === 0) return inherited;
  const edits: Record<number, vim.VirtualDevice> = { ...inherited };
  changes.forEach((change, i) => {
    const path = `spec.location.deviceChange[${i}]`;
    const edited = editOf(view, { base: source.base, devices: edits }, host, change, path);
    edits[edited.key] = edited;
  });
  return edits;
}

function editOf(
  view: View,
  fork: Pick<MachineRecord, "base" | "devices">,
  host: HostRecord,
  change: vim.VirtualDeviceConfigSpec,
  path: string,
): vim.VirtualDevice {
  if (change.operation !== "edit")
    throw invalidArgument(`${path}.operation`, "An instant clone takes only the operation 'edit'.");
  for (const field of ["fileOperation", "profile", "backing", "filterSpec"] as const)
    if (change[field] !== undefined)
      throw invalidArgument(`${path}.${field}`, "It is not supported for an instant clone.");
  const { device } = change;
  const current = deviceOf(fork, device.key);
  if (!current) throw invalidArgument(`${path}.device.key`, `The source has no device with the key ${device.key}.`);
  if (isCard(device) && isCard(current)) return editCard(view, host, current, device, `${path}.device`);
  if (isPort(device) && isPort(current)) return editPort(view, host, current, device, `${path}.device`);
  throw invalidArgument(
    `${path}.device`,
    `An instant clone can edit network cards and file-backed serial and parallel ports, not '${labelOf(current)}'.`,
  );
}

function editPort(view: View, host: HostRecord, current: Port, wanted: Port, path: string): vim.VirtualDevice {
  const backing = wanted.backing ?? current.backing;
  const edited: vim.VirtualDevice = { ...current, ...(backing ? { backing } : {}) };
  if (!isFileBacked(edited) || !backing || !("fileName" in backing))
    throw invalidArgument(`${path}.backing`, `'${labelOf(current)}' can be edited only to be backed by a file.`);
  datastoreNamed(view, host, parsePath(backing.fileName).datastore);
  return wanted.connectable ? { ...edited, connectable: { ...current.connectable, ...wanted.connectable } } : edited;
}

/** A clone never has its source's addresses: cards with one set by hand get a generated one. */
function withoutAddresses(source: MachineRecord): Edits {
  const manual = devicesOf(source).filter((device) => isCard(device) && device.macAddress !== undefined);
  if (manual.length === 0) return source.devices;
  const edits: Record<number, vim.VirtualDevice> = { ...source.devices };
  for (const device of manual) if (isCard(device)) edits[device.key] = assigned(device);
  return edits;
}
