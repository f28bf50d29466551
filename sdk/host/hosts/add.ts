import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";
import { createCompute, createDatastore, createHost } from "../inventory/create.ts";
import type { Doer } from "../machine/create.ts";
import { connectHosts } from "../network/host-lists.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { wantedName } from "../state/name.ts";
import type { ComputeRecord, HostRecord } from "../state/record.ts";
import { datacenterOf } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { requireAccount } from "./connection.ts";
import { computeRecord, putHosts } from "./lists.ts";

/** What every simulated host that is added is: empty, with a disk of its own and the network that a new ESXi has. */
const size = { memoryGiB: 512, cores: 64, mhz: 2_600 };
const localGiB = 1_024;
const firstNetwork = "VM Network";

/** The name by which a host is to be added. Throws InvalidLogin, InvalidArgument, AlreadyConnectedHost. */
export function hostNameIn(tx: Pick<Draft, "state" | "object">, spec: vim.HostConnectSpec, path: string): string {
  const { hostName = "" } = spec;
  if (hostName.trim() === "") throw invalidArgument(`${path}.hostName`, "It is empty.");
  requireAccount(spec, true);
  for (const { id } of tx.state.objects.values()) {
    const other = tx.object(id);
    if (other?.kind === "HostSystem" && other.name === hostName)
      throw fault("AlreadyConnected", { name: hostName }, `The host '${hostName}' is in this vCenter already.`);
  }
  return wantedName(hostName);
}

/** Adds a host to a cluster, in maintenance mode or not. */
export function addHost(tx: Draft, by: Doer, compute: number, name: string, connected: boolean): HostRecord {
  const { id } = createHost(tx, compute, name, size);
  const datacenter = record(tx, "Datacenter", datacenterOf(tx, compute));
  const network = record(tx, "Folder", datacenter.folders.n).names.get(firstNetwork);
  if (network !== undefined && datacenter.networks.has(network)) connectHosts(tx, network, [id]);
  createDatastore(tx, datacenter.id, freeName(tx, datacenter.folders.s, "datastore1"), localGiB, [id]);
  const host = tx.change("HostSystem", id, () => ({ connection: connected ? "connected" : "disconnected" }));
  const owner = computeRecord(tx, compute);
  putHosts(tx, owner, owner.hosts);
  post(tx, by, "HostAddedEvent", { host: id });
  return host;
}

/** Adds a host that is in no cluster: it gets a compute resource of its own. */
export function addStandaloneHost(
  tx: Draft,
  by: Doer,
  folder: number,
  name: string,
  connected: boolean,
): ComputeRecord {
  const { id } = createCompute(tx, "ComputeResource", folder, name, { drs: false, ha: false });
  addHost(tx, by, id, name, connected);
  return computeRecord(tx, id);
}

/** A name that nothing in a folder has, as vCenter makes it: `datastore1 (1)`. */
function freeName(tx: Draft, folder: number, name: string): string {
  const { names } = record(tx, "Folder", folder);
  let free = name;
  for (let n = 1; names.get(free) !== undefined; n++) free = `${name} (${n})`;
  return free;
}
