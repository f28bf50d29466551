import type { Core } from "../core.ts";
import { fault } from "../faults.ts";
import { hasPrivilege, requirePrivilege } from "../session/privileges.ts";
import type { Session } from "../session/session.ts";
import { record, type View } from "../state/view.ts";
import { filesIn, findFile, hasDirectory, shownName } from "./catalogue.ts";
import { folderPlace } from "./door.ts";
import { datacenters, type FilePlace, fileNotFound, pathOfDatacenter, urlPlace } from "./place.ts";

/** One line of a directory that a browser is shown. */
interface IndexEntry {
  readonly name: string;
  readonly href: string;
  readonly size?: number;
  /** Milliseconds since the epoch; 0 where nobody knows. */
  readonly modified?: number;
}

/** What there is at a URL below `/folder` that names no file. */
export interface IndexPage {
  readonly title: string;
  /** Where one comes from; absent at the top. */
  readonly above?: string;
  readonly entries: readonly IndexEntry[];
}

/**
 * What is at a URL: at `/folder` the datacenters, at `/folder?dcPath=..` the datastores of one, and below those their directories. As
 * in vCenter, every link leads to the next level or to a file. Undefined where there is a file.
 */
export function indexAt(core: Core, session: Session, url: string): IndexPage | undefined {
  const { view } = core.universe;
  const place = urlPlace(view, url);
  if (place) return ofDirectory(view, session, place, url);
  const [path = "", text = ""] = url.split("?", 2);
  // Names of files mean nothing without their datastore.
  if (!/^\/folder\/?$/.test(path)) folderPlace(view, url);
  const dcPath = new URLSearchParams(text).get("dcPath");
  return dcPath === null ? ofDatacenters(view, session) : ofDatastores(view, session, dcPath);
}

function ofDatacenters(view: View, session: Session): IndexPage {
  const entries: IndexEntry[] = [];
  for (const id of datacenters(view)) {
    if (!hasPrivilege(view, session, id, "System.Read")) continue;
    const name = pathOfDatacenter(view, id);
    entries.push({ name, href: `/folder?dcPath=${encodeURIComponent(name)}` });
  }
  return { title: "Index of datacenters", entries: entries.sort(byName) };
}

function ofDatastores(view: View, session: Session, dcPath: string): IndexPage {
  for (const id of datacenters(view)) {
    const path = pathOfDatacenter(view, id);
    if (path !== dcPath.split("/").filter(Boolean).join("/")) continue;
    const entries = [...record(view, "Datacenter", id).datastores.keys()].flatMap((one) => {
      if (!hasPrivilege(view, session, one, "Datastore.Browse")) return [];
      const { name } = record(view, "Datastore", one);
      return [{ name, href: `/folder?${queryOf(path, name)}` }];
    });
    return { title: `Index of datastores in datacenter ${path}`, above: "/folder", entries: entries.sort(byName) };
  }
  throw fault("NotFound", {}, `There is no datacenter '${dcPath.slice(0, 100)}'.`);
}

function ofDirectory(view: View, session: Session, place: FilePlace, url: string): IndexPage | undefined {
  const { store, path, text } = place;
  requirePrivilege(view, session, store.id, "Datastore.Browse");
  if (!hasDirectory(store, path)) {
    if (findFile(view, store, path)) return undefined;
    throw fileNotFound(text);
  }
  // Links ask as their page was asked: by a datacenter, or by the datastore's name alone.
  const dcPath = new URLSearchParams(url.slice(url.indexOf("?") + 1)).get("dcPath");
  const query = queryOf(dcPath, store.name);
  const entries = filesIn(view, store, path).map((file): IndexEntry => {
    const directory = file.type === "folder";
    const name = directory ? `${shownName(file)}/` : shownName(file);
    const href = `/folder/${file.path.split("/").map(encodeURIComponent).join("/")}?${query}`;
    const { modified } = file;
    const size = file.content.kind === "space" ? file.content.bytes : file.size;
    return directory ? { name, href, modified } : { name, href, modified, size };
  });
  const parent = path.split("/").slice(0, -1).map(encodeURIComponent).join("/");
  const top = dcPath === null ? "/folder" : `/folder?dcPath=${encodeURIComponent(dcPath)}`;
  const above = path === "" ? top : `/folder${parent === "" ? "" : `/${parent}`}?${query}`;
  return { title: `Index of ${text.trim()}`, above, entries };
}

const queryOf = (dcPath: string | null, dsName: string): string =>
  `${dcPath === null ? "" : `dcPath=${encodeURIComponent(dcPath)}&`}dsName=${encodeURIComponent(dsName)}`;

const byName = (a: IndexEntry, b: IndexEntry): number => (a.name < b.name ? -1 : 1);
