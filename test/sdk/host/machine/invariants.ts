import { deepEqual, equal } from "node:assert/strict";
import { roomOfNode } from "../../../../sdk/host/datastore/user-file.ts";
import { nothingReserved, plus, reservedFor, takenBy } from "../../../../sdk/host/machine/admission.ts";
import { byHand as byHandKey, macKey, networkOfAddress, presentKey } from "../../../../sdk/host/machine/conflicts.ts";
import { devicesOf, isCard, networksOf } from "../../../../sdk/host/machine/devices.ts";
import { dnsKey, ipKey, showsGuest } from "../../../../sdk/host/machine/guest.ts";
import { datastoresOf } from "../../../../sdk/host/machine/links.ts";
import { reservedBytes } from "../../../../sdk/host/machine/overhead.ts";
import { snapshotBytes } from "../../../../sdk/host/machine/snapshot-drop.ts";
import type { DiskLayer, MachineRecord } from "../../../../sdk/host/state/machine-record.ts";
import type { InventoryRecord, PoolRecord } from "../../../../sdk/host/state/record.ts";
import { all } from "../../../../sdk/host/state/several.ts";
import type { SnapshotRecord } from "../../../../sdk/host/state/snapshot-record.ts";
import { homeBytes, layerBytes } from "../../../../sdk/host/storage/files.ts";
import { chainOf, layerKey } from "../../../../sdk/host/storage/layers.ts";
import { directoryOf } from "../../../../sdk/host/storage/path.ts";
import type { Vcenter } from "./vcenter.ts";

/** Everything that is kept twice in the state, worked out again from machines and snapshots alone. */
export function expectConsistent({ state }: Pick<Vcenter, "state">): void {
  const records = [...state.objects.values()];
  const machines = records.filter((record) => record.kind === "VirtualMachine");
  const snapshots = records.filter((record) => record.kind === "VirtualMachineSnapshot");
  expectLists(records, machines);
  const tops: DiskLayer[] = [
    ...machines.flatMap(({ disks }) => disks.map(({ layer }) => layer)),
    ...snapshots.flatMap(({ machine }) => machine.disks.map(({ layer }) => layer)),
    ...[...state.loose.values()].map(({ layer }) => layer),
    ...[...state.unregistered.values()].flatMap(({ disks }) => disks.map(({ layer }) => layer)),
  ];
  const files = new Set(tops.flatMap((top) => [...chainOf(top)]));
  equal(new Set([...files].map(layerKey)).size, files.size, "no two disk files have one name");
  const all = [...machines, ...state.unregistered.values()];
  expectFileBytes(records, all, snapshots, files);
  expectReferences(state, tops, files, all);
  expectKeys(state, machines);
  expectLineage(state, machines);
}

/** Who was made from whom: of machines, and of those that are gone while some that were made from them are there. */
function expectLineage(state: Vcenter["state"], machines: readonly MachineRecord[]): void {
  const of = new Map<number, number[]>();
  const add = (source: number, id: number) => source !== 0 && of.set(source, [...(of.get(source) ?? []), id]);
  for (const { id, source } of machines) add(source, id);
  for (const [id, { gone }] of state.forks.entries()) if (gone) add(gone.source, id);
  for (const [id, { counts, gone }] of state.forks.entries()) {
    equal(counts.total, of.get(id)?.length, `forks of ${id}`);
    equal(gone === undefined, state.objects.has(id), `${id} is gone`);
  }
  deepEqual(
    [...state.forks.keys()],
    [...of.keys()].sort((a, b) => a - b),
    "sources",
  );
}

function expectLists(records: readonly InventoryRecord[], machines: readonly MachineRecord[]): void {
  for (const record of records) {
    if (!("vms" in record)) continue;
    const members = machines.filter((machine) => {
      if (record.kind === "HostSystem") return machine.host === record.id;
      if (record.kind === "ResourcePool") return machine.pool === record.id;
      return record.kind === "Network" || record.kind === "DistributedVirtualPortgroup"
        ? networksOf(machine).includes(record.id)
        : datastoresOf(machine).has(record.id);
    });
    const numbers = members.map(({ id }) => id);
    deepEqual([...record.vms.keys()], numbers, `machines of ${record.name}`);
    if (record.kind === "ResourcePool") expectReserved(record, records, members);
    if (record.kind !== "HostSystem") continue;
    equal(
      record.reservedBytes,
      members.reduce((sum, machine) => sum + reservedBytes(machine), 0),
    );
  }
}

function expectReserved(
  pool: PoolRecord,
  records: readonly InventoryRecord[],
  machines: readonly MachineRecord[],
): void {
  const own = machines.map(reservedFor).reduce((a, b) => plus(a, b), nothingReserved);
  deepEqual(pool.machinesReserved, own, `reserved for machines of ${pool.name}`);
  const below = records.filter((record) => record.kind === "ResourcePool" && record.parent === pool.id);
  const all = below.map((record) => (record.kind === "ResourcePool" ? takenBy(record) : nothingReserved));
  deepEqual(
    pool.reserved,
    all.reduce((a, b) => plus(a, b), own),
    `reserved in ${pool.name}`,
  );
}

function expectFileBytes(
  records: readonly InventoryRecord[],
  machines: readonly MachineRecord[],
  snapshots: readonly SnapshotRecord[],
  files: ReadonlySet<DiskLayer>,
): void {
  for (const store of records) {
    if (store.kind !== "Datastore") continue;
    let bytes = 0;
    for (const machine of machines) if (machine.datastore === store.id) bytes += homeBytes(machine);
    for (const snapshot of snapshots) if (snapshot.machine.datastore === store.id) bytes += snapshotBytes(snapshot);
    for (const file of files) if (file.datastore === store.id) bytes += layerBytes(file);
    bytes += roomOfNode(store.files);
    equal(store.fileBytes, bytes, `bytes of files on ${store.name}`);
  }
}

function expectReferences(
  state: Vcenter["state"],
  tops: readonly DiskLayer[],
  files: ReadonlySet<DiskLayer>,
  machines: readonly MachineRecord[],
): void {
  const counts = new Map<string, number>();
  const count = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const top of tops) count(layerKey(top));
  for (const { parent } of files) if (parent) count(layerKey(parent));
  const expected = [...counts].filter(([, n]) => n > 1);
  // Disk files by their directory: a directory is there for its machine, or for a file in it.
  const filesIn = new Map<string, number>();
  for (const file of files) {
    const key = `${file.datastore}/${directoryOf(file.path)}/`;
    filesIn.set(key, (filesIn.get(key) ?? 0) + 1);
  }
  for (const { datastore, directory } of machines) {
    const key = `${datastore}/${directory}/`;
    filesIn.set(key, filesIn.get(key) ?? 0);
  }
  const directories = [...state.objects.values()].flatMap((store) =>
    store.kind === "Datastore" ? [...store.directories.keys()].map((directory) => `${store.id}/${directory}/`) : [],
  );
  deepEqual(directories.sort(), [...filesIn.keys()].sort());
  const others = [...filesIn].filter(([, count]) => count !== 1);
  deepEqual(new Map(state.bases.entries()), new Map([...expected, ...others]));
}

function expectKeys(state: Vcenter["state"], machines: readonly MachineRecord[]): void {
  const guests = new Map<string, number[]>();
  const uuids = new Map<string, number[]>();
  const add = (keys: Map<string, number[]>, key: string, id: number) => keys.set(key, [...(keys.get(key) ?? []), id]);
  for (const machine of machines) {
    const { hostName, ipAddress } = machine.guest;
    if (showsGuest(machine) && hostName !== undefined) add(guests, dnsKey(hostName), machine.id);
    if (showsGuest(machine) && ipAddress !== undefined) add(guests, ipKey(ipAddress), machine.id);
    if (machine.uuid !== undefined) add(uuids, `bios:${machine.uuid}`, machine.id);
    if (machine.instanceUuid !== undefined) add(uuids, `instance:${machine.instanceUuid}`, machine.id);
  }
  // Who is on which network with an address is kept for addresses that several show, and hardware addresses that were set by hand.
  const shown = new Map([...guests].filter(([key, ids]) => key.startsWith("ip:") && ids.length > 1));
  for (const machine of machines) {
    const address = machine.guest.ipAddress ?? "";
    const network = networkOfAddress(machine);
    if (network !== 0 && shown.has(ipKey(address))) add(guests, presentKey(address, network), machine.id);
    const byHand = devicesOf(machine).flatMap((device) => (isCard(device) ? (device.macAddress ?? []) : []));
    for (const mac of byHand) add(guests, macKey(mac), machine.id);
    if (byHand.length > 0) add(guests, byHandKey, machine.id);
  }
  deepEqual(new Map([...state.guests.keys()].map((key) => [key, [...all(state.guests, key)]])), guests);
  deepEqual(new Map([...state.uuids.keys()].map((key) => [key, [...all(state.uuids, key)]])), uuids);
}
