import type {
  ClusterDescription,
  DatacenterDescription,
  InventoryCounts,
  InventoryDescription,
  MachineDescription,
} from "./description.ts";

const upTo = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** A count, checked. Throws a RangeError that names it. */
function count(counts: InventoryCounts, name: Exclude<keyof InventoryCounts, "poweredOn">, otherwise: number): number {
  const value = counts[name] ?? otherwise;
  if (Number.isInteger(value) && value >= 0 && value <= 10_000_000) return value;
  throw new RangeError(`inventory.${name} must be a whole number from 0 on, not ${JSON.stringify(value)}.`);
}

/** Writes an inventory of counts out. */
export function describeCounts(counts: InventoryCounts): InventoryDescription {
  const pools = count(counts, "pools", 0);
  const machines = count(counts, "machines", 2);
  const power = counts.poweredOn === false ? "poweredOff" : "poweredOn";
  const machine = (name: string, on: string, pool?: string): MachineDescription => ({
    name,
    on,
    power,
    ...(pool === undefined ? {} : { pool }),
  });

  const datacenter = (dc: string): DatacenterDescription => {
    const clusters = upTo(
      count(counts, "clusters", 1),
      (c): ClusterDescription => ({
        name: `${dc}_C${c}`,
        hosts: upTo(count(counts, "hosts", 3), (h) => ({
          name: `${dc}_C${c}_H${h}`,
        })),
        pools: upTo(pools, (p) => `${dc}_C${c}_RP${p + 1}`),
      }),
    );
    const hosts = upTo(count(counts, "standaloneHosts", 1), (h) => ({
      name: `${dc}_H${h}`,
    }));
    return {
      name: dc,
      clusters,
      hosts,
      datastores: upTo(count(counts, "datastores", 1), (d) => ({
        name: `LocalDS_${d}`,
      })),
      machines: [
        ...hosts.flatMap((host) => upTo(machines, (m) => machine(`${host.name}_VM${m}`, host.name))),
        ...clusters.flatMap((cluster) => [
          ...upTo(machines, (m) => machine(`${cluster.name}_RP0_VM${m}`, cluster.name)),
          ...(cluster.pools ?? []).flatMap((pool) =>
            upTo(machines, (m) => machine(`${pool}_VM${m}`, cluster.name, pool)),
          ),
        ]),
      ],
    };
  };
  return {
    datacenters: upTo(count(counts, "datacenters", 1), (d) => datacenter(`DC${d}`)),
  };
}
