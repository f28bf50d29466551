import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument, notSupported } from "../faults.ts";
import { requirePorts } from "../network/ports.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { wantedName } from "../state/name.ts";
import type { DatastoreRecord, HostRecord } from "../state/record.ts";
import { record } from "../state/view.ts";
import { parsePath } from "../storage/path.ts";
import { addMachine, unnamedGuest } from "./add.ts";
import { plainBase } from "./base.ts";
import { applyFields, requireSimulated } from "./config-fields.ts";
import { changeDevices } from "./device-change.ts";
import { changeDisks } from "./disks.ts";
import { pairsOf } from "./extra-config.ts";
import { replaceMachine } from "./links.ts";
import { placeOn } from "./placement.ts";
import { datastoreNamed } from "./reach.ts";
import { wantedUuid } from "./uuid.ts";

/** Where a new machine goes, by numbers; without a host the least loaded one of the pool's is taken. */
export interface Place {
  readonly folder: number;
  readonly pool: number;
  readonly host: number | undefined;
}

export interface Doer {
  readonly user: string;
  readonly chain: number;
}

/** Creates a machine, switched off, as `Folder.CreateVM_Task` does. `path` is what faults call the specification. */
export function createMachine(
  tx: Draft,
  by: Doer,
  spec: vim.VirtualMachineConfigSpec,
  place: Place,
  path = "config",
): MachineRecord {
  requireSimulated(spec, path);
  if (spec.name === undefined) throw invalidArgument(`${path}.name`, "A machine needs a name.");
  const name = wantedName(spec.name);
  const host = placeOn(tx, place.pool, place.host);
  const datastore = homeOf(tx, host, spec, path);
  const fields = applyFields(plainBase, spec, "poweredOff", path);
  const extraConfig = pairsOf(spec.extraConfig, `${path}.extraConfig`) ?? {};
  const { devices, disks } = changeDevices(
    tx,
    host,
    "poweredOff",
    fields.devices,
    spec.deviceChange ?? [],
    `${path}.deviceChange`,
  );
  const machine = addMachine(tx, {
    name,
    folder: place.folder,
    pool: place.pool,
    host: host.id,
    datastore: datastore.id,
    base: { ...fields, devices, extraConfig: withoutEmpty(extraConfig) },
    uuid: spec.uuid === undefined ? undefined : wantedUuid(spec.uuid, `${path}.uuid`),
    instanceUuid: spec.instanceUuid === undefined ? undefined : wantedUuid(spec.instanceUuid, `${path}.instanceUuid`),
    guest: unnamedGuest,
  });
  const created = replaceMachine(tx, machine, { ...machine, disks: changeDisks(tx, machine, disks) });
  requirePorts(tx, created);
  post(tx, by, "VmBeingCreatedEvent", { vm: created });
  post(tx, by, "VmCreatedEvent", { vm: created });
  return created;
}

const withoutEmpty = (pairs: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== ""));

/** The datastore that `files.vmPathName` names: the directory on it follows from the machine's name. */
function homeOf(tx: Draft, host: HostRecord, spec: vim.VirtualMachineConfigSpec, path: string): DatastoreRecord {
  const { vmPathName, ...others } = spec.files ?? {};
  for (const [field, value] of Object.entries(others))
    if (value !== undefined && field !== "_typeName") throw notSupported(`${path}.files.${field}`);
  if (vmPathName !== undefined && vmPathName !== "") return datastoreNamed(tx, host, parsePath(vmPathName).datastore);
  if (host.datastores.size === 1) return record(tx, "Datastore", host.datastores.firstKey() ?? 0);
  throw fault(
    "InvalidDatastorePath",
    { datastorePath: "" },
    `${path}.files.vmPathName must say which datastore the machine goes to, as '[datastore]'.`,
  );
}
