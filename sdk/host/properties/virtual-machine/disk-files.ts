import { diskUuid } from "../../datastore/disk-identity.ts";
import { diskFiles } from "../../datastore/machine-files.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { View } from "../../state/view.ts";
import type { Bytes } from "../derivation.ts";
import { capacityOf } from "./disks.ts";

/** The files of each disk of a machine, from the lowest to the topmost. */
export const diskFilesOf = (view: Pick<View, "seed">, machine: MachineRecord, bytes: Bytes) =>
  diskFiles(view, machine, bytes, (disk) => ({
    bytes: capacityOf(machine, disk.key),
    uuid: diskUuid(view.seed, machine, disk),
  }));
