import type { vim } from "../../vim/index.ts";
import type { MachineBase } from "../state/machine-record.ts";

const described = (label: string, summary = label): vim.Description => ({ _typeName: "Description", label, summary });

/** The devices that every machine has, with vSphere's keys for them. */
const standardDevices: readonly vim.VirtualDevice[] = [
  { _typeName: "VirtualIDEController", key: 200, busNumber: 0, deviceInfo: described("IDE 0") },
  { _typeName: "VirtualIDEController", key: 201, busNumber: 1, deviceInfo: described("IDE 1") },
  { _typeName: "VirtualPS2Controller", key: 300, busNumber: 0, deviceInfo: described("PS2 controller 0") },
  { _typeName: "VirtualPCIController", key: 100, busNumber: 0, deviceInfo: described("PCI controller 0") },
  { _typeName: "VirtualSIOController", key: 400, busNumber: 0, deviceInfo: described("SIO controller 0") },
  { _typeName: "VirtualKeyboard", key: 600, controllerKey: 300, unitNumber: 0, deviceInfo: described("Keyboard") },
  {
    _typeName: "VirtualPointingDevice",
    key: 700,
    controllerKey: 300,
    unitNumber: 1,
    deviceInfo: described("Pointing device", "Pointing device; Device"),
    backing: {
      _typeName: "VirtualPointingDeviceDeviceBackingInfo",
      deviceName: "",
      useAutoDetect: false,
      hostPointingDevice: "autodetect",
    },
  },
  {
    _typeName: "VirtualMachineVideoCard",
    key: 500,
    controllerKey: 100,
    unitNumber: 0,
    deviceInfo: described("Video card"),
    videoRamSizeInKB: 16_384,
    numDisplays: 1,
    useAutoDetect: false,
    enable3DSupport: false,
    use3dRenderer: "automatic",
  },
  {
    _typeName: "VirtualMachineVMCIDevice",
    key: 12_000,
    controllerKey: 100,
    unitNumber: 17,
    deviceInfo: described(
      "VMCI device",
      "Device on the virtual machine PCI bus that provides support for the virtual machine communication interface",
    ),
    allowUnrestrictedCommunication: false,
    filterEnable: true,
  },
];

/** What a machine is that nobody has asked anything of. */
export const plainBase: MachineBase = Object.freeze({
  numCPU: 1,
  coresPerSocket: 1,
  memoryMB: 1_024,
  guestId: "otherGuest64",
  guestFullName: "Other (64-bit)",
  version: "vmx-21",
  firmware: "bios",
  annotation: "",
  devices: standardDevices,
  extraConfig: Object.freeze({}),
  settings: Object.freeze({}),
});
