import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { fault, type HostFault, invalidPowerState } from "../faults.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { devicesOf, isDisk, labelOf } from "./devices.ts";
import { isFileBacked } from "./fork-devices.ts";
import { requireNoTemplate } from "./lookup.ts";
import { requireReady } from "./overhead.ts";
import { mounted } from "./reach.ts";

type Device = vim.VirtualDevice;

/** Levels of disk files that a virtual disk can have (VMware's knowledge base, article 67186). */
const deepestChain = 255;

/** Throws unless a machine can be forked as it stands. */
export function requireForkable(view: View, source: MachineRecord): void {
  requireNoTemplate(source, "an instant clone");
  if (source.power !== "poweredOn") throw invalidPowerState(source.power, "poweredOn", source.name);
  requireReady(record(view, "HostSystem", source.host));
  for (const { layer } of source.disks) if (layer.depth >= deepestChain) throw tooDeep(source);
}

/** Lists of devices are never changed: what is known of one that can be forked anywhere holds for as long as it lives. */
const harmless = new WeakSet<readonly Device[]>();

/** Throws DisallowedMigrationDeviceAttached when a device cannot go along: the state of all of them is carried over. */
export function requireMovable(view: View, host: HostRecord, fork: Pick<MachineRecord, "base" | "devices">): void {
  const devices = devicesOf(fork);
  if (harmless.has(devices)) return;
  let always = true;
  for (const device of devices) {
    const reason = obstacle(view, host, device);
    if (reason) throw fault("DisallowedMigrationDeviceAttached", { fault: reason.localized }, reason.message);
    if (is(device, "VirtualCdrom")) always = false;
  }
  if (always) harmless.add(devices);
}

function obstacle(view: View, host: HostRecord, device: Device): HostFault | undefined {
  if (device._typeName === "VirtualSerialPort" || device._typeName === "VirtualParallelPort")
    return isFileBacked(device) ? undefined : unsupported(device, "only ports backed by a file can be cloned");
  if (device._typeName === "VirtualCdrom") return discObstacle(view, host, device);
  if (is(device, "VirtualSCSIController") && device.sharedBus !== "noSharing")
    return unsupported(device, "its bus is shared with other machines");
  if (isDisk(device)) return diskObstacle(device);
  return stuck.has(device._typeName ?? "") ? unsupported(device, "it is bound to its machine or its host") : undefined;
}

const stuck: ReadonlySet<string> = new Set([
  "VirtualPCIPassthrough",
  "VirtualSCSIPassthrough",
  "VirtualTPM",
  "VirtualSriovEthernetCard",
  "VirtualNVDIMM",
  "VirtualUSB",
]);

function diskObstacle(disk: vim.VirtualDisk): HostFault | undefined {
  const { backing } = disk;
  const independent = backing && "diskMode" in backing && backing.diskMode.startsWith("independent");
  return independent ? unsupported(disk, "a disk that is independent of snapshots takes no delta") : undefined;
}

function discObstacle(view: View, host: HostRecord, device: vim.VirtualCdrom): HostFault | undefined {
  const { backing } = device;
  if (!device.connectable?.connected) return undefined;
  if (backing?._typeName !== "VirtualCdromIsoBackingInfo")
    return unsupported(device, "it is connected to a device of the host or of a client");
  if (backing.fileName === "" || mounted(view, host, parsePath(backing.fileName).datastore)) return undefined;
  return fault(
    "CannotAccessVmDevice",
    { device: labelOf(device), backing: backing.fileName, connected: true },
    `The connected device '${labelOf(device)}' uses the backing '${backing.fileName}', which the host '${host.name}' cannot reach. Disconnect it first.`,
  );
}

const unsupported = (device: Device, why: string): HostFault =>
  fault(
    "DeviceNotSupported",
    { device: labelOf(device), reason: "device" },
    `The device '${labelOf(device)}' is not supported for an instant clone: ${why}.`,
  );

/** As vCenter reports it: the outer reason does not say what is wrong, the fault inside it does. */
function tooDeep(source: MachineRecord): HostFault {
  const message = `The disks of '${source.name}' have ${deepestChain} levels, the most there can be: every clone of a running source adds one. Freeze the source at its fork point, or clone another.`;
  const key = "msg.migrate.prepare.failed";
  const inner = fault("GenericVmConfigFault", { reason: message, faultMessage: [{ key, message }] }, message);
  return fault(
    "SystemError",
    { reason: "launch failure", faultCause: inner.localized },
    `Unable to prepare migration. ${message}`,
  );
}
