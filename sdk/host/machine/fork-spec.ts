import type { vim } from "../../vim/index.ts";
import { invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { wantedName } from "../state/name.ts";
import type { DatastoreRecord, FolderRecord, HostRecord } from "../state/record.ts";
import { datacenterOf, requireFree } from "../state/tree.ts";
import { record, type View } from "../state/view.ts";
import { type Attempt, strictly } from "./attempt.ts";
import { type Pairs, pairsOf } from "./extra-config.ts";
import { editForFork } from "./fork-devices.ts";
import { requireReachable } from "./reach.ts";
import { wantedUuid } from "./uuid.ts";

/** What an instant clone is to be, read and checked. */
export interface ForkPlan {
  readonly name: string;
  readonly folder: number;
  readonly pool: number;
  readonly datastore: DatastoreRecord;
  readonly extraConfig: Pairs | undefined;
  readonly devices: MachineRecord["devices"];
  readonly uuid: string | undefined;
}

/** What `spec.location` may say. The API reference calls everything else in it not supported. */
const honoured: ReadonlySet<string> = new Set(["_typeName", "folder", "datastore", "pool", "deviceChange"]);

const isSet = (value: unknown) => value !== undefined && !(Array.isArray(value) && value.length === 0);

export function planFork(
  view: View,
  source: MachineRecord,
  spec: vim.VirtualMachineInstantCloneSpec,
  attempt: Attempt = strictly,
): ForkPlan {
  const { location } = spec;
  const { parent, pool, devices } = source;
  const host = record(view, "HostSystem", source.host);
  const own = record(view, "Datastore", source.datastore);
  const named = attempt("sourceTests", undefined, () => wantedName(spec.name));
  for (const [field, value] of Object.entries(location))
    if (!honoured.has(field) && isSet(value))
      attempt("sourceTests", undefined, () => {
        throw refused(field);
      });
  const folder = attempt("sourceTests", parent, () => folderOf(view, source, location.folder));
  if (named !== undefined) attempt("sourceTests", undefined, () => requireFree(view, folder, named));
  return {
    name: named ?? source.name,
    folder,
    pool: attempt("resourcePoolTests", pool, () => poolOf(view, source, host, location.pool)),
    datastore: attempt("datastoreTests", own, () => datastoreOf(view, source, host, location.datastore)),
    extraConfig: attempt("sourceTests", undefined, () => pairsOf(spec.config, "spec.config")),
    devices: attempt("sourceTests", devices, () => editForFork(view, source, host, location.deviceChange, attempt)),
    uuid: attempt("sourceTests", undefined, () =>
      spec.biosUuid === undefined ? undefined : wantedUuid(spec.biosUuid, "spec.biosUuid"),
    ),
  };
}

function refused(field: string) {
  const why =
    field === "host"
      ? "An instant clone runs on the host of its source, whose memory it shares. Leave the host out."
      : "It is not supported for an instant clone. Leave it out.";
  return invalidArgument(`spec.location.${field}`, why);
}

function folderOf(view: View, source: MachineRecord, ref: vim.VirtualMachineRelocateSpec["folder"]): number {
  if (!ref) return source.parent;
  const folder: FolderRecord = resolveKind(view, "Folder", ref);
  if (folder.role !== "v")
    throw invalidArgument("spec.location.folder", `'${folder.name}' is not a folder for virtual machines.`);
  if (datacenterOf(view, folder.id) !== datacenterOf(view, source.host))
    throw invalidArgument("spec.location.folder", `'${folder.name}' is in another datacenter than the source.`);
  return folder.id;
}

function poolOf(
  view: View,
  source: MachineRecord,
  host: HostRecord,
  ref: vim.VirtualMachineRelocateSpec["pool"],
): number {
  if (!ref) return source.pool;
  const pool = resolveKind(view, "ResourcePool", ref);
  if (pool.owner === host.parent) return pool.id;
  throw invalidArgument(
    "spec.location.pool",
    `The pool '${pool.name}' does not belong to the host of the source, '${host.name}'.`,
  );
}

function datastoreOf(
  view: View,
  source: MachineRecord,
  host: HostRecord,
  ref: vim.VirtualMachineRelocateSpec["datastore"],
): DatastoreRecord {
  const datastore = ref ? resolveKind(view, "Datastore", ref) : record(view, "Datastore", source.datastore);
  requireReachable(datastore, host);
  return datastore;
}
