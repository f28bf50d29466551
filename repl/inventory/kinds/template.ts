import { kind } from "../kind.ts";
import { text, whole } from "../values.ts";

/** What `Get-Template` puts out. */
export const template = kind(
  "VirtualMachine",
  "Template",
  [
    "config.annotation",
    "config.guestId",
    "config.version",
    "config.template",
    "config.hardware.numCPU",
    "config.hardware.memoryMB",
  ],
  {
    Notes: (values) => text(values["config.annotation"]) ?? "",
    GuestId: (values) => text(values["config.guestId"]),
    HardwareVersion: (values) => text(values["config.version"]),
    NumCpu: (values) => whole(values["config.hardware.numCPU"]),
    MemoryMB: (values) => whole(values["config.hardware.memoryMB"]),
  },
);
