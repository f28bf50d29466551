import type { vim } from "../../vim/index.ts";
import { mix } from "../random.ts";
import type { DatastoreRecord, HostRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";

/** A disk of a host: that of a VMFS volume, or a local one. */
export interface HostDisk {
  /** `naa.6000c29...` or `mpx.vmhba0:C0:T1:L0`. */
  readonly name: string;
  readonly bytes: number;
  readonly local: boolean;
  /** The datastore on it, 0 for none. */
  readonly datastore: number;
}

/** Every host has two local disks on which nothing is at first. */
const locals = 2;
const localBytes = 2 ** 40;
export const sector = 512;

/** What a VMFS volume is on: the local disk that it was made on, or a disk of its own. */
export const diskOfVolume = (seed: number, { id, device }: DatastoreRecord): string => {
  const part = mix(seed, 0xd15c, id).toString(16).padStart(8, "0");
  return device ?? `naa.6000c29${part}${part}0`;
};

const localDisk = (host: number, i: number): string => `mpx.vmhba${host}:C0:T${i}:L0`;

/** The disks of a host, those on which nothing is included. */
export function disksOf(view: Pick<View, "object" | "seed">, host: HostRecord): HostDisk[] {
  const found: HostDisk[] = [];
  for (const id of host.datastores.keys()) {
    const store = view.object(id);
    if (store?.kind !== "Datastore" || store.type !== "VMFS") continue;
    const name = diskOfVolume(view.seed, store);
    found.push({ name, bytes: store.capacity, local: store.device !== undefined, datastore: id });
  }
  for (let i = 0; i < locals; i++) {
    const name = localDisk(host.id, i);
    if (!found.some((disk) => disk.name === name)) found.push({ name, bytes: localBytes, local: true, datastore: 0 });
  }
  return found;
}

export const devicePath = ({ name }: HostDisk): string => `/vmfs/devices/disks/${name}`;

/** A disk as it travels. */
export function scsiDisk(disk: HostDisk): vim.HostScsiDisk {
  const { name, bytes, local } = disk;
  return {
    _typeName: "HostScsiDisk",
    deviceName: devicePath(disk),
    deviceType: "disk",
    key: `key-vim.host.ScsiDisk-${name}`,
    uuid: Buffer.from(name).toString("hex"),
    canonicalName: name,
    displayName: `${local ? "Local" : "Shared"} simulated disk (${name})`,
    lunType: "disk",
    vendor: "Fargo",
    model: "Simulated disk",
    revision: "1.0",
    scsiLevel: 6,
    operationalState: ["ok"],
    capacity: { blockSize: sector, block: Math.floor(bytes / sector) },
    devicePath: devicePath(disk),
    ssd: true,
    localDisk: local,
  };
}

const adapter = (device: string): vim.HostBlockHba => ({
  _typeName: "HostBlockHba",
  key: `key-vim.host.BlockHba-${device}`,
  device,
  bus: 0,
  status: "online",
  model: "Simulated storage adapter",
  driver: "nsimulated",
  pci: "0000:01:00.0",
});

/** The storage of a host, as it travels: one adapter that all of its disks hang from. */
export function storageDevices(view: Pick<View, "object" | "seed">, host: HostRecord): vim.HostStorageDeviceInfo {
  const disks = disksOf(view, host);
  const hba = adapter("vmhba0");
  return {
    hostBusAdapter: [hba],
    scsiLun: disks.map(scsiDisk),
    scsiTopology: {
      adapter: [
        {
          key: "key-vim.host.ScsiTopology.Interface-vmhba0",
          adapter: hba.key ?? "",
          target: disks.map((disk, target) => ({
            key: `key-vim.host.ScsiTopology.Target-vmhba0:0:${target}`,
            target,
            lun: [
              {
                key: `key-vim.host.ScsiTopology.Lun-${disk.name}`,
                lun: 0,
                scsiLun: `key-vim.host.ScsiDisk-${disk.name}`,
              },
            ],
          })),
        },
      ],
    },
    softwareInternetScsiEnabled: false,
  };
}
