import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import type { Allocation, PoolConfig } from "../state/record.ts";

/** vSphere's shares of a level: for CPU, and for memory in a pool. */
const levels = {
  low: [2000, 81920],
  normal: [4000, 163840],
  high: [8000, 327680],
} as const;

const unlimitedOf = (column: 0 | 1): Allocation =>
  Object.freeze({
    reservation: 0,
    limit: -1,
    expandable: true,
    shares: Object.freeze({ level: "normal", shares: levels.normal[column] }),
  });

/** What a pool is given that nobody has said anything of. */
export const unlimited: PoolConfig = Object.freeze({ cpu: unlimitedOf(0), memory: unlimitedOf(1) });

/** What a pool is to be given, checked; what is left out stays as it is. `path` is what faults call it. */
export function poolConfig(spec: vim.ResourceConfigSpec, path: string, before: PoolConfig = unlimited): PoolConfig {
  return Object.freeze({
    cpu: allocation(spec.cpuAllocation, `${path}.cpuAllocation`, before.cpu, 0),
    memory: allocation(spec.memoryAllocation, `${path}.memoryAllocation`, before.memory, 1),
  });
}

function allocation(
  { reservation: wanted, limit: most, expandableReservation, shares }: vim.ResourceAllocationInfo,
  path: string,
  before: Allocation,
  column: 0 | 1,
): Allocation {
  const reservation = Number(wanted ?? before.reservation);
  const limit = Number(most ?? before.limit);
  if (reservation < 0) throw invalidArgument(`${path}.reservation`, "It must not be negative.");
  if (limit !== -1 && limit < reservation)
    throw invalidArgument(`${path}.limit`, `It is below the reservation of ${reservation}; -1 means no limit.`);
  return Object.freeze({
    reservation,
    limit,
    expandable: expandableReservation ?? before.expandable,
    shares: Object.freeze(sharesOf(shares, `${path}.shares`, before, column)),
  });
}

function sharesOf(
  wanted: vim.SharesInfo | undefined,
  path: string,
  before: Allocation,
  column: 0 | 1,
): Allocation["shares"] {
  if (!wanted) return before.shares;
  const { level, shares } = wanted;
  if (level !== "custom") return { level, shares: levels[level][column] };
  if (shares > 0) return { level, shares };
  throw invalidArgument(`${path}.shares`, `Custom shares are a number from 1 on, not ${shares}.`);
}
