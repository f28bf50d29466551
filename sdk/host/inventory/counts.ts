import { type Check, count, flag, shape } from "./checks.ts";
import type {
  ClusterDescription,
  DatacenterDescription,
  HostDescription,
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
  portgroups: count(0, 10_000),
  poweredOn: flag,
};

/** Of a host and of a datastore, in GiB, where the machines that go there do not need more. */
const usual = { memory: 512, capacity: 10_240 } as const;
/** What a machine takes: its memory, its swap file and the disk that it may fill one day. */
const each = { memory: 1, capacity: 20 } as const;

/**
 * Writes an inventory of counts out: hosts and datastores are as large as their machines need. Throws a RangeError that names what
 * is no count.
 */
export function describeCounts(counts: InventoryCounts): InventoryDescription {
  shape(members)(counts, "inventory");
  const { datacenters = 1, clusters = 1, hosts = 3, standaloneHosts = 1 } = counts;
  const { machines = 2, pools = 0, datastores = 1, portgroups = 0, poweredOn = true } = counts;
  const inCluster = machines * (1 + pools);
  const inAll = inCluster * clusters + machines * standaloneHosts;
  const hostFor = (name: string, of: number): HostDescription => ({
    name,
    memoryGiB: Math.max(usual.memory, Math.ceil(of * each.memory)),
  });

  const datacenter = (dc: string): DatacenterDescription => {
    let turn = 0;
    const machine = (name: string, on: string, pool?: string): MachineDescription => ({
      name,
      on,
      power: poweredOn ? "poweredOn" : "poweredOff",
      ...(portgroups > 0 ? { networks: [`${dc}_DVPG0`] } : {}),
      ...(datastores > 1 ? { datastore: `LocalDS_${turn++ % datastores}` } : {}),
      ...(pool === undefined ? {} : { pool }),
    });
    const grouped = upTo(
      clusters,
      (c): ClusterDescription => ({
        name: `${dc}_C${c}`,
        hosts: upTo(hosts, (h) => hostFor(`${dc}_C${c}_H${h}`, inCluster / hosts)),
        pools: upTo(pools, (p) => `${dc}_C${c}_RP${p + 1}`),
      }),
    );
    const alone = upTo(standaloneHosts, (h) => hostFor(`${dc}_H${h}`, machines));
    return {
      name: dc,
      clusters: grouped,
      hosts: alone,
      datastores: upTo(datastores, (d) => ({
        name: `LocalDS_${d}`,
        capacityGiB: Math.max(usual.capacity, Math.ceil((inAll * each.capacity) / datastores)),
      })),
      ...(portgroups > 0
        ? { switches: [{ name: "DVS0", portgroups: upTo(portgroups, (n) => `${dc}_DVPG${n}`) }] }
        : {}),
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
  return { datacenters: upTo(datacenters, (d) => datacenter(`DC${d}`)) };
}
