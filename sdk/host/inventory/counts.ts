import { type Check, count, flag, shape } from "./checks.ts";
import type {
  ClusterDescription,
  DatacenterDescription,
  InventoryCounts,
  InventoryDescription,
  MachineDescription,
} from "./description.ts";

const upTo = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

const members: Readonly<Record<keyof InventoryCounts, Check>> = {
  datacenters: count(0),
  clusters: count(0),
  hosts: count(0),
  standaloneHosts: count(0),
  machines: count(0),
  pools: count(0),
  datastores: count(0),
  poweredOn: flag,
};

/** Writes an inventory of counts out. Throws a RangeError that names what is no count. */
export function describeCounts(counts: InventoryCounts): InventoryDescription {
  shape(members)(counts, "inventory");
  const {
    datacenters = 1,
    clusters = 1,
    hosts = 3,
    standaloneHosts = 1,
    machines = 2,
    pools = 0,
    datastores = 1,
    poweredOn = true,
  } = counts;
  const power = poweredOn ? "poweredOn" : "poweredOff";
  const machine = (name: string, on: string, pool?: string): MachineDescription => ({
    name,
    on,
    power,
    ...(pool === undefined ? {} : { pool }),
  });

  const datacenter = (dc: string): DatacenterDescription => {
    const grouped = upTo(
      clusters,
      (c): ClusterDescription => ({
        name: `${dc}_C${c}`,
        hosts: upTo(hosts, (h) => ({
          name: `${dc}_C${c}_H${h}`,
        })),
        pools: upTo(pools, (p) => `${dc}_C${c}_RP${p + 1}`),
      }),
    );
    const alone = upTo(standaloneHosts, (h) => ({
      name: `${dc}_H${h}`,
    }));
    return {
      name: dc,
      clusters: grouped,
      hosts: alone,
      datastores: upTo(datastores, (d) => ({
        name: `LocalDS_${d}`,
      })),
      machines: [
        ...alone.flatMap((host) => upTo(machines, (m) => machine(`${host.name}_VM${m}`, host.name))),
        ...grouped.flatMap((cluster) => [
          ...upTo(machines, (m) => machine(`${cluster.name}_RP0_VM${m}`, cluster.name)),
          ...(cluster.pools ?? []).flatMap((pool) =>
            upTo(machines, (m) => machine(`${pool}_VM${m}`, cluster.name, pool)),
          ),
        ]),
      ],
    };
  };
  return {
    datacenters: upTo(datacenters, (d) => datacenter(`DC${d}`)),
  };
}
