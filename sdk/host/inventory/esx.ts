import { checkDescription } from "./check-description.ts";
import { type Check, count, flag, shape } from "./checks.ts";
import type { Inventory, InventoryCounts, InventoryDescription, MachineDescription } from "./description.ts";

/** What an ESXi may be said to have by numbers; the others may be said only as what it always has. */
const members: Readonly<Record<keyof InventoryCounts, Check>> = {
  datacenters: count(1, 1),
  clusters: count(0, 0),
  hosts: count(0),
  standaloneHosts: count(1, 1),
  machines: count(0),
  pools: count(0, 0),
  datastores: count(0),
  portgroups: count(0, 0),
  poweredOn: flag,
};

const hostName = "localhost.localdomain";
const datacenterName = "ha-datacenter";

/** The inventory of an ESXi, written out. Throws a RangeError that names what a single host does not have. */
export function describeEsx(inventory: Inventory = {}): InventoryDescription {
  if (isDescription(inventory)) return oneHost(inventory);
  shape(members)(inventory, "inventory");
  const { machines = 2, datastores = 1, poweredOn = true } = inventory;
  return {
    datacenters: [
      {
        name: datacenterName,
        hosts: [{ name: hostName, memoryGiB: Math.max(512, machines) }],
        datastores: Array.from({ length: datastores }, (_, i) => ({
          name: `LocalDS_${i}`,
          capacityGiB: Math.max(10_240, Math.ceil((machines * 20) / datastores)),
        })),
        machines: Array.from(
          { length: machines },
          (_, i): MachineDescription => ({
            name: `ha-host_VM${i}`,
            power: poweredOn ? "poweredOn" : "poweredOff",
            ...(datastores > 1 ? { datastore: `LocalDS_${i % datastores}` } : {}),
          }),
        ),
      },
    ],
  };
}

const isDescription = (inventory: Inventory): inventory is InventoryDescription =>
  typeof inventory === "object" && inventory !== null && Array.isArray(inventory.datacenters);

function oneHost(described: InventoryDescription): InventoryDescription {
  checkDescription(described);
  const [only, another] = described.datacenters;
  const { clusters = [], hosts = [], switches = [], folders = [] } = only ?? {};
  if (!only || another) throw refused("one datacenter");
  if (clusters.length > 0 || hosts.length !== 1) throw refused("one host, in no cluster");
  if (switches.length > 0) throw refused("no distributed switches");
  if (folders.length > 0) throw refused("no folders for machines");
  if (only.machines?.some(({ template }) => template)) throw refused("no templates");
  return { datacenters: [{ ...only, name: datacenterName }] };
}

const refused = (what: string) => new RangeError(`inventory: an ESXi has ${what}.`);
