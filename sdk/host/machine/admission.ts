import { fault } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { PoolRecord, Reserved } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { reservedBytes } from "./overhead.ts";

const MiB = 2 ** 20;
const kinds = ["memoryBytes", "cpuMhz"] as const;

/** Nothing is set aside. */
export const nothingReserved: Reserved = Object.freeze({ memoryBytes: 0, cpuMhz: 0 });

/** What is set aside for a machine in its present power state, its overhead included. */
export const reservedFor = (machine: Pick<MachineRecord, "base" | "forked" | "power">): Reserved => ({
  memoryBytes: reservedBytes(machine),
  cpuMhz: machine.power === "poweredOn" ? Number(machine.base.settings.cpuAllocation?.reservation ?? 0) : 0,
});

export const plus = (a: Reserved, b: Reserved, sign: 1 | -1 = 1): Reserved => ({
  memoryBytes: a.memoryBytes + sign * b.memoryBytes,
  cpuMhz: a.cpuMhz + sign * b.cpuMhz,
});

/** What a pool reserves by its own settings. */
const settled = ({ config }: Pick<PoolRecord, "config">): Reserved => ({
  memoryBytes: config.memory.reservation * MiB,
  cpuMhz: config.cpu.reservation,
});

/** What a pool takes of the one above: its reservation, and what its machines have borrowed beyond that. */
export function takenBy(pool: Pick<PoolRecord, "config" | "reserved">): Reserved {
  const own = settled(pool);
  const { memoryBytes, cpuMhz } = pool.reserved;
  return { memoryBytes: Math.max(own.memoryBytes, memoryBytes), cpuMhz: Math.max(own.cpuMhz, cpuMhz) };
}

/** A change of the machines of a pool, and of what is set aside for them: one record is put for each pool that it reaches. */
export function changePool(
  tx: Draft,
  id: number,
  more: Reserved,
  name: string,
  change: (pool: PoolRecord) => Partial<PoolRecord> = () => ({}),
  ofMachines: Reserved = more,
): void {
  const pool = record(tx, "ResourcePool", id);
  const next = {
    ...pool,
    ...change(pool),
    reserved: plus(pool.reserved, more),
    machinesReserved: plus(pool.machinesReserved, ofMachines),
  };
  requireReservation(tx, next, more, name);
  tx.put(next);
  passUp(tx, pool, next, name);
}

/** What a pool takes of those above it has changed from one of its records to the next. */
export function passUp(
  tx: Draft,
  before: Pick<PoolRecord, "config" | "reserved"> | undefined,
  after: PoolRecord,
  name: string,
): void {
  let more = plus(takenBy(after), before ? takenBy(before) : nothingReserved, -1);
  for (let at = tx.object(after.parent); at?.kind === "ResourcePool"; at = tx.object(at.parent)) {
    if (more.memoryBytes === 0 && more.cpuMhz === 0) return;
    const next: PoolRecord = { ...at, reserved: plus(at.reserved, more) };
    requireReservation(tx, next, more, name);
    tx.put(next);
    more = plus(takenBy(next), takenBy(at), -1);
  }
}

/**
 * Throws InsufficientMemoryResourcesFault or InsufficientCpuResourcesFault unless a pool may set so much more aside: up to its
 * reservation, or where that is expandable to its limit, as long as those above it have it. The pool is given as it would be then.
 */
function requireReservation(view: View, pool: PoolRecord, more: Reserved, name: string): void {
  for (const kind of kinds) {
    if (more[kind] <= 0) continue;
    const most = mostOf(view, pool)[kind];
    if (pool.reserved[kind] <= most) continue;
    const memory = kind === "memoryBytes";
    const requested = Math.round(more[kind]);
    const unreserved = Math.max(0, Math.round(most - pool.reserved[kind] + more[kind]));
    throw fault(
      memory ? "InsufficientMemoryResourcesFault" : "InsufficientCpuResourcesFault",
      { unreserved, requested },
      `The resource pool '${pool.name}' has not enough ${memory ? "memory" : "CPU"} for '${name}': ${requested} ${memory ? "bytes" : "MHz"} are to be reserved, ${unreserved} are left.`,
    );
  }
}

/** The most that a pool may set aside, whatever those above it have. */
function mostOf(view: Pick<View, "object">, pool: PoolRecord): Reserved {
  const { cpu, memory } = pool.config;
  if (view.object(pool.parent)?.kind !== "ResourcePool") return capacityOf(view, pool.owner);
  const most = ({ reservation, limit, expandable }: typeof cpu, unit: number) =>
    expandable ? (limit < 0 ? Number.POSITIVE_INFINITY : limit * unit) : reservation * unit;
  return { memoryBytes: most(memory, MiB), cpuMhz: most(cpu, 1) };
}

/** What the hosts of a compute resource have. */
function capacityOf(view: Pick<View, "object">, owner: number): Reserved {
  const compute = view.object(owner);
  const sum = { memoryBytes: 0, cpuMhz: 0 };
  if (compute?.kind !== "ClusterComputeResource" && compute?.kind !== "ComputeResource") return sum;
  for (const id of compute.hosts.keys()) {
    const host = view.object(id);
    if (host?.kind !== "HostSystem") continue;
    sum.memoryBytes += host.memoryBytes;
    sum.cpuMhz += host.cores * host.mhz;
  }
  return sum;
}
