import { fault } from "../faults.ts";
import { refOf } from "../state/id.ts";
import type { DatastoreRecord, HostRecord } from "../state/record.ts";
import { record, type View } from "../state/view.ts";

/** Throws InvalidDatastore unless a host has a datastore mounted. */
export function requireReachable(datastore: DatastoreRecord, host: HostRecord): void {
  if (host.datastores.has(datastore.id)) return;
  throw fault(
    "InvalidDatastore",
    { datastore: refOf(datastore), name: datastore.name },
    `The datastore '${datastore.name}' cannot be reached from the host '${host.name}'.`,
  );
}

/** The datastore of a name that a host has mounted, or undefined. */
export function mounted(view: View, host: HostRecord, name: string): DatastoreRecord | undefined {
  for (const id of host.datastores.keys()) {
    const datastore = record(view, "Datastore", id);
    if (datastore.name === name) return datastore;
  }
  return undefined;
}

/** The datastore of a name that a host has mounted, or InvalidDatastore. */
export function datastoreNamed(view: View, host: HostRecord, name: string): DatastoreRecord {
  const found = mounted(view, host, name);
  if (found) return found;
  throw fault("InvalidDatastore", { name }, `There is no datastore '${name}' on the host '${host.name}'.`);
}
