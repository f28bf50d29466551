import type { Ref, vim } from "../../vim/index.ts";
import type { Call, Handlers } from "../call.ts";
import { createLocal, createNas, createVmfs, freeDisk, freeDisks, removeDatastore } from "../datastore/datastores.ts";
import { invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { Draft } from "../state/draft.ts";
import { refOf } from "../state/id.ts";
import type { DatastoreRecord } from "../state/record.ts";
import { record } from "../state/view.ts";
import { type HostDisk, scsiDisk, sector } from "../storage/host-disks.ts";

type Of = Call<"HostDatastoreSystem">;

const made = ({ core, id }: Of, work: (tx: Draft, host: number) => DatastoreRecord): Ref<"Datastore"> =>
  core.universe.transact((tx) => refOf(record(tx, "Datastore", work(tx, id).id)));

/** The one way to make a volume on a disk: on all of it. */
function wholeDisk(disk: HostDisk, majorVersion: number): vim.VmfsDatastoreOption {
  const blocks = Math.floor(disk.bytes / sector);
  const start = { blockSize: sector, block: 2048 };
  const end = { blockSize: sector, block: blocks - 1 };
  const range = { partition: 1, type: "vmfs", start, end };
  return {
    info: {
      _typeName: "VmfsDatastoreAllExtentOption",
      layout: { total: { blockSize: sector, block: blocks }, partition: [range] },
      partitionFormatChange: true,
      vmfsExtent: range,
    },
    spec: {
      _typeName: "VmfsDatastoreCreateSpec",
      diskUuid: scsiDisk(disk).uuid,
      partition: {
        partitionFormat: "gpt",
        totalSectors: blocks,
        partition: [
          { partition: 1, startSector: 2048, endSector: blocks - 1, type: "vmfs", logical: false, attributes: 0 },
        ],
      },
      vmfs: { extent: { diskName: disk.name, partition: 1 }, majorVersion, volumeName: "" },
    },
  };
}

/** The datastores of one host, `HostSystem.configManager.datastoreSystem`. */
export const hostDatastoreSystem: Handlers<"HostDatastoreSystem"> = {
  CreateLocalDatastore: (call, { name, path }) => made(call, (tx, host) => createLocal(tx, host, name, path)),
  CreateNasDatastore: (call, { spec }) => made(call, (tx, host) => createNas(tx, host, spec)),
  CreateVmfsDatastore: (call, { spec }) => made(call, (tx, host) => createVmfs(tx, host, spec)),

  QueryAvailableDisksForVmfs: ({ core, id }) => freeDisks(core.universe.view, id).map(scsiDisk),
  QueryVmfsDatastoreCreateOptions({ core, id }, { devicePath, vmfsMajorVersion = 6 }) {
    if (vmfsMajorVersion !== 6 && vmfsMajorVersion !== 5)
      throw invalidArgument("vmfsMajorVersion", "A new volume is VMFS 5 or 6.");
    return [wholeDisk(freeDisk(core.universe.view, id, devicePath), vmfsMajorVersion)];
  },

  RemoveDatastore: ({ core, id }, { datastore }) =>
    core.universe.transact((tx) => removeDatastore(tx, id, resolveKind(tx, "Datastore", datastore))),
};
