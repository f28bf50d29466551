import { invalidArgument, invalidState } from "../faults.ts";
import type { HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";
import { requireReady } from "./overhead.ts";

/** The host that a machine of a pool is to run on: the one asked for, else the one with the most memory that is not reserved. */
export function placeOn(view: View, pool: number, wanted: number | undefined, path = "host"): HostRecord {
  const { owner, name } = record(view, "ResourcePool", pool);
  if (wanted !== undefined) {
    const host = record(view, "HostSystem", wanted);
    requireReady(host);
    if (host.parent === owner) return host;
    throw invalidArgument(path, `The host '${host.name}' does not belong to the resource pool '${name}'.`);
  }
  let best: HostRecord | undefined;
  for (const host of hostsOf(view, owner)) {
    if (host.maintenance || host.connection !== "connected") continue;
    if (!best || host.memoryBytes - host.reservedBytes > best.memoryBytes - best.reservedBytes) best = host;
  }
  if (best) return best;
  throw invalidState(`No host of the resource pool '${name}' is ready to run machines.`);
}

function hostsOf(view: View, compute: number): HostRecord[] {
  const owner = view.object(compute);
  if (owner?.kind !== "ClusterComputeResource" && owner?.kind !== "ComputeResource") return [];
  return [...owner.hosts.keys()].map((id) => record(view, "HostSystem", id));
}
