import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { fault, type HostFault } from "../faults.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { devicesOf, labelOf } from "./devices.ts";
import { mounted } from "./reach.ts";

type Device = vim.VirtualDevice;

const bound: ReadonlySet<string> = new Set([
  "VirtualPCIPassthrough",
  "VirtualSCSIPassthrough",
  "VirtualSriovEthernetCard",
  "VirtualUSB",
]);

/** Throws DisallowedMigrationDeviceAttached when a running machine has a device that cannot go along to another host. */
export function requirePortable(view: View, machine: MachineRecord, host: HostRecord): void {
  for (const device of devicesOf(machine)) {
    const reason = obstacle(view, host, device);
    if (reason) throw fault("DisallowedMigrationDeviceAttached", { fault: reason.localized }, reason.message);
  }
}

function obstacle(view: View, host: HostRecord, device: Device): HostFault | undefined {
  if (bound.has(device._typeName ?? ""))
    return fault(
      "DeviceNotSupported",
      { device: labelOf(device), reason: "device" },
      `The device '${labelOf(device)}' is bound to its host: the machine cannot be migrated while it runs.`,
    );
  const { backing, connectable } = device;
  if (!is(device, "VirtualCdrom") && !is(device, "VirtualFloppy")) return undefined;
  if (!connectable?.connected || !backing) return undefined;
  const file = "fileName" in backing ? backing.fileName : undefined;
  if (file === "" || (file !== undefined && mounted(view, host, parsePath(file).datastore))) return undefined;
  if (backing._typeName?.includes("Remote")) return undefined;
  return fault(
    "CannotAccessVmDevice",
    { device: labelOf(device), backing: file ?? "", connected: true },
    `The connected device '${labelOf(device)}' uses a backing that the host '${host.name}' cannot reach. Disconnect it first.`,
  );
}
