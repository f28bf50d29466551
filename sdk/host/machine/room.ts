import { fault } from "../faults.ts";
import { record, type View } from "../state/view.ts";
import { storedPages } from "../storage/accounts.ts";
import { formatPath } from "../storage/path.ts";

const pageBytes = 4096;

/** Throws NoDiskSpace if more was put on a datastore than it holds: for work whose size is known only when it is done. */
export function requireRoom(view: View, datastore: number): void {
  const { name, capacity, fileBytes } = record(view, "Datastore", datastore);
  const over = fileBytes + storedPages(view, datastore) * pageBytes - capacity;
  if (over <= 0) return;
  throw fault(
    "NoDiskSpace",
    { datastore: name, file: formatPath(name, "") },
    `Insufficient disk space on datastore '${name}': ${over} bytes more are needed.`,
  );
}
