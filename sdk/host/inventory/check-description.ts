import { type Check, count, flag, listOf, oneOf, shape, size, tableOf, text, textOr } from "./checks.ts";
import type {
  ClusterDescription,
  DatacenterDescription,
  DatastoreDescription,
  HostDescription,
  InventoryDescription,
  MachineDescription,
  PortgroupDescription,
  SwitchDescription,
} from "./description.ts";

/** Names every property of a description, so that a new one cannot be forgotten here. */
type Members<T> = Readonly<Record<keyof T & string, Check>>;

const host: Members<HostDescription> = {
  name: text,
  folder: text,
  memoryGiB: size(),
  cores: count(1, 1024),
  mhz: size(),
};

const cluster: Members<ClusterDescription> = {
  name: text,
  folder: text,
  hosts: listOf(shape(host, ["name"])),
  pools: listOf(text),
  drs: flag,
  ha: flag,
};

const datastore: Members<DatastoreDescription> = {
  name: text,
  folder: text,
  capacityGiB: size(),
  hosts: listOf(text),
};

const portgroup: Members<PortgroupDescription> = {
  name: text,
  ports: count(0, 65_536),
  vlan: count(0, 4094),
  binding: oneOf("static", "ephemeral"),
};

const distributedSwitch: Members<SwitchDescription> = {
  name: text,
  folder: text,
  portgroups: listOf(textOr(shape(portgroup, ["name"]))),
  hosts: listOf(text),
  uplinks: count(1, 32),
};

const disk = shape({ sizeGiB: size(), usedGiB: size({ orZero: true }) }, ["sizeGiB"]);

const machine: Members<MachineDescription> = {
  name: text,
  folder: text,
  on: text,
  pool: text,
  datastore: text,
  networks: listOf(text),
  cpus: count(1, 960),
  memoryGiB: size(),
  disks: listOf(disk),
  guestId: text,
  power: oneOf("poweredOn", "poweredOff", "suspended", "frozen"),
  memory: oneOf("full", "empty"),
  template: flag,
  notes: text,
  guest: shape({ hostName: text, ipAddress: text, script: text }),
  extraConfig: tableOf(text),
};

const datacenter: Members<DatacenterDescription> = {
  name: text,
  folder: text,
  clusters: listOf(shape(cluster, ["name", "hosts"])),
  hosts: listOf(shape(host, ["name"])),
  datastores: listOf(shape(datastore, ["name"])),
  networks: listOf(text),
  switches: listOf(shape(distributedSwitch, ["name"])),
  folders: listOf(text),
  machines: listOf(shape(machine, ["name"])),
};

const inventory: Members<InventoryDescription> = { datacenters: listOf(shape(datacenter, ["name"])) };

/** Throws a RangeError unless what came as a description is one: it may be read from a file. */
export const checkDescription = (described: unknown): void => shape(inventory, ["datacenters"])(described, "inventory");
