import type { vim } from "../../../vim/index.ts";
import { invalidArgument } from "../../faults.ts";
import { devicesOf, networkOf } from "../../machine/devices.ts";
import { refOf } from "../../state/id.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { View } from "../../state/view.ts";
import { devicePlace } from "../device-key.ts";
import { hardwareOf } from "./hardware.ts";
import type { PackageFile, PackageMachine } from "./write-descriptor.ts";

/** What a descriptor says of a machine whose disks are in files. `content` is the machine itself, or what a snapshot remembers. */
export function describeMachine(
  view: View,
  machine: MachineRecord,
  content: MachineRecord,
  { name = machine.name, description, ovfFiles = [], exportOption = [] }: vim.OvfCreateDescriptorParams,
): PackageMachine {
  const { base } = content;
  const networkName = (card: vim.VirtualDevice) => view.object(networkOf(card))?.name ?? "VM Network";
  return {
    name,
    annotation: description ?? base.annotation,
    guestId: base.guestId,
    guestName: base.guestFullName,
    version: base.version,
    firmware: base.firmware,
    cpus: base.numCPU,
    memoryMB: base.memoryMB,
    hardware: hardwareOf(devicesOf(content), networkName),
    extraConfig: exportOption.includes("extraconfig") ? { ...base.extraConfig, ...content.extraConfig } : {},
    files: ovfFiles.map((file, index) => fileOf(machine, content, file, `cdp.ovfFiles[${index}]`)),
  };
}

function fileOf(machine: MachineRecord, content: MachineRecord, file: vim.OvfFile, path: string): PackageFile {
  const ref = refOf(machine).value;
  const disk = content.disks.find(({ key }) => file.deviceId === `/${ref}/${devicePlace(content, key)}`);
  if (!disk)
    throw invalidArgument(
      `${path}.deviceId`,
      `'${machine.name}' has no disk '${file.deviceId}': take the lease's keys.`,
    );
  const { size, capacity = 0, populatedSize: populated } = file;
  const whole = capacity > 0 ? capacity : capacityOf(content, disk.key);
  return { device: disk.key, path: file.path, size, capacity: whole, populated };
}

function capacityOf(machine: MachineRecord, key: number): number {
  const device = devicesOf(machine).find((one) => one.key === key);
  return device?._typeName === "VirtualDisk" && "capacityInBytes" in device ? Number(device.capacityInBytes) : 0;
}
