import type { Handlers } from "../call.ts";

/** What a datastore shows is worked out when it is read: there is nothing to refresh. */
export const datastore: Handlers<"Datastore"> = {
  RefreshDatastore() {},
  RefreshDatastoreStorageInfo() {},
};
