import type { Doer } from "../machine/create.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { DatastoreRecord } from "../state/record.ts";
import type { FilePlace } from "./place.ts";

const argument = (store: DatastoreRecord) => ({
  _typeName: "DatastoreEventArgument",
  name: escapeName(store.name),
  datastore: refOf(store),
});

/** Posts what was done to a file. */
export function announce(
  tx: Draft,
  by: Doer,
  type: "DatastoreFileDeletedEvent" | "DatastoreFileCopiedEvent" | "DatastoreFileMovedEvent",
  target: FilePlace,
  source?: FilePlace,
): void {
  post(tx, by, type, {
    more: {
      ds: argument(target.store),
      datastore: argument(target.store),
      targetFile: target.text,
      succeeded: true,
      ...(source ? { sourceDatastore: argument(source.store), sourceFile: source.text } : {}),
    },
  });
}
