import { kind } from "../kind.ts";
import { enumeration, number, whole } from "../values.ts";

const paths = [
  "config.cpuAllocation.shares.level",
  "config.cpuAllocation.reservation",
  "config.cpuAllocation.limit",
  "config.memoryAllocation.shares.level",
  "config.memoryAllocation.reservation",
  "config.memoryAllocation.limit",
] as const;

/** In PowerCLI as in vSphere -1 is no limit. */
const limitGB = (megabytes: unknown): number => (number(megabytes) === -1 ? -1 : number(megabytes) / 1024);

/** What `Get-ResourcePool` puts out. */
export const resourcePool = kind("ResourcePool", "ResourcePool", paths, {
  CpuSharesLevel: (values) => enumeration(values["config.cpuAllocation.shares.level"]),
  CpuReservationMHz: (values) => whole(values["config.cpuAllocation.reservation"]),
  CpuLimitMHz: (values) => whole(values["config.cpuAllocation.limit"]),
  MemSharesLevel: (values) => enumeration(values["config.memoryAllocation.shares.level"]),
  MemReservationMB: (values) => whole(values["config.memoryAllocation.reservation"]),
  MemReservationGB: (values) => number(values["config.memoryAllocation.reservation"]) / 1024,
  MemLimitMB: (values) => whole(values["config.memoryAllocation.limit"]),
  MemLimitGB: (values) => limitGB(values["config.memoryAllocation.limit"]),
});
