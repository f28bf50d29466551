import type { vim } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import { refOf } from "../state/id.ts";
import type { View } from "../state/view.ts";
import { directoryOf } from "../storage/path.ts";
import { directoriesBelow, filesIn, findFile, hasDirectory, type StoredFile, shownName } from "./catalogue.ts";
import { DiskIndex } from "./disk-index.ts";
import { controllerOf, diskType, fileInfo, hardwareVersion, infoTypeOf, sizeOf } from "./file-info.ts";
import { matcher } from "./pattern.ts";
import { type FilePlace, fileNotFound } from "./place.ts";
import { extentPath } from "./text/descriptor.ts";

type Results = vim.HostDatastoreBrowserSearchResults;
type Spec = vim.HostDatastoreBrowserSearchSpec;

/** What is in a directory, as `SearchDatastore_Task` answers it. */
export function searchDirectory(view: View, place: FilePlace, spec: Spec = {}): Results {
  requireDirectory(view, place);
  return resultsOf(place, place.path, filesIn(view, place.store, place.path), reading(spec));
}

/** What is in a directory and in all those below it, one result each. Those in which nothing matches are left out. */
export function searchBelow(view: View, place: FilePlace, spec: Spec = {}): Results[] {
  requireDirectory(view, place);
  const disks = DiskIndex.of(view, place.store).byDirectory();
  const read = reading(spec);
  return directoriesBelow(place.store, place.path)
    .map((path) => resultsOf(place, path, filesIn(view, place.store, path, disks), read))
    .filter(({ file, folderPath }, i) => i === 0 || file?.length || folderPath === undefined);
}

function requireDirectory(view: View, { store, path, text }: FilePlace): void {
  if (hasDirectory(store, path)) return;
  if (!findFile(view, store, path)) throw fileNotFound(text);
  throw invalidArgument("datastorePath", `${text} is a file. Name the directory that is to be searched.`);
}

interface Reading {
  readonly spec: Spec;
  matches(name: string): boolean;
}

const reading = (spec: Spec): Reading => {
  for (const query of spec.query ?? [])
    if (!(query._typeName && query._typeName in types))
      throw notSupported(`A search for ${query._typeName ?? "FileQuery"}`);
  return { spec, matches: matcher(spec.matchPattern, spec.searchCaseInsensitive ?? false) };
};

/** What a query finds. A template's configuration is a configuration too. */
const types: Readonly<Record<string, readonly string[]>> = {
  FileQuery: [],
  FolderFileQuery: ["FolderFileInfo"],
  VmConfigFileQuery: ["VmConfigFileInfo", "TemplateConfigFileInfo"],
  TemplateConfigFileQuery: ["TemplateConfigFileInfo"],
  VmDiskFileQuery: ["VmDiskFileInfo"],
  VmSnapshotFileQuery: ["VmSnapshotFileInfo"],
  VmNvramFileQuery: ["VmNvramFileInfo"],
  VmLogFileQuery: ["VmLogFileInfo"],
  IsoImageFileQuery: ["IsoImageFileInfo"],
  FloppyImageFileQuery: ["FloppyImageFileInfo"],
};

function resultsOf(
  { store }: FilePlace,
  path: string,
  files: readonly StoredFile[],
  { spec, matches }: Reading,
): Results {
  const blocks = new Map(files.filter(({ type }) => type === "diskExtent").map((file) => [file.path, file.size]));
  const blocksOf = ({ disk }: StoredFile) => (disk ? (blocks.get(extentPath(disk.layer)) ?? 0) : 0);
  const found: { info: vim.FileInfo; folder: boolean }[] = [];
  for (const file of files) {
    if (directoryOf(file.path) !== path || !matches(shownName(file))) continue;
    const type = infoTypeOf(file);
    const query = spec.query?.find((one) => answers(one, file, type));
    if (spec.query && spec.query.length > 0 && !query) continue;
    const shown = query || spec.details?.fileType ? type : "FileInfo";
    const detail = {
      flags: spec.details,
      disk: query && is(query, "VmDiskFileQuery") ? query.details : undefined,
      config: query && is(query, "VmConfigFileQuery") ? query.details : undefined,
    };
    const info = fileInfo(file, shown, sizeOf(file, blocksOf), store.name, detail);
    found.push({ info, folder: file.type === "folder" });
  }
  if (spec.sortFoldersFirst) found.sort((a, b) => Number(b.folder) - Number(a.folder));
  const folderPath = path === "" ? `[${store.name}]` : `[${store.name}] ${path}/`;
  return { datastore: refOf(store), folderPath, file: found.map(({ info }) => info) };
}

/** Whether a file is what a query asks for. Of what a filter does not mention, anything will do. */
function answers(query: vim.FileQuery, file: StoredFile, type: string): boolean {
  const name = query._typeName ?? "FileQuery";
  if (name !== "FileQuery" && !types[name]?.includes(type)) return false;
  if (is(query, "VmDiskFileQuery") && query.filter && file.disk) {
    const { filter } = query;
    return (
      among(filter.diskType, diskType) &&
      among(filter.matchHardwareVersion, hardwareVersion(file.disk.machine)) &&
      among(filter.controllerType, controllerOf(file)) &&
      (filter.thin === undefined || filter.thin === (file.disk.layer.thick === 0)) &&
      filter.encrypted !== true
    );
  }
  if (is(query, "VmConfigFileQuery") && query.filter)
    return among(query.filter.matchConfigVersion, 8) && query.filter.encrypted !== true;
  return true;
}

const among = <T>(wanted: readonly T[] | undefined, value: T): boolean =>
  wanted === undefined || wanted.length === 0 || wanted.includes(value);
