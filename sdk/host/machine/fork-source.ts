import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { fault, type HostFault, invalidPowerState } from "../faults.ts";
import { optionOf } from "../inventory/host-options.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { type Attempt, strictly } from "./attempt.ts";
import { devicesOf, isDisk, labelOf } from "./devices.ts";
import { isFileBacked } from "./fork-devices.ts";
import { requireNoTemplate } from "./lookup.ts";
import { requireReady } from "./overhead.ts";
import { mounted } from "./reach.ts";

type Device = vim.VirtualDevice;

/** Levels of disk files that a virtual disk can have (VMware's knowledge base, article 67186). */
export const deepestChain = 255;

/** Throws unless a machine can be forked as it stands. */
export function requireForkable(view: View, source: MachineRecord, attempt: Attempt = strictly): void {
  attempt("sourceTests", undefined, () => requireNoTemplate(source, "an instant clone"));
  attempt("sourceTests", undefined, () => {
    if (source.power !== "poweredOn") throw invalidPowerState(source.power, "poweredOn", source.name);
  });
  const host = record(view, "HostSystem", source.host);
  attempt("hostTests", undefined, () => requireReady(host));
  attempt("hostTests", undefined, () => {
    if (optionOf(host, "Migrate.ProhibitInstantClone") === 1) throw prohibited(host);
  });
  attempt("sourceTests", undefined, () => {
    for (const { layer } of source.disks) if (layer.depth >= deepestChain) throw tooDeep(source);
  });
}

/** Lists of devices are never changed: what is known of one that can be forked anywhere holds for as long as it lives. */
const harmless = new WeakSet<readonly Device[]>();

/** Throws DisallowedMigrationDeviceAttached when a device cannot go along: the state of all of them is carried over. */
export function requireMovable(
  view: View,
  host: HostRecord,
  fork: Pick<MachineRecord, "base" | "devices">,
  attempt: Attempt = strictly,
): void {
  const devices = devicesOf(fork);
  if (harmless.has(devices)) return;
  let always = true;
  for (const device of devices) {
    attempt("sourceTests", undefined, () => {
      const reason = obstacle(view, host, device);
      if (!reason) return;
      always = false;
      throw fault("DisallowedMigrationDeviceAttached", { fault: reason.localized }, reason.message);
    });
    if (isDrive(device)) always = false;
  }
  if (always) harmless.add(devices);
}

type Drive = vim.VirtualCdrom | vim.VirtualFloppy;
const isDrive = (device: Device): device is Drive => is(device, "VirtualCdrom") || is(device, "VirtualFloppy");

function obstacle(view: View, host: HostRecord, device: Device): HostFault | undefined {
  if (device._typeName === "VirtualSerialPort" || device._typeName === "VirtualParallelPort")
    return isFileBacked(device) ? undefined : unsupported(device, "only ports backed by a file can be cloned");
  if (isDrive(device)) return driveObstacle(view, host, device);
  if (is(device, "VirtualSCSIController") && device.sharedBus !== "noSharing")
    return unsupported(device, "its bus is shared with other machines", "SharedBusControllerNotSupported");
  if (isDisk(device)) return diskObstacle(device);
  const why = bound[device._typeName ?? ""];
  return why === undefined ? undefined : unsupported(device, why);
}

/** Devices that are bound to their machine or to their host, with what they are bound to. */
const bound: Readonly<Record<string, string>> = {
  VirtualPCIPassthrough: "it is a device of the host, which only one machine can use",
  VirtualSriovEthernetCard: "it is a function of a card of the host, which only one machine can use",
  VirtualSCSIPassthrough: "it is a device of the host, which only one machine can use",
  VirtualUSB: "it is a device of the host or of a client, which only one machine can use",
  VirtualTPM: "two machines must not have the secrets of one TPM",
};

function diskObstacle(disk: vim.VirtualDisk): HostFault | undefined {
  const { backing } = disk;
  const independent = backing && "diskMode" in backing && backing.diskMode !== "persistent";
  return independent ? unsupported(disk, "a disk that is independent of snapshots takes no delta") : undefined;
}

/** A drive that is connected to anything but an image that the host reaches. */
function driveObstacle(view: View, host: HostRecord, drive: Drive): HostFault | undefined {
  const { backing, connectable } = drive;
  if (!connectable?.connected) return undefined;
  if (is(backing, "VirtualDeviceRemoteDeviceBackingInfo"))
    return unsupported(drive, "it is connected to a device of a client", "RemoteDeviceNotSupported");
  if (!is(backing, "VirtualDeviceFileBackingInfo"))
    return unsupported(drive, "it is connected to a device of the host");
  const { fileName } = backing;
  if (fileName === "" || mounted(view, host, parsePath(fileName).datastore)) return undefined;
  return fault(
    "CannotAccessVmDevice",
    { device: labelOf(drive), backing: fileName, connected: true },
    `The connected device '${labelOf(drive)}' uses the backing '${fileName}', which the host '${host.name}' cannot reach. Disconnect it first.`,
  );
}

const unsupported = (
  device: Device,
  why: string,
  type: "DeviceNotSupported" | "RemoteDeviceNotSupported" | "SharedBusControllerNotSupported" = "DeviceNotSupported",
): HostFault =>
  fault(
    type,
    { device: labelOf(device), reason: "device" },
    `The device '${labelOf(device)}' is not supported for an instant clone: ${why}.`,
  );

/** The host's own switch. Which fault a real one answers with is not published. */
const prohibited = (host: HostRecord): HostFault =>
  fault(
    "NotSupported",
    {},
    `The host '${host.name}' prohibits instant clones. Set its advanced option Migrate.ProhibitInstantClone to 0 first.`,
  );

/** Chains longer than this make vSphere warn (knowledge base, article 67186). */
const manyLevels = 100;

/** What vSphere warns of when a machine's disks have more than 100 levels. */
export function chainWarning({ name, disks }: MachineRecord): HostFault | undefined {
  if (!disks.some(({ layer }) => layer.depth > manyLevels)) return undefined;
  const message = `The disks of '${name}' have more than ${manyLevels} levels. Reads get slower, and at ${deepestChain} it can no longer be cloned.`;
  return fault("GenericVmConfigFault", { reason: message }, message);
}

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
