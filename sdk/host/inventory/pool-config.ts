import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import type { Allocation, PoolConfig } from "../state/record.ts";

/** vSphere's shares of a level: for CPU, and for memory in a pool. */
const levels = {
  low: [2000, 81920],
  normal: [4000, 163840],
  high: [8000, 327680],
} as const;

/** What a pool is given, checked, with vSphere's defaults for what is left out. */
export function poolConfig(spec: vim.ResourceConfigSpec): PoolConfig {
  return {
    cpu: allocation(spec.cpuAllocation, "cpuAllocation", 0),
    memory: allocation(spec.memoryAllocation, "memoryAllocation", 1),
  };
}

function allocation(info: vim.ResourceAllocationInfo, path: string, column: 0 | 1): Allocation {
  const reservation = Number(info.reservation ?? 0);
  const limit = Number(info.limit ?? -1);
  if (reservation < 0) throw invalidArgument(`config.${path}.reservation`, "It must not be negative.");
  if (limit !== -1 && limit < reservation) {
    throw invalidArgument(`config.${path}.limit`, `It is below the reservation of ${reservation}; -1 means no limit.`);
  }
  const level = info.shares?.level ?? "normal";
  const shares = level === "custom" ? (info.shares?.shares ?? 0) : levels[level][column];
  return {
    reservation,
    limit,
    expandable: info.expandableReservation ?? true,
    shares: { level, shares },
  };
}
