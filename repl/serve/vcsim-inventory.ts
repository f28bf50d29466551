import type { DatacenterDescription, InventoryDescription, MachineDescription } from "../../sdk/host/index.ts";
import type { VcsimFlags } from "./vcsim-flags.ts";

type Counts = Pick<
  VcsimFlags,
  "dc" | "cluster" | "host" | "standalone-host" | "ds" | "pg" | "vm" | "pool" | "folder" | "autostart"
>;

const upTo = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Large enough for all machines that may come to be there, also when thousands are cloned. */
const room = { hostGiB: 512, datastoreGiB: 10_240 } as const;

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
  // vcsim wraps the last datacenters, and what is in them
  const wrapped = d - (counts.dc - Math.min(counts.folder, counts.dc));
  const inside = wrapped < 0 ? {} : { folder: `F${wrapped}` };
  const clusters = upTo(counts.cluster, (c) => {
    const name = `${dc}_C${c}`;
    return {
      name,
      ...inside,
      hosts: upTo(counts.host, (h) => ({ name: `${name}_H${h}`, memoryGiB: room.hostGiB })),
      pools: upTo(pool, (p) => `${name}_RP${p + 1}`),
    };
  });
  const hosts = upTo(counts["standalone-host"], (h) => ({ name: `${dc}_H${h}`, memoryGiB: room.hostGiB, ...inside }));
  const networks = pg > 0 ? { networks: [`${dc}_DVPG0`] } : {};
  const group = (prefix: string, more: Partial<MachineDescription>) =>
    upTo(vm, (m) => machine(`${prefix}_VM${m}`, counts, { ...inside, ...networks, ...more }));
  return {
    name: dc,
    ...inside,
    clusters,
    hosts,
    datastores: upTo(counts.ds, (i) => ({ name: `LocalDS_${i}`, capacityGiB: room.datastoreGiB, ...inside })),
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
        hosts: [{ name: host, memoryGiB: room.hostGiB }],
        datastores: upTo(counts.ds, (i) => ({ name: `LocalDS_${i}`, capacityGiB: room.datastoreGiB })),
        machines: upTo(counts.vm, (m) => machine(`ha-host_VM${m}`, all, { on: host })),
      },
    ],
  };
};
