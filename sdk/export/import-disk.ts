import { VsphereError } from "../errors.ts";
import type { Datastore } from "../objects/datastore.ts";
import type { ProgressOptions } from "../progress.ts";
import { Task } from "../task/task.ts";
import type { Ref } from "../vim/index.ts";
import { openImage, type Piece, VmdkError } from "../vmdk/index.ts";
import { diskError } from "./export-disk.ts";

/** Puts a VMDK file of this computer onto a datastore, see `Datastore.importDisk`. */
export async function importDisk(
  datastore: Datastore,
  file: string,
  path: string,
  options: ProgressOptions = {},
): Promise<string> {
  const { session } = datastore;
  const { disks } = session.transport;
  const { virtualDiskManager: manager } = session.content;
  if (!disks || !manager)
    throw new VsphereError("NotSupported", "Single disks are imported by simulated vCenters only: import a package.");
  try {
    const image = await openImage(file);
    const name = `[${await datastore.get("name", options)}] ${path}`;
    const datacenter = await datacenterOf(datastore);
    const capacityKb = Math.ceil(image.capacity / 1024);
    const spec = {
      _typeName: "FileBackedVirtualDiskSpec",
      diskType: "thin",
      adapterType: "lsiLogic",
      capacityKb,
    } as const;
    const made = await session.call(manager, "CreateVirtualDisk_Task", { name, datacenter, spec }, options);
    await new Task(session, made).wait(options);
    try {
      await disks.fill(name, datacenter, watched(image.pieces(), image.capacity, file, options));
    } catch (error) {
      const gone = await session.call(manager, "DeleteVirtualDisk_Task", { name, datacenter });
      await new Task(session, gone).wait();
      throw error;
    }
    return name;
  } catch (error) {
    throw error instanceof VmdkError ? diskError(error) : error;
  }
}

async function* watched(
  pieces: AsyncIterable<Piece>,
  capacity: number,
  file: string,
  { signal, onProgress }: ProgressOptions,
): AsyncGenerator<Piece> {
  const activity = `Importing ${file}`;
  for await (const piece of pieces) {
    if (signal?.aborted) throw new VsphereError("Aborted", `${activity} was aborted.`, { cause: signal.reason });
    yield piece;
    onProgress?.({ activity, done: piece.address + piece.length, total: capacity, failed: 0 });
  }
}

async function datacenterOf(datastore: Datastore): Promise<Ref<"Datacenter">> {
  let above = await datastore.get("parent");
  while (above && above.type !== "Datacenter") {
    const [row] = await datastore.session.retrieve([above], ["parent"]);
    above = row?.parent;
  }
  if (above) return { type: "Datacenter", value: above.value };
  throw new VsphereError("NotFound", `${datastore} is in no datacenter.`);
}
