import type { Draft } from "../state/draft.ts";
import type { ComputeRecord, InventoryRecord, Members } from "../state/record.ts";
import { record } from "../state/view.ts";

const isCompute = (found: InventoryRecord | undefined): found is ComputeRecord =>
  found?.kind === "ClusterComputeResource" || found?.kind === "ComputeResource";

/** Puts a compute resource with the hosts that it has now: it has the datastores and networks that its hosts have. */
export function putHosts(tx: Draft, compute: ComputeRecord, hosts: Members): void {
  const all = (kind: "datastores" | "networks"): Members =>
    hosts.edit((draft) => {
      for (const id of hosts.keys()) draft.delete(id);
      for (const id of hosts.keys()) for (const one of record(tx, "HostSystem", id)[kind].keys()) draft.set(one, true);
    });
  tx.put({ ...compute, hosts, datastores: all("datastores"), networks: all("networks") });
}

/** The compute resource with a number. */
export function computeRecord(tx: Draft, id: number): ComputeRecord {
  const found = tx.object(id);
  if (isCompute(found)) return found;
  throw new Error(`No compute resource with number ${id} in the state.`);
}
