import type { vim } from "../../../vim/index.ts";
import { is } from "../../../vim/is.ts";
import { isCard, isController, isDisk } from "../../machine/devices.ts";

/** Numbers that the CIM standard gives to kinds of hardware (`rasd:ResourceType`). */
export const resource = {
  cpu: 3,
  memory: 4,
  ide: 5,
  scsi: 6,
  network: 10,
  cdrom: 15,
  disk: 17,
  other: 20,
} as const;

/** Controllers that hold disks, by the names that OVF files have for them. */
const controllers = [
  ["ParaVirtualSCSIController", resource.scsi, "VirtualSCSI", "SCSI controller"],
  ["VirtualLsiLogicSASController", resource.scsi, "lsilogicsas", "SCSI controller"],
  ["VirtualLsiLogicController", resource.scsi, "lsilogic", "SCSI controller"],
  ["VirtualBusLogicController", resource.scsi, "buslogic", "SCSI controller"],
  ["VirtualAHCIController", resource.other, "vmware.sata.ahci", "SATA controller"],
  ["VirtualNVMEController", resource.other, "vmware.nvme.controller", "NVME controller"],
  ["VirtualIDEController", resource.ide, "", "IDE"],
] as const;
export type ControllerType = (typeof controllers)[number][0];

const cards = [
  ["VirtualVmxnet3", "VmxNet3"],
  ["VirtualVmxnet2", "VmxNet2"],
  ["VirtualE1000e", "E1000e"],
  ["VirtualE1000", "E1000"],
  ["VirtualPCNet32", "PCNet32"],
] as const;
export type CardType = (typeof cards)[number][0];

/** A device as an OVF file describes it. */
export type Hardware =
  | { readonly kind: "controller"; readonly key: number; readonly type: ControllerType; readonly bus: number }
  | {
      readonly kind: "disk";
      readonly key: number;
      readonly controller: number;
      readonly unit: number;
    }
  | { readonly kind: "card"; readonly key: number; readonly type: CardType; readonly network: string }
  | { readonly kind: "cdrom"; readonly key: number; readonly controller: number; readonly unit: number };

/** What of a machine's devices an OVF file tells, in the order of their keys; all else every machine has anyway. */
export function hardwareOf(devices: readonly vim.VirtualDevice[], networkName: (card: vim.VirtualDevice) => string) {
  const found: Hardware[] = [];
  for (const device of devices) {
    const { key, controllerKey = 0, unitNumber = 0 } = device;
    if (isController(device)) {
      const type = controllers.find(([name]) => is(device, name))?.[0];
      if (type) found.push({ kind: "controller", key, type, bus: device.busNumber });
    } else if (isDisk(device)) found.push({ kind: "disk", key, controller: controllerKey, unit: unitNumber });
    else if (isCard(device)) {
      const type = cards.find(([name]) => is(device, name))?.[0] ?? "VirtualE1000";
      found.push({ kind: "card", key, type, network: networkName(device) });
    } else if (is(device, "VirtualCdrom"))
      found.push({ kind: "cdrom", key, controller: controllerKey, unit: unitNumber });
  }
  return found;
}

/** How OVF files call a controller: its number, its subtype and its label. */
export function controllerNames(type: ControllerType) {
  const [, number, subtype, label] = controllers.find(([name]) => name === type) ?? controllers[2];
  return { number, subtype, label };
}

export const cardName = (type: CardType): string => cards.find(([name]) => name === type)?.[1] ?? "E1000";

/** The controller that an OVF file means; undefined for one that is not known. */
export function controllerNamed(number: number, subtype: string): ControllerType | undefined {
  const wanted = subtype.toLowerCase();
  const known = controllers.find(([, kind, name]) => kind === number && name.toLowerCase() === wanted);
  if (known) return known[0];
  if (number === resource.ide) return "VirtualIDEController";
  return number === resource.scsi && wanted === "" ? "VirtualLsiLogicController" : undefined;
}

/** The card that an OVF file means; the first name it gives that is known. */
export function cardNamed(subtype: string): CardType {
  for (const wanted of subtype.toLowerCase().split(/\s+/)) {
    const known = cards.find(([, name]) => name.toLowerCase() === wanted);
    if (known) return known[0];
  }
  return "VirtualVmxnet3";
}
