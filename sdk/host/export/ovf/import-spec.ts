import type { Ref, vim } from "../../../vim/index.ts";
import { backingOf } from "../../machine/cards.ts";
import { numberIn, refOf } from "../../state/id.ts";
import type { DatastoreRecord, InventoryRecord, NetworkRecord } from "../../state/record.ts";
import type { PortgroupRecord } from "../../state/switch-record.ts";
import { record, type View } from "../../state/view.ts";
import type { Described } from "./read-descriptor.ts";

/** What a package becomes here: the machine to be created, and which file goes into which of its disks. */
export interface ImportPlan {
  readonly spec: vim.VirtualMachineImportSpec;
  readonly files: readonly vim.OvfFileItem[];
  readonly warnings: readonly string[];
}

const thick: ReadonlySet<string> = new Set(["thick", "flat", "monolithicFlat", "eagerZeroedThick"]);
/** vSphere's machines have these with the same keys; one is not added twice. */
const ideKeys = [200, 201];

/** Plans the import of a package into a resource pool, its files onto a datastore. */
export function planImport(
  view: View,
  described: Described,
  pool: number,
  datastore: DatastoreRecord,
  { entityName, networkMapping = [], diskProvisioning = "thin" }: vim.OvfCreateImportSpecParams,
): ImportPlan {
  const name = entityName === "" ? described.name : entityName;
  const warnings = described.ignored.map((item) => `The device '${item}' is not simulated: it is left out.`);
  const networks = networksOf(view, pool);
  const controllers = new Map<number, { readonly key: number; readonly label: string }>();
  const changes: vim.VirtualDeviceConfigSpec[] = [];
  const files: vim.OvfFileItem[] = [];
  let next = -1;
  for (const device of described.hardware) {
    const key = next--;
    if (device.kind === "controller") {
      const ide = device.type === "VirtualIDEController" ? ideKeys[device.bus] : undefined;
      controllers.set(device.key, { key: ide ?? key, label: `${device.type}${device.bus}` });
      if (ide === undefined) changes.push({ operation: "add", device: controllerOf(device.type, key, device.bus) });
    }
  }
  for (const device of described.hardware) {
    const key = next--;
    if (device.kind === "card") {
      const mapped = networkMapping.find((one) => one.name === device.network)?.network;
      const found = mapped ?? networks.find((one) => one.name === device.network)?.ref ?? networks[0]?.ref;
      if (!mapped && found && !networks.some((one) => one.name === device.network))
        warnings.push(`There is no network '${device.network}' here: another is taken. Say which by networkMapping.`);
      changes.push({ operation: "add", device: cardOf(view, device.type, key, found, device.network) });
    } else if (device.kind === "disk") {
      const disk = described.disks.get(device.key);
      const controller = controllers.get(device.controller);
      if (!disk || !controller) continue;
      changes.push({
        operation: "add",
        fileOperation: "create",
        device: diskOf(key, controller.key, device.unit, disk.capacity, !thick.has(diskProvisioning)),
      });
      if (disk.file)
        files.push({
          deviceId: `/${name}/${controller.label}:${device.unit}`,
          path: disk.file.href,
          ...(disk.file.size === undefined ? {} : { size: disk.file.size }),
          cimType: 17,
          create: false,
        });
    } else if (device.kind === "cdrom") warnings.push("The CD/DVD drive is left out: nothing is in it.");
  }
  const { guestId, version, firmware, cpus, memoryMB, annotation, extraConfig } = described;
  const pairs = Object.entries(extraConfig).map(([key, value]) => ({ _typeName: "OptionValue" as const, key, value }));
  return {
    spec: {
      _typeName: "VirtualMachineImportSpec",
      configSpec: {
        name,
        ...(guestId === undefined ? {} : { guestId }),
        ...(version === undefined ? {} : { version }),
        numCPUs: cpus,
        memoryMB,
        firmware,
        ...(annotation === "" ? {} : { annotation }),
        files: { vmPathName: `[${datastore.name}]` },
        deviceChange: changes,
        ...(pairs.length === 0 ? {} : { extraConfig: pairs }),
      },
    },
    files,
    warnings,
  };
}

function networksOf(view: View, pool: number): { readonly name: string; readonly ref: Ref<"Network"> }[] {
  const compute = view.object(record(view, "ResourcePool", pool).owner);
  if (compute?.kind !== "ClusterComputeResource" && compute?.kind !== "ComputeResource") return [];
  return [...compute.networks.keys()].flatMap((id) => {
    const network = view.object(id);
    return isNetwork(network) ? [{ name: network.name, ref: refOf(network) }] : [];
  });
}

function controllerOf(type: string, key: number, busNumber: number): vim.VirtualDevice {
  switch (type) {
    case "ParaVirtualSCSIController":
      return { _typeName: type, key, busNumber, sharedBus: "noSharing" };
    case "VirtualLsiLogicSASController":
      return { _typeName: type, key, busNumber, sharedBus: "noSharing" };
    case "VirtualBusLogicController":
      return { _typeName: type, key, busNumber, sharedBus: "noSharing" };
    case "VirtualAHCIController":
      return { _typeName: type, key, busNumber };
    case "VirtualNVMEController":
      return { _typeName: type, key, busNumber };
    default:
      return { _typeName: "VirtualLsiLogicController", key, busNumber, sharedBus: "noSharing" };
  }
}

function cardOf(
  view: View,
  type: "VirtualVmxnet3" | "VirtualVmxnet2" | "VirtualE1000e" | "VirtualE1000" | "VirtualPCNet32",
  key: number,
  network: Ref<"Network"> | undefined,
  wanted: string,
): vim.VirtualDevice {
  const found = network && view.object(numberIn(network.value));
  return {
    _typeName: type,
    key,
    backing: isNetwork(found)
      ? backingOf(view, found)
      : { _typeName: "VirtualEthernetCardNetworkBackingInfo", deviceName: wanted, ...(network ? { network } : {}) },
    connectable: { startConnected: true, allowGuestControl: true, connected: false },
    addressType: "generated",
  };
}

/** Where a machine's card can be: the ports of uplinks are for the cards of hosts. */
const isNetwork = (found: InventoryRecord | undefined): found is NetworkRecord | PortgroupRecord =>
  found?.kind === "Network" || (found?.kind === "DistributedVirtualPortgroup" && !found.uplink);

const diskOf = (
  key: number,
  controllerKey: number,
  unitNumber: number,
  capacity: number,
  thinProvisioned: boolean,
): vim.VirtualDisk => ({
  _typeName: "VirtualDisk",
  key,
  controllerKey,
  unitNumber,
  capacityInKB: Math.ceil(capacity / 1024),
  capacityInBytes: capacity,
  backing: {
    _typeName: "VirtualDiskFlatVer2BackingInfo",
    fileName: "",
    diskMode: "persistent",
    thinProvisioned,
  },
});
