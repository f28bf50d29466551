import type { Ref, vim } from "../../vim/index.ts";
import { capability } from "../properties/virtual-machine/capability.ts";
import { knownGuests } from "./guest-os.ts";
import { hardwareDescription, hardwareNumber, hardwareVersions, newestHardware } from "./hardware-versions.ts";

const most = { cpus: 768, memoryMB: 24 * 1024 * 1024, disks: 256 } as const;
const controllers = ["VirtualLsiLogicController", "VirtualLsiLogicSASController", "ParaVirtualSCSIController"];
const cards = ["VirtualE1000", "VirtualE1000e", "VirtualVmxnet3"];

const exactly = (n: number): vim.IntOption => ({ valueIsReadonly: true, min: n, max: n, defaultValue: n });

/** Not the texts of a real host: what a client needs to choose a system and to know which devices it can have. */
function descriptorOf([id, fullName]: readonly [string, string]): vim.GuestOsDescriptor {
  const windows = id.startsWith("windows");
  return {
    id,
    family: windows ? "windowsGuest" : id.startsWith("other") && !/linux/i.test(id) ? "otherGuestFamily" : "linuxGuest",
    fullName,
    supportedMaxCPUs: most.cpus,
    supportedMinMemMB: 4,
    supportedMaxMemMB: most.memoryMB,
    recommendedMemMB: windows ? 4096 : 2048,
    recommendedColorDepth: 24,
    supportedDiskControllerList: controllers,
    recommendedDiskController: windows ? "VirtualLsiLogicSASController" : "ParaVirtualSCSIController",
    supportedNumDisks: most.disks,
    recommendedDiskSizeMB: windows ? 49_152 : 16_384,
    supportedEthernetCard: cards,
    recommendedEthernetCard: "VirtualVmxnet3",
    supportsWakeOnLan: true,
    supportedFirmware: ["bios", "efi"],
    recommendedFirmware: "efi",
    supportLevel: "supported",
  };
}

/** The hardware versions that machines can have, the newest of them when nobody asks for another. */
export const configOptionDescriptors = (hosts: readonly Ref<"HostSystem">[]) =>
  hardwareVersions.map(
    (key): vim.VirtualMachineConfigOptionDescriptor => ({
      key,
      description: hardwareDescription(key),
      host: hosts,
      createSupported: true,
      defaultConfigOption: key === newestHardware,
      runSupported: true,
      upgradeSupported: key !== newestHardware,
    }),
  );

/** What a machine of a hardware version can have; of its devices only what clients ask for first. */
export function configOption(version: string, guestIds?: readonly string[]): vim.VirtualMachineConfigOption {
  const guests = knownGuests.filter(([id]) => guestIds === undefined || guestIds.length === 0 || guestIds.includes(id));
  return {
    version,
    description: hardwareDescription(version),
    guestOSDescriptor: guests.map(descriptorOf),
    guestOSDefaultIndex: 0,
    hardwareOptions: {
      hwVersion: hardwareNumber(version),
      virtualDeviceOption: [],
      deviceListReadonly: false,
      numCPU: [1, 2, 4, 8, 16, 32, 64, 128],
      numCpuReadonly: false,
      memoryMB: { valueIsReadonly: false, min: 4, max: most.memoryMB, defaultValue: 2048 },
      numPCIControllers: exactly(1),
      numIDEControllers: exactly(2),
      numUSBControllers: { ...exactly(1), min: 0 },
      numSIOControllers: exactly(1),
      numPS2Controllers: exactly(1),
    },
    capabilities: capability,
    datastore: {},
    supportedMonitorType: ["release"],
  };
}
