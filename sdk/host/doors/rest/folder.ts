import { escapeName } from "../../state/name.ts";
import type { FolderRole } from "../../state/record.ts";
import { type List, listed } from "./list.ts";
import type { Route } from "./route.ts";

const types = {
  d: "DATACENTER",
  h: "HOST",
  v: "VIRTUAL_MACHINE",
  s: "DATASTORE",
  n: "NETWORK",
} as const satisfies Record<FolderRole, string>;

const folders: List<"Folder"> = {
  kinds: ["Folder"],
  ids: "folders",
  most: 1000,
  filters: {
    type: ({ role }) => types[role],
    parent_folders: ({ parent }, inventory) => inventory.idOf(parent),
  },
  words: { type: Object.values(types) },
  row: ({ id, name, role }, inventory) => ({ folder: inventory.idOf(id), name: escapeName(name), type: types[role] }),
};

export const folderRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/folder", run: (caller) => listed(folders, caller) },
];
