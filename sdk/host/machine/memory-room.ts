import { fault } from "../faults.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import { memoryPages } from "../storage/accounts.ts";
import { homePath } from "../storage/home.ts";
import { requireSpace } from "../storage/space.ts";

const pageBytes = 4096;

/** Throws unless a machine's host, and for a fork the datastore of its swap file, have room for so many bytes more of its memory. */
export function requireMemoryRoom(view: View, machine: MachineRecord, needed: number): void {
  const host = record(view, "HostSystem", machine.host);
  const free = Math.max(0, host.memoryBytes - memoryPages(view, host.id) * pageBytes);
  if (needed > free)
    throw fault(
      "InsufficientHostMemoryCapacityFault",
      { host: refOf(host), unreserved: free, requested: needed },
      `The host '${host.name}' has no memory left for what '${machine.name}' writes: ${needed} bytes are needed, ${free} are free.`,
    );
  if (!machine.forked) return;
  requireSpace(view, record(view, "Datastore", machine.datastore), needed, homePath(machine, ".vswp"));
}
