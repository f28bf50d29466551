import type { Ref } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { copyFile } from "../datastore/copy.ts";
import { deleteFile } from "../datastore/delete.ts";
import { changeOwner, makeFolder } from "../datastore/make-directory.ts";
import { managing } from "../datastore/managing.ts";
import { moveFile } from "../datastore/move.ts";
import { type FilePlace, placeAt } from "../datastore/place.ts";
import { phase } from "../machine/phases.ts";
import { requirePrivilege } from "../session/privileges.ts";
import type { Draft } from "../state/draft.ts";
import type { View } from "../state/view.ts";
import { operation } from "../task/operation.ts";

interface Both {
  readonly sourceName: string;
  readonly sourceDatacenter?: Ref<"Datacenter">;
  readonly destinationName: string;
  readonly destinationDatacenter?: Ref<"Datacenter">;
}

/** The source of a copy or a move, and where it goes: in the source's datacenter, unless another is said. */
function ends(view: View, args: Both): { from: FilePlace; to: FilePlace } {
  const from = placeAt(view, args.sourceName, args.sourceDatacenter);
  return { from, to: placeAt(view, args.destinationName, args.destinationDatacenter ?? args.sourceDatacenter) };
}

const both = (view: View, args: Both) => [
  ...managing(view, args.sourceName, args.sourceDatacenter),
  ...managing(view, args.destinationName, args.destinationDatacenter ?? args.sourceDatacenter),
];

/** One transaction on a place by who may manage files there. */
function at(
  call: Call,
  name: string,
  datacenter: Ref<"Datacenter"> | undefined,
  work: (tx: Draft, place: FilePlace) => void,
) {
  call.core.universe.transact((tx) => {
    const place = placeAt(tx, name, datacenter);
    requirePrivilege(tx, sessionOf(call), place.store.id, "Datastore.FileManagement");
    work(tx, place);
  });
}

export const fileManager: Handlers<"FileManager"> = {
  MakeDirectory: (call, { name, datacenter, createParentDirectories }) =>
    at(call, name, datacenter, (tx, place) => makeFolder(tx, place, createParentDirectories ?? false)),

  ChangeOwner(call, { name, datacenter, owner }) {
    const { users } = call.core.sessions;
    const known = (name: string) => name === "root" || users.some((user) => user.name === name);
    at(call, name, datacenter, (tx, place) => changeOwner(tx, place, owner, known));
  },

  DeleteDatastoreFile_Task: operation("FileManager", "DeleteDatastoreFile_Task", {
    requires: (view, { args }) => managing(view, args.name, args.datacenter),
    phases: () => [phase("file.change")],
    finish(tx, { args, ...by }) {
      deleteFile(tx, by, placeAt(tx, args.name, args.datacenter), "any");
    },
  }),

  MoveDatastoreFile_Task: operation("FileManager", "MoveDatastoreFile_Task", {
    requires: (view, { args }) => both(view, args),
    phases: () => [phase("file.change")],
    finish(tx, { args, ...by }) {
      const { from, to } = ends(tx, args);
      moveFile(tx, by, from, to, args.force ?? false);
    },
  }),

  CopyDatastoreFile_Task: operation("FileManager", "CopyDatastoreFile_Task", {
    cancelable: true,
    requires: (view, { args }) => both(view, args),
    phases: () => [phase("file.copy")],
    finish(tx, { args, ...by }) {
      const { from, to } = ends(tx, args);
      copyFile(tx, by, from, to, args.force ?? false);
    },
  }),
};
