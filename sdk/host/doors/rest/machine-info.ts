import { vim } from "../../../vim/index.ts";
import { type Caller, ref } from "./caller.ts";
import { adaptersOf, cdromsOf, disksOf, nicsOf } from "./devices.ts";
import { guestOs } from "./guest-os.ts";
import { powerStates } from "./machine-list.ts";

/** `GET /vcenter/vm/{vm}`: a machine with its hardware. */
export function machineInfo(caller: Caller, id: string): object {
  const self = ref("VirtualMachine", id);
  const runtime = caller.fetch(self, "runtime");
  const config = caller.fetch(self, "config");
  const { hardware, bootOptions } = config ?? {};
  const devices = hardware?.device ?? [];
  const efi = config?.firmware === "efi";
  return {
    instant_clone_frozen: runtime.instantCloneFrozen ?? false,
    guest_OS: guestOs(config?.guestId ?? "otherGuest"),
    name: config?.name,
    power_state: powerStates[runtime.powerState],
    identity: { name: config?.name, instance_uuid: config?.instanceUuid, bios_uuid: config?.uuid },
    hardware: {
      upgrade_policy: "NEVER",
      upgrade_status: "NONE",
      version: config?.version.replace(/^vmx-0?/, "VMX_").replace(/_(\d)$/, "_0$1"),
    },
    boot: {
      type: efi ? "EFI" : "BIOS",
      delay: bootOptions?.bootDelay ?? 0,
      retry: bootOptions?.bootRetryEnabled ?? false,
      retry_delay: bootOptions?.bootRetryDelay ?? 10_000,
      enter_setup_mode: bootOptions?.enterBIOSSetup ?? false,
      ...(efi ? { efi_legacy_boot: false, network_protocol: "IPV4" } : {}),
    },
    boot_devices: [],
    cpu: {
      count: hardware?.numCPU,
      cores_per_socket: hardware?.numCoresPerSocket ?? 1,
      hot_add_enabled: config?.cpuHotAddEnabled ?? false,
      hot_remove_enabled: config?.cpuHotRemoveEnabled ?? false,
    },
    memory: { size_MiB: hardware?.memoryMB, hot_add_enabled: config?.memoryHotAddEnabled ?? false },
    disks: disksOf(devices),
    nics: nicsOf(devices, (network) => nameOf(caller, network)),
    cdroms: cdromsOf(devices),
    floppies: new Map(),
    parallel_ports: new Map(),
    serial_ports: new Map(),
    nvme_adapters: adaptersOf(devices, "VirtualNVMEController", () => ({})),
    sata_adapters: adaptersOf(devices, "VirtualSATAController", () => ({ type: "AHCI" })),
    scsi_adapters: adaptersOf(devices, "VirtualSCSIController", scsi),
  };
}

const sharing: Readonly<Record<string, string>> = {
  noSharing: "NONE",
  virtualSharing: "VIRTUAL",
  physicalSharing: "PHYSICAL",
};

function scsi(device: vim.VirtualController): object {
  if (!vim.is(device, "VirtualSCSIController")) return {};
  const type = vim.is(device, "ParaVirtualSCSIController")
    ? "PVSCSI"
    : vim.is(device, "VirtualLsiLogicSASController")
      ? "LSILOGICSAS"
      : vim.is(device, "VirtualLsiLogicController")
        ? "LSILOGIC"
        : "BUSLOGIC";
  return {
    type,
    scsi: { bus: device.busNumber, unit: device.scsiCtlrUnitNumber ?? 7 },
    sharing: sharing[device.sharedBus] ?? "NONE",
  };
}

/** What a network is called, for who may read it. */
function nameOf(caller: Caller, network: string): string | undefined {
  const { inventory } = caller;
  for (const record of inventory.all(["Network", "DistributedVirtualPortgroup"])) {
    if (inventory.idOf(record.id) === network) return record.name;
  }
  return undefined;
}
