import type { HostDescription, InventoryDescription, MachineDescription } from "./description.ts";

const host = (n: number): HostDescription => ({
  name: `esx-0${n}.lab.local`,
  memoryGiB: 512,
  cores: 64,
});

const server = (name: string, address: string, cpus: number, memoryGiB: number): MachineDescription => ({
  name,
  folder: "servers",
  on: "cluster-01",
  pool: "servers",
  networks: ["servers"],
  cpus,
  memoryGiB,
  disks: [{ sizeGiB: 40 }],
  power: "poweredOn",
  guest: { hostName: `${name}.lab.local`, ipAddress: address },
});

/**
 * The inventory that a host has when nobody asks for another. `golden` is what there is to fork: powered on, frozen at its fork
 * point, with 8 GiB of memory of which no two pages are alike. `web-01` is a source that runs.
 */
export const lab: InventoryDescription = {
  datacenters: [
    {
      name: "DC0",
      clusters: [
        {
          name: "cluster-01",
          hosts: [1, 2, 3, 4].map(host),
          pools: ["desktops", "servers"],
        },
      ],
      datastores: [
        { name: "vmfs-01", capacityGiB: 20_480 },
        { name: "local-01", capacityGiB: 1_024, hosts: ["esx-01.lab.local"] },
      ],
      networks: ["VM Network", "desktops", "servers"],
      folders: ["desktops", "servers", "templates"],
      machines: [
        {
          name: "golden",
          on: "esx-01.lab.local",
          networks: ["desktops"],
          cpus: 2,
          memoryGiB: 8,
          memory: "full",
          disks: [{ sizeGiB: 40 }],
          power: "frozen",
          notes: "Golden image: frozen at its fork point. Fork it with New-InstantClone.",
          guest: { hostName: "golden" },
        },
        server("web-01", "192.168.10.11", 2, 4),
        server("web-02", "192.168.10.12", 2, 4),
        server("db-01", "192.168.10.21", 4, 16),
        { ...server("build-01", "192.168.10.31", 4, 8), power: "poweredOff" },
        {
          name: "ubuntu-template",
          folder: "templates",
          on: "cluster-01",
          cpus: 2,
          memoryGiB: 4,
          disks: [{ sizeGiB: 20 }],
          template: true,
        },
      ],
    },
  ],
};
