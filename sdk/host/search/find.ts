import { dnsKey, ipKey } from "../machine/guest.ts";
import { machineUuid, uuidKey } from "../machine/uuid.ts";
import type { Reader } from "../properties/derivation.ts";
import { hostUuid } from "../properties/host-system.ts";
import { machineOfUuid, type UuidKind } from "../random.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { HostRecord, Kind } from "../state/record.ts";
import { all } from "../state/several.ts";
import { allBelow } from "../views/below.ts";

function machineAt(reader: Reader, id: number): MachineRecord | undefined {
  const found = reader.object(id);
  return found?.kind === "VirtualMachine" ? found : undefined;
}

/** Machines of a UUID. One that nobody chose tells its machine itself: no index is kept of them. */
export function* machinesByUuid(
  reader: Reader,
  text: string,
  kind: UuidKind,
): Generator<MachineRecord, void, undefined> {
  const uuid = text.toLowerCase();
  const derived = machineAt(reader, machineOfUuid(reader.seed, kind, uuid));
  if (derived && machineUuid(reader.seed, derived, kind) === uuid) yield derived;
  for (const id of all(reader.state.uuids, uuidKey(kind, uuid))) {
    const machine = machineAt(reader, id);
    if (machine && machine !== derived) yield machine;
  }
}

/** Machines whose guests show an address. */
export const machinesByIp = (reader: Reader, address: string) => shown(reader, ipKey(address));
/** Machines whose guests show a name. */
export const machinesByDnsName = (reader: Reader, name: string) => shown(reader, dnsKey(name));

function* shown(reader: Reader, key: string): Generator<MachineRecord, void, undefined> {
  for (const id of all(reader.state.guests, key)) {
    const machine = machineAt(reader, id);
    if (machine) yield machine;
  }
}

const hostsOnly: ReadonlySet<Kind> = new Set(["HostSystem"]);

/** Hosts for which something holds: there are few, they are gone over. */
function* hostsWhere(reader: Reader, holds: (host: HostRecord) => boolean): Generator<HostRecord, void, undefined> {
  for (const id of allBelow(reader.core.rootFolder, reader, hostsOnly)) {
    const host = reader.object(id);
    if (host?.kind === "HostSystem" && holds(host)) yield host;
  }
}

export const hostsByUuid = (reader: Reader, uuid: string) =>
  hostsWhere(reader, (host) => hostUuid(reader.seed, host.id) === uuid.toLowerCase());
export const hostsByName = (reader: Reader, name: string) =>
  hostsWhere(reader, (host) => host.name.toLowerCase() === name.toLowerCase());
