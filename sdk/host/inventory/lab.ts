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
 * How the guest of `photon-golden` becomes somebody: what comes behind `vmware-rpctool "instantclone.freeze"`. The keys are the ones
 * that published scripts use.
 */
const customization = `#!/bin/bash
info() { vmware-rpctool "info-get guestinfo.ic.$1" 2>/dev/null; }

# The cards of the fork have addresses of their own: the driver sees them when it is loaded anew.
modprobe -r vmxnet3
modprobe vmxnet3
hwclock --hctosys

if name=$(info hostname); then
  hostnamectl set-hostname "$name"
fi

if address=$(info ipaddress); then
  for card in /sys/class/net/e*; do
    read -r mac < "$card/address"
    break
  done
  {
    printf '[Match]\\nMACAddress=%s\\n\\n[Network]\\nAddress=%s/%s\\n' "$mac" "$address" "$(info netmask || echo 24)"
    if gateway=$(info gateway); then echo "Gateway=$gateway"; fi
    if servers=$(info dns); then echo "DNS=$servers"; fi
  } > /etc/systemd/network/05-fork.network
  systemctl restart systemd-networkd
fi

vmware-rpctool "info-set guestinfo.ic.customized true"
`;

/**
 * The inventory that a host has when nobody asks for another. `golden` is what there is to fork: powered on, frozen at its fork
 * point, with 8 GiB of memory of which no two pages are alike. `photon-golden` froze in a script, with which its forks go on.
 * `web-01` is a source that runs.
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
        {
          name: "photon-golden",
          on: "esx-01.lab.local",
          networks: ["desktops"],
          cpus: 1,
          memoryGiB: 4,
          memory: "full",
          disks: [{ sizeGiB: 16 }],
          guestId: "vmwarePhoton64Guest",
          power: "frozen",
          notes:
            "Golden image that froze in a script: every fork goes on with it, and takes its identity from guestinfo.ic.*.",
          guest: { hostName: "photon-golden", script: customization },
        },
      ],
    },
  ],
};
