import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";

type Device = vim.VirtualDevice;

/** How devices are numbered: their keys begin at `first`, their labels read `label` and a number, there are at most `most`. */
export interface DeviceKind {
  readonly type: keyof vim.DataTypes;
  readonly first: number;
  readonly label: string;
  readonly most: number;
  /** The key of the controller that all of them hang from; disks, drives and USB devices say which. */
  readonly on?: number;
  /** Labels count from here; controllers' are their bus numbers. */
  readonly from: 0 | 1;
  /** Set for what can be added and removed only while the machine is off. */
  readonly cold?: true;
  /** Set for what can be connected and disconnected. */
  readonly connects?: true;
  /** Set for what is nothing without something behind it. Backings are named after what they back: `VirtualSerialPortFileBackingInfo`. */
  readonly backed?: true;
}

const kinds: readonly DeviceKind[] = [
  { type: "VirtualSCSIController", first: 1000, label: "SCSI controller", most: 4, on: 100, from: 0 },
  { type: "VirtualSATAController", first: 15_000, label: "SATA controller", most: 4, on: 100, from: 0 },
  { type: "VirtualNVMEController", first: 31_000, label: "NVME controller", most: 4, on: 100, from: 0 },
  { type: "VirtualUSBController", first: 7000, label: "USB controller", most: 1, on: 100, from: 0, cold: true },
  { type: "VirtualUSBXHCIController", first: 14_000, label: "USB xHCI controller", most: 1, on: 100, from: 0 },
  { type: "VirtualEthernetCard", first: 4000, label: "Network adapter", most: 10, on: 100, from: 1 },
  { type: "VirtualFloppy", first: 8000, label: "Floppy drive", most: 2, on: 400, from: 1, cold: true, connects: true },
  {
    type: "VirtualSerialPort",
    first: 9000,
    label: "Serial port",
    most: 32,
    on: 400,
    from: 1,
    cold: true,
    connects: true,
    backed: true,
  },
  {
    type: "VirtualParallelPort",
    first: 10_000,
    label: "Parallel port",
    most: 3,
    on: 400,
    from: 1,
    cold: true,
    connects: true,
    backed: true,
  },
  { type: "VirtualSoundCard", first: 5000, label: "Sound card", most: 1, on: 100, from: 1, cold: true, connects: true },
  { type: "VirtualTPM", first: 11_000, label: "Virtual TPM", most: 1, on: 100, from: 1, cold: true },
  {
    type: "VirtualPCIPassthrough",
    first: 13_000,
    label: "PCI device",
    most: 16,
    on: 100,
    from: 0,
    cold: true,
    backed: true,
  },
  { type: "VirtualUSB", first: 17_000, label: "USB", most: 20, from: 1, backed: true },
  { type: "VirtualDisk", first: 2000, label: "Hard disk", most: 256, from: 1 },
  { type: "VirtualSCSIPassthrough", first: 2000, label: "SCSI device", most: 64, from: 1, cold: true, backed: true },
  { type: "VirtualCdrom", first: 3000, label: "CD/DVD drive", most: 128, from: 1, connects: true },
];

/** What kind of device can be added, or undefined for those that are not simulated and those that every machine has. */
export const kindOf = (device: Device): DeviceKind | undefined => kinds.find(({ type }) => is(device, type));
