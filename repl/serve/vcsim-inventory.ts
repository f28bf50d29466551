import type { DatacenterDescription, InventoryDescription, MachineDescription } from "../../sdk/host/index.ts";
import type { VcsimFlags } from "./vcsim-flags.ts";

type Counts = Pick<
  VcsimFlags,
  "dc" | "cluster" | "host" | "standalone-host" | "ds" | "pg" | "vm" | "pool" | "folder" | "autostart"
>;

const upTo = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Of a host and a datastore, in GiB: the usual, or as much as its machines (of 32 MB) and many clones of them need. */
const hostGiB = (machines: number): number => Math.max(512, Math.ceil(machines / 8));
const datastoreGiB = (machines: number): number => Math.max(10_240, machines * 20);

/** A machine as vcsim makes it: one processor, 32 MB, a disk of 10 GiB that is empty. */
function machine(name: string, counts: Counts, more: Partial<MachineDescription>): MachineDescription {
  return {
    name,
    guestId: "otherGuest",
    memoryGiB: 32 / 1024,
    disks: [{ sizeGiB: 10, usedGiB: 0 }],
    datastore: "LocalDS_0",
    power: counts.autostart ? "poweredOn" : "poweredOff",
    ...more,
  };
}

function datacenter(d: number, counts: Counts): DatacenterDescription {
  const dc = `DC${d}`;
  const { pool, vm, pg } = counts;
  const inCluster = vm * Math.max(1, pool);
  const inAll = inCluster * counts.cluster + vm * counts["standalone-host"];
  // vcsim wraps the last datacenters, and what is in them
  const wrapped = d - (counts.dc - Math.min(counts.folder, counts.dc));
  const inside = wrapped < 0 ? {} : { folder: `F${wrapped}` };
  const clusters = upTo(counts.cluster, (c) => {
    const name = `${dc}_C${c}`;
    return {
      name,
      ...inside,
      hosts: upTo(counts.host, (h) => ({ name: `${name}_H${h}`, memoryGiB: hostGiB(inCluster) })),
      pools: upTo(pool, (p) => `${name}_RP${p + 1}`),
    };
  });
  const hosts = upTo(counts["standalone-host"], (h) => ({ name: `${dc}_H${h}`, memoryGiB: hostGiB(vm), ...inside }));
  const networks = pg > 0 ? { networks: [`${dc}_DVPG0`] } : {};
  const group = (prefix: string, more: Partial<MachineDescription>) =>
    upTo(vm, (m) => machine(`${prefix}_VM${m}`, counts, { ...inside, ...networks, ...more }));
  return {
    name: dc,
    ...inside,
    clusters,
    hosts,
    datastores: upTo(counts.ds, (i) => ({ name: `LocalDS_${i}`, capacityGiB: datastoreGiB(inAll), ...inside })),
    ...(pg > 0 ? { switches: [{ name: "DVS0", ...inside, portgroups: upTo(pg, (p) => `${dc}_DVPG${p}`) }] } : {}),
    folders: "folder" in inside ? [inside.folder] : [],
    machines: [
      ...hosts.flatMap(({ name }) => group(name, { on: name })),
      ...clusters.flatMap(({ name, pools }) =>
        pools.length === 0
          ? group(`${name}_RP0`, { on: name })
          : pools.flatMap((below) => group(below, { on: name, pool: below })),
      ),
    ],
  };
}

/** The inventory that vcsim makes for its flags. */
export const vcsimInventory = (counts: Counts): InventoryDescription => ({
  datacenters: upTo(counts.dc, (d) => datacenter(d, counts)),
});

/** The inventory of vcsim's `-esx`, to which only some of its flags apply. */
export const vcsimEsxInventory = (counts: Pick<Counts, "ds" | "vm" | "autostart">): InventoryDescription => {
  const all: Counts = { dc: 1, cluster: 0, host: 0, "standalone-host": 1, pg: 0, pool: 0, folder: 0, ...counts };
  const host = "localhost.localdomain";
  return {
    datacenters: [
      {
        name: "ha-datacenter",
        hosts: [{ name: host, memoryGiB: hostGiB(counts.vm) }],
        datastores: upTo(counts.ds, (i) => ({ name: `LocalDS_${i}`, capacityGiB: datastoreGiB(counts.vm) })),
        machines: upTo(counts.vm, (m) => machine(`ha-host_VM${m}`, all, { on: host })),
      },
    ],
  };
};
