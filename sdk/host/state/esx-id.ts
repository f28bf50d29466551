import { vmfsUuid } from "../storage/volume.ts";
import type { Draft } from "./draft.ts";
import type { FolderRole, Kind } from "./record.ts";
import type { View } from "./view.ts";

/** What a simulated host looks like: a vCenter, or a single ESXi. */
export type Flavour = "vcenter" | "esx";

/**
 * What every ESXi has one of, by its id there. These ids have no number in them, so the objects have fixed ones: the first is 1.
 * All other ids end in their object's number, as vCenter's do.
 */
const singles = [
  "ha-folder-root",
  "ha-datacenter",
  "ha-folder-vm",
  "ha-folder-host",
  "ha-folder-datastore",
  "ha-folder-network",
  "ha-compute-res",
  "ha-root-pool",
  "ha-host",
  "HaNetwork-VM Network",
] as const;

const numbers: ReadonlyMap<string, number> = new Map(singles.map((id, i) => [id, i + 1]));

/** The number of an object whose id has none in it, 0 for any other text. */
export const singleNumber = (id: string): number => numbers.get(id) ?? 0;

/** The least number that an object of an ESXi has that is none of those. */
export const firstEsxNumber = singles.length + 1;

/** Whether a state is an ESXi's: its root folder is called otherwise. */
export const isEsx = (view: Pick<View, "object">): boolean => view.object(1)?.moid !== undefined;

const singleOf: Partial<Record<Kind, string>> = {
  Datacenter: "ha-datacenter",
  ComputeResource: "ha-compute-res",
  HostSystem: "ha-host",
};
const folders: Readonly<Record<FolderRole, string>> = {
  d: "ha-folder-root",
  v: "ha-folder-vm",
  h: "ha-folder-host",
  s: "ha-folder-datastore",
  n: "ha-folder-network",
};

export interface FreshId {
  readonly id: number;
  readonly moid?: string;
}

/** The number of a new object, and where that does not say it, its id. `hint` is a folder's role, a network's name, a root pool's `root`. */
export function freshId(tx: Draft, kind: Kind, hint = ""): FreshId {
  if (!isEsx(tx)) return { id: tx.nextId++ };
  const single = singleId(kind, hint);
  const number = singleNumber(single);
  if (number > 0 && !tx.object(number)) return { id: number, moid: single };
  const id = tx.nextId++;
  return { id, moid: esxId(tx, kind, id, hint) };
}

function singleId(kind: Kind, hint: string): string {
  if (kind === "Folder" && (hint === "d" || hint === "h" || hint === "v" || hint === "s" || hint === "n"))
    return folders[hint];
  if (kind === "ResourcePool") return hint === "root" ? "ha-root-pool" : "";
  if (kind === "Network") return `HaNetwork-${hint}`;
  return singleOf[kind] ?? "";
}

/** The id of an ESXi's object that there may be more of. */
export function esxId(tx: Draft, kind: Kind, id: number, hint = ""): string {
  switch (kind) {
    case "VirtualMachine":
      return String(id);
    case "ResourcePool":
      return `pool${id}`;
    case "Datastore":
      return vmfsUuid(tx.seed, id);
    case "Network":
      return `HaNetwork-${hint}-${id}`;
    case "VirtualMachineSnapshot":
      return `${hint}-snapshot-${id}`;
    default:
      return `ha-${kind.toLowerCase()}-${id}`;
  }
}

/** The id of a machine that may be gone. */
export const machineId = (view: Pick<View, "object">, number: number): string =>
  isEsx(view) ? String(number) : `vm-${number}`;

/** The id of an ESXi's task: `haTask-ha-host-vim.HostSystem.enterMaintenanceMode-12`. */
export const esxTaskId = (entity: string, descriptionId: string, number: number): string =>
  `haTask-${entity}-vim.${descriptionId}-${number}`;
