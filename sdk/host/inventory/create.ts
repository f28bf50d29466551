import { PersistentIndex } from "../cow/persistent-index.ts";
import { PersistentMap } from "../cow/persistent-map.ts";
import { nothingReserved, passUp } from "../machine/admission.ts";
import type { Draft } from "../state/draft.ts";
import { type Flavour, type FreshId, firstEsxNumber, freshId } from "../state/esx-id.ts";
import { emptyFolder } from "../state/file-record.ts";
import type {
  ComputeRecord,
  DatacenterRecord,
  DatastoreRecord,
  FolderRecord,
  FolderRole,
  HostRecord,
  Members,
  NetworkRecord,
  PoolConfig,
  PoolRecord,
} from "../state/record.ts";
import { insert } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { unlimited } from "./pool-config.ts";

const GiB = 2 ** 30;
const none: Members = PersistentMap.empty<true>();

/** The folder above all others; what it is called says to everybody whether this is an ESXi. */
export function createRoot(tx: Draft, flavour: Flavour): void {
  if (flavour === "esx") {
    insert(tx, folderRecord({ id: 1, moid: "ha-folder-root" }, 0, "d", "ha-folder-root"));
    tx.nextId = firstEsxNumber;
  } else createFolder(tx, 0, "d", "Datacenters");
}

export function createFolder(tx: Draft, parent: number, role: FolderRole, name: string): FolderRecord {
  const folder = folderRecord(freshId(tx, "Folder", role), parent, role, name);
  insert(tx, folder);
  return folder;
}

function folderRecord(ids: FreshId, parent: number, role: FolderRole, name: string): FolderRecord {
  return {
    kind: "Folder",
    ...ids,
    name,
    parent,
    role,
    children: none,
    names: PersistentIndex.empty<number>(),
  };
}

/** A datacenter comes with its four folders. */
export function createDatacenter(tx: Draft, parent: number, name: string): DatacenterRecord {
  const ids = freshId(tx, "Datacenter");
  const { id } = ids;
  const draft: DatacenterRecord = {
    kind: "Datacenter",
    ...ids,
    name,
    parent,
    folders: { h: 0, v: 0, s: 0, n: 0 },
    datastores: none,
    networks: none,
  };
  insert(tx, draft);
  const folder = (role: FolderRole, called: string) => createFolder(tx, id, role, called).id;
  const folders = {
    v: folder("v", "vm"),
    h: folder("h", "host"),
    s: folder("s", "datastore"),
    n: folder("n", "network"),
  };
  const datacenter = { ...draft, folders };
  tx.put(datacenter);
  return datacenter;
}

/** A cluster, or what holds a single host, with its root resource pool. */
export function createCompute(
  tx: Draft,
  kind: ComputeRecord["kind"],
  parent: number,
  name: string,
  features: { readonly drs: boolean; readonly ha: boolean },
): ComputeRecord {
  const ids = freshId(tx, kind);
  const pool = freshId(tx, "ResourcePool", "root");
  const compute: ComputeRecord = {
    kind,
    ...ids,
    name,
    parent,
    pool: pool.id,
    hosts: none,
    datastores: none,
    networks: none,
    ...features,
  };
  insert(tx, compute);
  insert(tx, poolRecord(pool, "Resources", ids.id, ids.id, unlimited));
  return compute;
}

export function createPool(tx: Draft, parent: PoolRecord, name: string, config: PoolConfig = unlimited): PoolRecord {
  const pool = poolRecord(freshId(tx, "ResourcePool"), name, parent.id, parent.owner, config);
  insert(tx, pool);
  passUp(tx, undefined, pool, name);
  return pool;
}

function poolRecord(ids: FreshId, name: string, parent: number, owner: number, config: PoolConfig): PoolRecord {
  return {
    kind: "ResourcePool",
    ...ids,
    name,
    parent,
    owner,
    pools: none,
    names: PersistentIndex.empty<number>(),
    vms: none,
    config,
    machinesReserved: nothingReserved,
    reserved: nothingReserved,
  };
}

export function createHost(
  tx: Draft,
  compute: number,
  name: string,
  size: {
    readonly memoryGiB: number;
    readonly cores: number;
    readonly mhz: number;
  },
): HostRecord {
  const host: HostRecord = {
    kind: "HostSystem",
    ...freshId(tx, "HostSystem"),
    name,
    parent: compute,
    vms: none,
    datastores: none,
    networks: none,
    cores: size.cores,
    mhz: size.mhz,
    memoryBytes: Math.round(size.memoryGiB * GiB),
    maintenance: false,
    connection: "connected",
    booted: tx.now,
    reservedBytes: 0,
  };
  insert(tx, host);
  const owner = tx.object(compute);
  if (owner?.kind === "ClusterComputeResource" || owner?.kind === "ComputeResource") {
    tx.put({ ...owner, hosts: owner.hosts.set(host.id, true) });
  }
  return host;
}

/** A datastore, mounted by some hosts. */
export function createDatastore(
  tx: Draft,
  datacenter: number,
  name: string,
  capacityGiB: number,
  hosts: readonly number[],
  folder = record(tx, "Datacenter", datacenter).folders.s,
): DatastoreRecord {
  const datastore: DatastoreRecord = {
    kind: "Datastore",
    ...freshId(tx, "Datastore"),
    name,
    parent: folder,
    type: "VMFS",
    capacity: Math.round(capacityGiB * GiB),
    shared: hosts.length > 1,
    hosts: membersOf(hosts),
    vms: none,
    directories: PersistentIndex.empty<number>(),
    files: emptyFolder(tx.now),
    fileBytes: 0,
  };
  insert(tx, datastore);
  tx.change("Datacenter", datacenter, (dc) => ({
    datastores: dc.datastores.set(datastore.id, true),
  }));
  connect(tx, "datastores", datastore.id, hosts);
  return datastore;
}

/** A network that all hosts of a datacenter have. */
export function createNetwork(tx: Draft, datacenter: number, name: string, hosts: readonly number[]): NetworkRecord {
  const { folders } = record(tx, "Datacenter", datacenter);
  const parent = folders.n;
  const network: NetworkRecord = {
    kind: "Network",
    ...freshId(tx, "Network", name),
    name,
    parent,
    hosts: membersOf(hosts),
    vms: none,
  };
  insert(tx, network);
  tx.change("Datacenter", datacenter, (dc) => ({
    networks: dc.networks.set(network.id, true),
  }));
  connect(tx, "networks", network.id, hosts);
  return network;
}

const membersOf = (ids: readonly number[]): Members => ids.reduce((set, id) => set.set(id, true), none);

/** Lets hosts, and the clusters that they are in, know of a datastore or network. */
function connect(tx: Draft, kind: "datastores" | "networks", id: number, hosts: readonly number[]): void {
  for (const number of hosts) {
    const host = tx.change("HostSystem", number, (record) => ({
      [kind]: record[kind].set(id, true),
    }));
    const owner = tx.object(host.parent);
    if (owner?.kind !== "ClusterComputeResource" && owner?.kind !== "ComputeResource") continue;
    if (!owner[kind].has(id)) tx.put({ ...owner, [kind]: owner[kind].set(id, true) });
  }
}
