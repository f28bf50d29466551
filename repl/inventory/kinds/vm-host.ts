import { kind } from "../kind.ts";
import { enumeration, GB, MB, number, text, truth, whole } from "../values.ts";

const paths = [
  "runtime.connectionState",
  "runtime.powerState",
  "runtime.inMaintenanceMode",
  "summary.hardware.numCpuCores",
  "summary.hardware.cpuMhz",
  "summary.hardware.memorySize",
  "summary.hardware.vendor",
  "summary.hardware.model",
  "summary.hardware.cpuModel",
  "summary.quickStats.overallCpuUsage",
  "summary.quickStats.overallMemoryUsage",
  "config.product.version",
  "config.product.build",
  "parent",
] as const;

/** What `Get-VMHost` puts out. */
export const vmHost = kind("HostSystem", "VMHost", paths, {
  State: (values) =>
    truth(values["runtime.inMaintenanceMode"]) ? "Maintenance" : enumeration(values["runtime.connectionState"]),
  ConnectionState: (values) =>
    truth(values["runtime.inMaintenanceMode"]) ? "Maintenance" : enumeration(values["runtime.connectionState"]),
  PowerState: (values) => enumeration(values["runtime.powerState"]),
  NumCpu: (values) => whole(values["summary.hardware.numCpuCores"]),
  CpuUsageMhz: (values) => whole(values["summary.quickStats.overallCpuUsage"]),
  CpuTotalMhz: (values) =>
    whole(number(values["summary.hardware.numCpuCores"]) * number(values["summary.hardware.cpuMhz"])),
  MemoryUsageMB: (values) => whole(values["summary.quickStats.overallMemoryUsage"]),
  MemoryUsageGB: (values) => number(values["summary.quickStats.overallMemoryUsage"]) / 1024,
  MemoryTotalMB: (values) => number(values["summary.hardware.memorySize"]) / MB,
  MemoryTotalGB: (values) => number(values["summary.hardware.memorySize"]) / GB,
  Version: (values) => text(values["config.product.version"]),
  Build: (values) => text(values["config.product.build"]),
  Manufacturer: (values) => text(values["summary.hardware.vendor"]),
  Model: (values) => text(values["summary.hardware.model"]),
  ProcessorType: (values) => text(values["summary.hardware.cpuModel"]),
});
