import type { vim } from "../../vim/index.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { ComputeRecord, DatastoreRecord, HostRecord } from "../state/record.ts";
import { linked, links } from "./derivation.ts";
import type { Table } from "./table.ts";
import { datastoreBrowserOf } from "./values.ts";

/** Belongs to a machine or compute resource; files are browsed through a host. */
export const environmentBrowser: Table<"EnvironmentBrowser", MachineRecord | ComputeRecord> = {
  datastoreBrowser: linked([], (record, reader) => {
    const host = reader.object(record.kind === "VirtualMachine" ? record.host : (record.hosts.firstKey() ?? 0));
    return host ? datastoreBrowserOf(host) : undefined;
  }),
};

/** What files can be searched for, apart from what they are called. */
const searchable: readonly vim.FileQuery[] = (
  [
    "FolderFileQuery",
    "VmConfigFileQuery",
    "TemplateConfigFileQuery",
    "VmDiskFileQuery",
    "VmSnapshotFileQuery",
    "VmNvramFileQuery",
    "VmLogFileQuery",
    "IsoImageFileQuery",
    "FloppyImageFileQuery",
  ] as const
).map((_typeName) => ({ _typeName }));

/** Belongs to a host or datastore. */
export const hostDatastoreBrowser: Table<"HostDatastoreBrowser", HostRecord | DatastoreRecord> = {
  datastore: links((record) => (record.kind === "HostSystem" ? record.datastores : [record.id])),
  supportedType: () => searchable,
};
