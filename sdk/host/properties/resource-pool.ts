import type { vim } from "../../vim/index.ts";
import { escapeName } from "../state/name.ts";
import type { Allocation, ComputeRecord, PoolRecord } from "../state/record.ts";
import type { State } from "../state/state.ts";
import { memoryPages } from "../storage/accounts.ts";
import { pageBytes } from "../storage/usage.ts";
import { type Capacity, capacityOf } from "./compute-resource.ts";
import { link, linked, links, parts, type Reader } from "./derivation.ts";
import { entity } from "./entity.ts";
import type { Table } from "./table.ts";
import { green, MiB } from "./values.ts";

const allocation = ({ reservation, limit, expandable, shares }: Allocation): vim.ResourceAllocationInfo => ({
  reservation,
  expandableReservation: expandable,
  limit,
  shares,
});

const config = parts<PoolRecord, vim.ResourceConfigSpec>({
  entity: link((pool) => pool.id),
  cpuAllocation: (pool) => allocation(pool.config.cpu),
  memoryAllocation: (pool) => allocation(pool.config.memory),
});

/** Bytes of memory that the machines of a pool use, by the state in which that was asked: nobody adds them up twice. */
const used = new WeakMap<State, Map<number, number>>();

/** Of a root pool what its hosts hold, each page once; of others what their running machines hold, without what forks share. */
function usedBytes(pool: PoolRecord, reader: Reader): number {
  const known = used.get(reader.state) ?? new Map<number, number>();
  used.set(reader.state, known);
  let bytes = known.get(pool.id);
  if (bytes === undefined) {
    bytes = reader.object(pool.parent)?.kind === "ResourcePool" ? ofMachines(pool, reader) : ofHosts(pool, reader);
    known.set(pool.id, bytes);
  }
  return bytes;
}

function ofHosts(pool: PoolRecord, reader: Reader): number {
  let pages = 0;
  for (const id of computeOf(pool, reader)?.hosts.keys() ?? []) pages += memoryPages(reader, id);
  return pages * pageBytes;
}

function ofMachines(pool: PoolRecord, reader: Reader): number {
  let pages = 0;
  for (const id of pool.vms.keys()) {
    const machine = reader.object(id);
    if (machine?.kind !== "VirtualMachine" || machine.power !== "poweredOn") continue;
    const { mapped, private: own } = reader.pages.figures(machine.memory);
    pages += machine.forked ? own : mapped;
  }
  let bytes = pages * pageBytes;
  for (const id of pool.pools.keys()) {
    const child = reader.object(id);
    if (child?.kind === "ResourcePool") bytes += usedBytes(child, reader);
  }
  return bytes;
}

function computeOf(pool: PoolRecord, reader: Reader): ComputeRecord | undefined {
  const owner = reader.object(pool.owner);
  return owner?.kind === "ClusterComputeResource" || owner?.kind === "ComputeResource" ? owner : undefined;
}

function totalOf(pool: PoolRecord, reader: Reader): Capacity {
  const compute = computeOf(pool, reader);
  return compute ? capacityOf(reader, compute, true) : { hosts: 0, cores: 0, mhz: 0, memoryBytes: 0 };
}

/** How much a pool may use: up to its limit, and never more than there is. */
const most = ({ limit }: Allocation, unit: number, total: number) =>
  limit < 0 ? total : Math.min(limit * unit, total);

function usage(
  allocation: Allocation,
  unit: number,
  total: number,
  use: { readonly reserved: number; readonly reservedForVm: number; readonly used: number },
  root: boolean,
): vim.ResourcePoolResourceUsage {
  const maxUsage = most(allocation, unit, total);
  const reservable = root || allocation.expandable ? maxUsage : Math.min(maxUsage, allocation.reservation * unit);
  const unreserved = Math.max(0, reservable - use.reserved);
  return {
    reservationUsed: use.reserved,
    reservationUsedForVm: use.reservedForVm,
    unreservedForPool: unreserved,
    unreservedForVm: unreserved,
    overallUsage: use.used,
    maxUsage,
  };
}

const isRoot = (pool: PoolRecord, reader: Reader) => reader.object(pool.parent)?.kind !== "ResourcePool";

const runtime = parts<PoolRecord, vim.ResourcePoolRuntimeInfo>({
  memory: linked(["moment"], (pool, reader) => {
    const { reserved, machinesReserved, config } = pool;
    const used = usedBytes(pool, reader);
    const use = { reserved: reserved.memoryBytes, reservedForVm: machinesReserved.memoryBytes, used };
    return usage(config.memory, MiB, totalOf(pool, reader).memoryBytes, use, isRoot(pool, reader));
  }),
  cpu: linked(["moment"], (pool, reader) => {
    const { reserved, machinesReserved, config } = pool;
    const use = { reserved: reserved.cpuMhz, reservedForVm: machinesReserved.cpuMhz, used: 0 };
    return usage(config.cpu, 1, totalOf(pool, reader).mhz, use, isRoot(pool, reader));
  }),
  overallStatus: green,
  sharesScalable: () => "none",
});

export const resourcePool: Table<"ResourcePool", PoolRecord> = {
  ...entity(),
  summary: parts({ name: (pool) => escapeName(pool.name), config, runtime }),
  runtime,
  owner: link((pool) => pool.owner),
  resourcePool: links((pool) => pool.pools),
  vm: links((pool) => pool.vms),
  config,
};
