import type { Ref, vim } from "../../vim/index.ts";
import { mix } from "../random.ts";
import { idOf } from "../state/id.ts";
import type { InventoryRecord } from "../state/record.ts";

const hex = (n: number, digits: number) => n.toString(16).padStart(8, "0").slice(-digits);

/** A moment as it travels. */
export const iso = (ms: number): string => new Date(ms).toISOString();

export const MiB = 2 ** 20;

/** Whole mebibytes, as vSphere's quick statistics count. */
export const inMB = (bytes: number): number => Math.round(bytes / MiB);

/** The id of a VMFS volume, from its datastore's number. */
export function vmfsUuid(seed: number, datastore: number): string {
  const part = (n: number, digits: number) => hex(mix(seed, 0x5f3759df, datastore, n), digits);
  return `${part(1, 8)}-${part(2, 8)}-${part(3, 4)}-${part(4, 8)}${part(5, 4)}`;
}

export const datastoreUrl = (seed: number, datastore: number): string =>
  `ds:///vmfs/volumes/${vmfsUuid(seed, datastore)}/`;

/** The browser of files that belongs to a host or datastore. */
export const datastoreBrowserOf = (record: InventoryRecord): Ref<"HostDatastoreBrowser"> => ({
  type: "HostDatastoreBrowser",
  value: `datastoreBrowser-${idOf(record)}`,
});

/** The advanced options of a host. */
export const hostOptionsOf = (host: InventoryRecord): Ref<"OptionManager"> => ({
  type: "OptionManager",
  value: `EsxHostAdvSettings-${host.id}`,
});

/** The browser of what machines may have, that belongs to a machine or compute resource. */
export const environmentBrowserOf = (record: InventoryRecord): Ref<"EnvironmentBrowser"> => ({
  type: "EnvironmentBrowser",
  value: `envbrowser-${record.id}`,
});

export const green = (): vim.ManagedEntityStatus => "green";
