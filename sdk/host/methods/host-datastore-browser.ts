import type { Handlers } from "../call.ts";
import { deleteFile } from "../datastore/delete.ts";
import { type FilePlace, placeAmong } from "../datastore/place.ts";
import { searchBelow, searchDirectory } from "../datastore/search.ts";
import { newChain } from "../state/event.ts";
import type { View } from "../state/view.ts";
import { operation } from "../task/operation.ts";

/** A path as the browser of a host or of a datastore knows it. */
function placeOf(view: View, owner: number, text: string): FilePlace {
  const found = view.object(owner);
  return placeAmong(view, text, found?.kind === "HostSystem" ? found.datastores.keys() : [owner]);
}

/** The privilege to browse; what is wrong with the path is the search's to say. */
function browsing(view: View, owner: number, text: string): readonly (readonly [number, string])[] {
  try {
    return [[placeOf(view, owner, text).store.id, "Datastore.Browse"]];
  } catch {
    return [];
  }
}

export const hostDatastoreBrowser: Handlers<"HostDatastoreBrowser"> = {
  SearchDatastore_Task: operation("HostDatastoreBrowser", "SearchDatastore_Task", {
    requires: (view, { id, args }) => browsing(view, id, args.datastorePath),
    finish: (tx, { id, args }) => searchDirectory(tx, placeOf(tx, id, args.datastorePath), args.searchSpec),
  }),

  SearchDatastoreSubFolders_Task: operation("HostDatastoreBrowser", "SearchDatastoreSubFolders_Task", {
    requires: (view, { id, args }) => browsing(view, id, args.datastorePath),
    finish: (tx, { id, args }) => searchBelow(tx, placeOf(tx, id, args.datastorePath), args.searchSpec),
  }),

  DeleteFile({ core, id, session }, { datastorePath }) {
    core.universe.transact((tx) => {
      const by = { user: session?.userName ?? "", chain: newChain(tx) };
      deleteFile(tx, by, placeOf(tx, id, datastorePath), "file");
    });
  },
};
