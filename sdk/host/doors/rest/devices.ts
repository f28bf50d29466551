import { vim } from "../../../vim/index.ts";

type Devices = readonly vim.VirtualDevice[];
/** By the device's key: an object below /api, a list of pairs below /rest. */
export type ByKey = ReadonlyMap<string, object>;

const labelOf = (device: vim.VirtualDevice) => device.deviceInfo?.label ?? "";

/** Where a disk or a drive hangs: of which kind its controller is, and its place there. */
function place(device: vim.VirtualDevice, devices: Devices): object {
  const controller = devices.find(({ key }) => key === device.controllerKey);
  const unit = device.unitNumber ?? 0;
  if (!controller || !("busNumber" in controller)) return {};
  const bus = controller.busNumber;
  if (vim.is(controller, "VirtualIDEController"))
    return { type: "IDE", ide: { primary: bus === 0, master: unit === 0 } };
  if (vim.is(controller, "VirtualSATAController")) return { type: "SATA", sata: { bus, unit } };
  if (vim.is(controller, "VirtualNVMEController")) return { type: "NVME", nvme: { bus, unit } };
  return { type: "SCSI", scsi: { bus, unit } };
}

export function disksOf(devices: Devices): ByKey {
  const disks = new Map<string, object>();
  for (const device of devices) {
    if (!vim.is(device, "VirtualDisk")) continue;
    const { backing } = device;
    const file = backing && "fileName" in backing ? backing.fileName : undefined;
    disks.set(String(device.key), {
      label: labelOf(device),
      ...place(device, devices),
      backing: { type: "VMDK_FILE", vmdk_file: file },
      capacity: device.capacityInBytes ?? device.capacityInKB * 1024,
    });
  }
  return disks;
}

const cardTypes: Readonly<Record<string, string>> = {
  VirtualE1000: "E1000",
  VirtualE1000e: "E1000E",
  VirtualPCNet32: "PCNET32",
  VirtualVmxnet: "VMXNET",
  VirtualVmxnet2: "VMXNET2",
  VirtualVmxnet3: "VMXNET3",
};
const macTypes: Readonly<Record<string, string>> = { manual: "MANUAL", generated: "GENERATED", assigned: "ASSIGNED" };

const connection = (device: vim.VirtualDevice) => ({
  state: device.connectable?.connected ? "CONNECTED" : "NOT_CONNECTED",
  start_connected: device.connectable?.startConnected ?? false,
  allow_guest_control: device.connectable?.allowGuestControl ?? false,
});

export function nicsOf(devices: Devices, nameOf: (network: string) => string | undefined): ByKey {
  const nics = new Map<string, object>();
  for (const device of devices) {
    if (!vim.is(device, "VirtualEthernetCard")) continue;
    nics.set(String(device.key), {
      label: labelOf(device),
      type: cardTypes[device._typeName ?? ""] ?? "VMXNET3",
      mac_type: macTypes[device.addressType ?? ""] ?? "ASSIGNED",
      mac_address: device.macAddress,
      wake_on_lan_enabled: device.wakeOnLanEnabled ?? false,
      upt_compatibility_enabled: false,
      backing: cardBacking(device.backing, nameOf),
      ...connection(device),
    });
  }
  return nics;
}

function cardBacking(backing: vim.VirtualDevice["backing"], nameOf: (network: string) => string | undefined): object {
  if (vim.is(backing, "VirtualEthernetCardDistributedVirtualPortBackingInfo")) {
    const { portgroupKey = "", switchUuid, portKey } = backing.port;
    return {
      type: "DISTRIBUTED_PORTGROUP",
      network: portgroupKey,
      network_name: nameOf(portgroupKey),
      distributed_switch_uuid: switchUuid,
      distributed_port: portKey,
    };
  }
  if (!vim.is(backing, "VirtualEthernetCardNetworkBackingInfo")) return { type: "HOST_DEVICE" };
  return { type: "STANDARD_PORTGROUP", network: backing.network?.value, network_name: backing.deviceName };
}

export function cdromsOf(devices: Devices): ByKey {
  const drives = new Map<string, object>();
  for (const device of devices) {
    if (!vim.is(device, "VirtualCdrom")) continue;
    const { backing } = device;
    drives.set(String(device.key), {
      label: labelOf(device),
      ...place(device, devices),
      backing: vim.is(backing, "VirtualCdromIsoBackingInfo")
        ? { type: "ISO_FILE", iso_file: backing.fileName }
        : { type: "CLIENT_DEVICE", device_access_type: "PASSTHRU" },
      ...connection(device),
    });
  }
  return drives;
}

/** The controllers of a kind. */
export function adaptersOf(
  devices: Devices,
  kind: "VirtualSCSIController" | "VirtualSATAController" | "VirtualNVMEController",
  more: (controller: vim.VirtualController) => object,
): ByKey {
  const adapters = new Map<string, object>();
  for (const device of devices) {
    if (!vim.is(device, kind)) continue;
    adapters.set(String(device.key), { label: labelOf(device), bus: device.busNumber, ...more(device) });
  }
  return adapters;
}
