import type { vim } from "../../vim/index.ts";
import { escapeName } from "../state/name.ts";
import type { Allocation, PoolRecord } from "../state/record.ts";
import { machineFigures, pageBytes, pagesOf } from "../storage/usage.ts";
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

/** What is taken of a pool: reservations, and the memory in use, of running machines and of the pools in it. */
interface Use {
  cpuMhz: number;
  memoryMB: number;
  /** Of the pool's own machines. */
  vmCpuMhz: number;
  vmMemoryMB: number;
  usedBytes: number;
}

/** Goes over all machines of a pool: a sample that is taken when somebody looks, as vCenter's own is every twenty seconds. */
function useOf(pool: PoolRecord, reader: Reader): Use {
  const use = { cpuMhz: 0, memoryMB: 0, vmCpuMhz: 0, vmMemoryMB: 0, usedBytes: 0 };
  for (const id of pool.vms.keys()) {
    const machine = reader.object(id);
    if (machine?.kind !== "VirtualMachine" || machine.power !== "poweredOn") continue;
    const { mapped, own } = pagesOf(machineFigures(machine, reader.pages));
    const { cpuAllocation, memoryAllocation } = machine.base.settings;
    use.vmCpuMhz += cpuAllocation?.reservation ?? 0;
    use.vmMemoryMB += memoryAllocation?.reservation ?? 0;
    use.usedBytes += (machine.forked ? own : mapped) * pageBytes;
  }
  use.cpuMhz = use.vmCpuMhz;
  use.memoryMB = use.vmMemoryMB;
  for (const id of pool.pools.keys()) {
    const child = reader.object(id);
    if (child?.kind !== "ResourcePool") continue;
    use.cpuMhz += child.config.cpu.reservation;
    use.memoryMB += child.config.memory.reservation;
    use.usedBytes += useOf(child, reader).usedBytes;
  }
  return use;
}

function totalOf(pool: PoolRecord, reader: Reader): Capacity {
  const owner = reader.object(pool.owner);
  const compute = owner?.kind === "ClusterComputeResource" || owner?.kind === "ComputeResource" ? owner : undefined;
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
): vim.ResourcePoolResourceUsage {
  const maxUsage = most(allocation, unit, total);
  const reservable = allocation.expandable ? maxUsage : Math.min(maxUsage, allocation.reservation * unit);
  const unreserved = Math.max(0, reservable - use.reserved * unit);
  return {
    reservationUsed: use.reserved * unit,
    reservationUsedForVm: use.reservedForVm * unit,
    unreservedForPool: unreserved,
    unreservedForVm: unreserved,
    overallUsage: use.used,
    maxUsage,
  };
}

const runtime = parts<PoolRecord, vim.ResourcePoolRuntimeInfo>({
  memory: linked(["moment"], (pool, reader) => {
    const { memoryMB, vmMemoryMB, usedBytes } = useOf(pool, reader);
    const use = { reserved: memoryMB, reservedForVm: vmMemoryMB, used: usedBytes };
    return usage(pool.config.memory, MiB, totalOf(pool, reader).memoryBytes, use);
  }),
  cpu: linked(["moment"], (pool, reader) => {
    const { cpuMhz, vmCpuMhz } = useOf(pool, reader);
    const use = { reserved: cpuMhz, reservedForVm: vmCpuMhz, used: 0 };
    return usage(pool.config.cpu, 1, totalOf(pool, reader).mhz, use);
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
