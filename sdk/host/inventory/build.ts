import type { Draft } from "../state/draft.ts";
import { wantedName } from "../state/name.ts";
import type { FolderRole } from "../state/record.ts";
import { record } from "../state/view.ts";
import { buildSwitch } from "./build-switch.ts";
import {
  createCompute,
  createDatacenter,
  createDatastore,
  createFolder,
  createHost,
  createNetwork,
  createPool,
} from "./create.ts";
import type { DatacenterDescription, HostDescription, InventoryDescription } from "./description.ts";
import { buildMachine } from "./machine.ts";
import { named, type Places } from "./places.ts";

/** Makes everything that a description names below the root folder. Throws a RangeError that names what does not fit together. */
export function build(tx: Draft, rootFolder: number, description: InventoryDescription): void {
  const folders = new Map([["", rootFolder]]);
  for (const datacenter of description.datacenters) {
    buildDatacenter(tx, buildFolders(tx, "d", datacenter.folder, folders), datacenter);
  }
}

function buildDatacenter(tx: Draft, parent: number, described: DatacenterDescription): void {
  const dc = createDatacenter(tx, parent, wantedName(described.name));
  const known = {
    h: new Map([["", dc.folders.h]]),
    s: new Map([["", dc.folders.s]]),
    n: new Map([["", dc.folders.n]]),
  };
  const inFolder = (role: keyof typeof known, path: string | undefined) => buildFolders(tx, role, path, known[role]);
  const hosts = new Map<string, number>();
  const computes = new Map<string, readonly number[]>();
  const pools = new Map<string, number>();

  const addHost = (compute: number, host: HostDescription): number => {
    const size = {
      memoryGiB: host.memoryGiB ?? 512,
      cores: host.cores ?? 64,
      mhz: host.mhz ?? 2_600,
    };
    if (hosts.has(host.name)) throw new RangeError(`inventory: there are two hosts named '${host.name}'.`);
    const { id } = createHost(tx, compute, wantedName(host.name), size);
    hosts.set(host.name, id);
    return id;
  };

  for (const cluster of described.clusters ?? []) {
    const features = { drs: cluster.drs ?? true, ha: cluster.ha ?? false };
    const compute = createCompute(
      tx,
      "ClusterComputeResource",
      inFolder("h", cluster.folder),
      wantedName(cluster.name),
      features,
    );
    const members = cluster.hosts.map((host) => {
      if (host.folder === undefined) return addHost(compute.id, host);
      throw new RangeError(
        `inventory: host '${host.name}' is in cluster '${cluster.name}': its folder is the cluster's.`,
      );
    });
    computes.set(cluster.name, members);
    for (const path of cluster.pools ?? []) buildPools(tx, compute.pool, cluster.name, path, pools);
  }
  for (const host of described.hosts ?? []) {
    const compute = createCompute(tx, "ComputeResource", inFolder("h", host.folder), wantedName(host.name), {
      drs: false,
      ha: false,
    });
    computes.set(host.name, [addHost(compute.id, host)]);
  }

  const all = [...hosts.values()];
  const datastores = new Map<string, number>();
  for (const datastore of described.datastores ?? []) {
    const on = datastore.hosts?.map((name) => named(hosts, name, `datastore '${datastore.name}' is on host`)) ?? all;
    datastores.set(
      datastore.name,
      createDatastore(
        tx,
        dc.id,
        wantedName(datastore.name),
        datastore.capacityGiB ?? 10_240,
        on,
        inFolder("s", datastore.folder),
      ).id,
    );
  }
  const networks = new Map<string, number>();
  for (const name of described.networks ?? ["VM Network"])
    networks.set(name, createNetwork(tx, dc.id, wantedName(name), all).id);
  for (const each of described.switches ?? []) buildSwitch(tx, inFolder("n", each.folder), each, hosts, networks);
  const folders = new Map<string, number>([["", dc.folders.v]]);
  for (const path of described.folders ?? []) buildFolders(tx, "v", path, folders);

  const places: Places = {
    hosts,
    computes,
    pools,
    datastores,
    networks,
    folders,
    shapes: new Map(),
    turn: 0,
  };
  for (const machine of described.machines ?? []) buildMachine(tx, machine, places);
}

function buildPools(tx: Draft, root: number, cluster: string, path: string, pools: Map<string, number>): void {
  let above = record(tx, "ResourcePool", root);
  let sofar = cluster;
  for (const name of path.split("/")) {
    sofar += `/${name}`;
    const known = pools.get(sofar);
    above =
      known === undefined
        ? createPool(tx, record(tx, "ResourcePool", above.id), wantedName(name))
        : record(tx, "ResourcePool", known);
    pools.set(sofar, above.id);
  }
}

/** The folder at a path, made where it is not known yet, with those above it. */
function buildFolders(tx: Draft, role: FolderRole, path: string | undefined, folders: Map<string, number>): number {
  let above = folders.get("") ?? 0;
  let sofar = "";
  for (const name of path ? path.split("/") : []) {
    sofar = sofar === "" ? name : `${sofar}/${name}`;
    above = folders.get(sofar) ?? createFolder(tx, above, role, wantedName(name)).id;
    folders.set(sofar, above);
  }
  return above;
}
