import { fault } from "../faults.ts";
import { connectedNow } from "../machine/connect.ts";
import { devicesOf } from "../machine/devices.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";
import { formatPath, isWithin, parsePath } from "../storage/path.ts";
import { isRegistered, type StoredFile } from "./catalogue.ts";
import type { FilePlace } from "./place.ts";
import { basesOf } from "./unlisted.ts";

export const locked = (text: string, why: string) =>
  fault("FileLocked", { file: text }, `Unable to access file ${text} since it is locked: ${why}.`);

/** Throws FileLocked when a machine in the inventory has a file, or other disks are based on it, or a drive shows it. */
export function requireFree(view: View, { store, text }: FilePlace, file: StoredFile): void {
  const { machine, disk } = file;
  if (disk && (disk.layer !== disk.disk.layer || basesOf(view).has(`${store.id}/${disk.layer.path}`)))
    throw locked(text, "other disks are based on it");
  if (machine && isRegistered(view, machine)) throw locked(text, inInventory(machine));
  requireNoDrive(view, store.name, file.path);
}

export const inInventory = (machine: MachineRecord): string =>
  machine.power === "poweredOn"
    ? `'${machine.name}' is powered on`
    : `it belongs to '${machine.name}'. Remove that from the inventory first`;

/** Names of image files that drives show: anything else is not looked for among the machines. */
const images = /\.(iso|flp|img)$/i;

/** Throws FileLocked when a running machine has a drive or port connected to a file at or below a path. */
export function requireNoDrive(view: View, datastore: string, path: string, folder = false): void {
  if (!folder && !images.test(path)) return;
  for (const object of view.state.objects.values()) {
    if (object.kind !== "VirtualMachine" || object.power !== "poweredOn") continue;
    for (const shown of devicesOf(object)) {
      const device = connectedNow(object, shown);
      const { backing } = device;
      if (!device.connectable?.connected || !backing || !("fileName" in backing) || backing.fileName === "") continue;
      if (typeof backing.fileName !== "string" || device._typeName === "VirtualDisk") continue;
      const file = parsePath(backing.fileName);
      if (file.datastore === datastore && isWithin(file.path, path))
        throw locked(formatPath(datastore, file.path), `a drive of '${object.name}' is connected to it`);
    }
  }
}
