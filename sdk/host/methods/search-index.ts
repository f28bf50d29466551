import type { Ref } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { fault } from "../faults.ts";
import { resolve, resolveKind } from "../inventory/lookup.ts";
import type { Reader } from "../properties/derivation.ts";
import { Access } from "../property/access.ts";
import { find } from "../property/objects.ts";
import { readerOf } from "../property/reader.ts";
import * as search from "../search/find.ts";
import { atPath, childNamed } from "../search/path.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { SnapshotRecord } from "../state/snapshot-record.ts";
import { homePath } from "../storage/home.ts";
import { directoryOf, parsePath } from "../storage/path.ts";
import { isBelow } from "../views/below.ts";

type Entity = Exclude<InventoryRecord, SnapshotRecord>;
type Found = Ref<"ManagedEntity">;

const reading = (call: Call): Reader => readerOf(call.core, sessionOf(call));

/** What a session may see of some objects, in a datacenter if one is named. */
function* visible(
  reader: Reader,
  found: Iterable<InventoryRecord | undefined>,
  within?: Ref,
): Generator<Found, void, undefined> {
  const access = new Access(reader);
  const container = within && resolveKind(reader, "Datacenter", within).id;
  for (const record of found) {
    const object = record && find(reader, record.id);
    if (!record || !object || !isEntity(record) || access.sight(object) === "none") continue;
    if (container === undefined || isBelow(record, container, reader)) yield refOf(record);
  }
}

const isEntity = (record: InventoryRecord): record is Entity => record.kind !== "VirtualMachineSnapshot";

function first(found: Iterable<Found>): Found | undefined {
  for (const ref of found) return ref;
  return undefined;
}

const byUuid = (reader: Reader, args: { uuid: string; vmSearch: boolean; instanceUuid?: boolean }) =>
  args.vmSearch
    ? search.machinesByUuid(reader, args.uuid, args.instanceUuid ? "instance" : "bios")
    : search.hostsByUuid(reader, args.uuid);

const byIp = (reader: Reader, args: { ip: string; vmSearch: boolean }) =>
  args.vmSearch ? search.machinesByIp(reader, args.ip) : [];

const byDnsName = (reader: Reader, args: { dnsName: string; vmSearch: boolean }) =>
  args.vmSearch ? search.machinesByDnsName(reader, args.dnsName) : search.hostsByName(reader, args.dnsName);

/** The machine whose configuration file is at a path of a datacenter's datastore. */
function byDatastorePath(reader: Reader, datacenter: Ref, text: string): MachineRecord | undefined {
  const path = parsePath(text);
  const { datastores } = resolveKind(reader, "Datacenter", datacenter);
  for (const id of datastores.keys()) {
    const datastore = reader.object(id);
    if (datastore?.kind !== "Datastore" || datastore.name !== path.datastore) continue;
    const directory = directoryOf(path.path);
    const machine = reader.object(datastore.directories.get(directory) ?? 0);
    if (machine?.kind !== "VirtualMachine" || machine.datastore !== id || machine.directory !== directory)
      return undefined;
    return path.path === homePath(machine, ".vmx") ? machine : undefined;
  }
  throw fault(
    "InvalidDatastore",
    { name: path.datastore },
    `There is no datastore '${path.datastore}' in the datacenter.`,
  );
}

export const searchIndex: Handlers<"SearchIndex"> = {
  FindByInventoryPath(call, { inventoryPath }) {
    const reader = reading(call);
    return first(visible(reader, [atPath(reader, inventoryPath)]));
  },

  FindChild(call, { entity, name }) {
    const reader = reading(call);
    return first(visible(reader, [childNamed(reader, resolve(reader, entity), name)]));
  },

  FindByUuid(call, args) {
    const reader = reading(call);
    return first(visible(reader, byUuid(reader, args), args.datacenter));
  },
  FindAllByUuid(call, args) {
    const reader = reading(call);
    return [...visible(reader, byUuid(reader, args), args.datacenter)];
  },

  FindByIp(call, args) {
    const reader = reading(call);
    return first(visible(reader, byIp(reader, args), args.datacenter));
  },
  FindAllByIp(call, args) {
    const reader = reading(call);
    return [...visible(reader, byIp(reader, args), args.datacenter)];
  },

  FindByDnsName(call, args) {
    const reader = reading(call);
    return first(visible(reader, byDnsName(reader, args), args.datacenter));
  },
  FindAllByDnsName(call, args) {
    const reader = reading(call);
    return [...visible(reader, byDnsName(reader, args), args.datacenter)];
  },

  FindByDatastorePath(call, { datacenter, path }) {
    const reader = reading(call);
    const machine = byDatastorePath(reader, datacenter, path);
    return machine && first(visible(reader, [machine])) ? refOf(machine) : undefined;
  },
};
