import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { fault } from "../faults.ts";
import { type ChangePath, deviceFault } from "./device-fault.ts";
import { type DeviceKind, kindOf } from "./device-kinds.ts";
import { labelOf } from "./devices.ts";

type Device = vim.VirtualDevice;

/** How a controller numbers what hangs from it. */
interface Bus {
  readonly type: keyof vim.DataTypes;
  readonly units: number;
  /** The unit that the controller itself takes. */
  readonly taken?: number;
  key(bus: number, unit: number): number;
}

const buses: readonly Bus[] = [
  { type: "ParaVirtualSCSIController", units: 64, taken: 7, key: (bus, unit) => 2000 + 16 * bus + unit },
  { type: "VirtualSCSIController", units: 16, taken: 7, key: (bus, unit) => 2000 + 16 * bus + unit },
  { type: "VirtualSATAController", units: 30, key: (bus, unit) => 16_000 + 30 * bus + unit },
  { type: "VirtualNVMEController", units: 15, key: (bus, unit) => 32_000 + 15 * bus + unit },
  { type: "VirtualIDEController", units: 2, key: (bus, unit) => 3000 + 2 * bus + unit },
  { type: "VirtualUSBController", units: 20, key: (_bus, unit) => 17_000 + unit },
  { type: "VirtualUSBXHCIController", units: 20, key: (_bus, unit) => 17_000 + unit },
];

/** What a new device gets: its key, its place on a controller and its label. */
export interface Slot {
  readonly key: number;
  readonly controllerKey: number;
  readonly unitNumber: number;
  readonly label: string;
  /** For controllers. */
  readonly busNumber: number;
}

/** Finds a place for a device among those that are there. `on` is the key of the controller that the caller asks for. */
export function slotFor(
  devices: readonly Device[],
  device: Device,
  kind: DeviceKind,
  on: number | undefined,
  at: ChangePath,
): Slot {
  const same = devices.filter((other) => kindOf(other) === kind);
  if (same.length >= kind.most)
    throw fault(
      "TooManyDevices",
      { property: `${at.list}[${at.index}]` },
      `A machine can have ${kind.most} of '${kind.label}', no more.`,
    );
  const labels = new Set(same.map(labelOf));
  const number = firstFree(kind.from, (n) => !labels.has(`${kind.label} ${n}`));
  const label = `${kind.label} ${number}`;
  const keys = new Set(devices.map(({ key }) => key));
  if (kind.on === undefined) return { ...unitOn(devices, device, on, keys, at), label, busNumber: 0 };
  const wanted = kind.from === 0 && "busNumber" in device && device.busNumber >= 0 ? device.busNumber : undefined;
  if (wanted !== undefined && (wanted >= kind.most || keys.has(kind.first + wanted)))
    throw deviceFault(
      "InvalidDeviceSpec",
      at,
      "device.busNumber",
      `There is no free bus ${wanted} for a '${kind.label}'.`,
    );
  const busNumber = wanted ?? firstFree(0, (n) => !keys.has(kind.first + n));
  const units = new Set(devices.filter((other) => other.controllerKey === kind.on).map((other) => other.unitNumber));
  return {
    key: kind.first + busNumber,
    controllerKey: kind.on,
    unitNumber:
      kind.on === 100
        ? firstFree(kind.first === 4000 ? 7 : 3, (n) => !units.has(n) && (kind.first === 4000 || !cardUnits(n)))
        : firstFree(0, (n) => !units.has(n)),
    label: kind.from === 0 ? `${kind.label} ${busNumber}` : label,
    busNumber,
  };
}

/** On the PCI bus network cards have ten units of their own, by which clients number them: govc's `ethernet-0`. */
const cardUnits = (unit: number): boolean => unit >= 7 && unit < 17;

function unitOn(
  devices: readonly Device[],
  device: Device,
  on: number | undefined,
  keys: ReadonlySet<number>,
  at: ChangePath,
): Pick<Slot, "key" | "controllerKey" | "unitNumber"> {
  const controller = devices.find(({ key }) => key === on);
  const bus = controller && buses.find(({ type }) => is(controller, type));
  if (!controller || !bus || !("busNumber" in controller))
    throw deviceFault(
      "MissingController",
      at,
      "device.controllerKey",
      `There is no controller with the key ${on ?? "(none)"} for it.`,
    );
  const taken = new Set(
    devices.filter(({ controllerKey }) => controllerKey === on).map(({ unitNumber }) => unitNumber),
  );
  const { unitNumber: wanted } = device;
  const free = (unit: number) => unit >= 0 && unit < bus.units && unit !== bus.taken && !taken.has(unit);
  if (wanted !== undefined && wanted >= 0 && !free(wanted))
    throw deviceFault(
      "InvalidDeviceSpec",
      at,
      "device.unitNumber",
      `The unit ${wanted} on '${labelOf(controller)}' is not free.`,
    );
  const unit = wanted !== undefined && wanted >= 0 ? wanted : firstFree(0, (n) => n >= bus.units || free(n));
  if (!free(unit))
    throw deviceFault("InvalidDeviceSpec", at, "device.unitNumber", `'${labelOf(controller)}' has no free unit.`);
  const key = bus.key(controller.busNumber, unit);
  return { key: firstFree(key, (n) => !keys.has(n)), controllerKey: controller.key, unitNumber: unit };
}

function firstFree(from: number, free: (n: number) => boolean): number {
  let n = from;
  while (!free(n)) n++;
  return n;
}
