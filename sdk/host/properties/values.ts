import type { Ref, vim } from "../../vim/index.ts";
import { idOf } from "../state/id.ts";
import type { InventoryRecord } from "../state/record.ts";
import { vmfsUuid } from "../storage/volume.ts";

/** A moment as it travels. */
export const iso = (ms: number): string => new Date(ms).toISOString();

export const MiB = 2 ** 20;

/** Whole mebibytes, as vSphere's quick statistics count. */
export const inMB = (bytes: number): number => Math.round(bytes / MiB);

export const datastoreUrl = (seed: number, datastore: number): string =>
  `ds:///vmfs/volumes/${vmfsUuid(seed, datastore)}/`;

/** The browser of files that belongs to a host or datastore. */
export const datastoreBrowserOf = (record: InventoryRecord): Ref<"HostDatastoreBrowser"> => ({
  type: "HostDatastoreBrowser",
  // On an ESXi ids may have no number in them, by which their browser's owner is found.
  value: `datastoreBrowser-${record.moid === undefined ? idOf(record) : record.id}`,
});

/** The advanced options of a host. */
export const hostOptionsOf = (host: InventoryRecord): Ref<"OptionManager"> => ({
  type: "OptionManager",
  value: `EsxHostAdvSettings-${host.id}`,
});

/** The services of a host that have no record of their own, by the property of `configManager`. */
export const hostServicesOf = (host: InventoryRecord) => ({
  networkSystem: { type: "HostNetworkSystem", value: `networkSystem-${host.id}` } as const,
  virtualNicManager: { type: "HostVirtualNicManager", value: `virtualNicManager-${host.id}` } as const,
  datastoreSystem: { type: "HostDatastoreSystem", value: `datastoreSystem-${host.id}` } as const,
  storageSystem: { type: "HostStorageSystem", value: `storageSystem-${host.id}` } as const,
  advancedOption: hostOptionsOf(host),
  serviceSystem: { type: "HostServiceSystem", value: `serviceSystem-${host.id}` } as const,
  firewallSystem: { type: "HostFirewallSystem", value: `firewallSystem-${host.id}` } as const,
  dateTimeSystem: { type: "HostDateTimeSystem", value: `dateTimeSystem-${host.id}` } as const,
  autoStartManager: { type: "HostAutoStartManager", value: `autoStartManager-${host.id}` } as const,
});

/** The browser of what machines may have, that belongs to a machine or compute resource. */
export const environmentBrowserOf = (record: InventoryRecord): Ref<"EnvironmentBrowser"> => ({
  type: "EnvironmentBrowser",
  value: `envbrowser-${record.id}`,
});

export const green = (): vim.ManagedEntityStatus => "green";
