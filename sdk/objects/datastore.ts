import type { CallOptions, ProgressOptions } from "../progress.ts";
import { DatastoreFiles } from "./datastore-files.ts";
import { ManagedObject, type WireMethods } from "./managed-object.ts";

/** Sizes of a datastore in bytes. */
export interface Space {
  readonly capacity: number;
  readonly free: number;
}

export interface Datastore extends WireMethods<"Datastore"> {}

/** A datastore. */
export class Datastore extends ManagedObject<"Datastore"> {
  /** What is on it: listed, fetched, brought, copied, moved and deleted. */
  readonly files = new DatastoreFiles(this);

  /** @example const { capacity, free } = await datastore.space(); */
  async space(options: CallOptions = {}): Promise<Space> {
    const row = await this.retrieve(["summary.capacity", "summary.freeSpace"], options);
    return { capacity: Number(row["summary.capacity"]), free: Number(row["summary.freeSpace"]) };
  }

  /**
   * Puts a VMDK file of this computer onto the datastore, with all that it is based on, as a thin disk that stands for itself and
   * that a machine can be given. Returns its path: `[vmfs-01] disk.vmdk`. A file that is not in order leaves nothing behind.
   * Simulated vCenters only; elsewhere import a package (`vc.importVApp`).
   *
   * @throws VsphereError `BadDisk` for a file that is not in order, `FileAlreadyExists`, `NoDiskSpace`, `Aborted`.
   * @example
   * await vm.exportDisk("web-01.vmdk");
   * const path = await datastore.importDisk("web-01.vmdk", "web-01-copy.vmdk"); // [vmfs-01] web-01-copy.vmdk
   */
  async importDisk(file: string, path: string, options: ProgressOptions = {}): Promise<string> {
    const { importDisk } = await import("../export/import-disk.ts");
    return importDisk(this, file, path, options);
  }
}
