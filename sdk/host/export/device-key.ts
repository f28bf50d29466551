import { is } from "../../vim/is.ts";
import { deviceOf, devicesOf, isController } from "../machine/devices.ts";
import type { MachineRecord } from "../state/machine-record.ts";

/** `VirtualLsiLogicController0:1`: a disk by its controller, as leases and OVF files name it. */
export function devicePlace(machine: Pick<MachineRecord, "base" | "devices">, key: number): string {
  const device = deviceOf(machine, key);
  const controller = devicesOf(machine).find((one) => one.key === device?.controllerKey);
  if (!controller || !isController(controller)) return `VirtualDisk${key}`;
  const kind = is(controller, "ParaVirtualSCSIController") ? "ParaVirtualSCSIController" : controller._typeName;
  return `${kind}${controller.busNumber}:${device?.unitNumber ?? 0}`;
}
