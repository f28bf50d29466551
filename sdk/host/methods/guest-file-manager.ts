import type { Handlers } from "../call.ts";
import { setAttributes, wantedAttributes } from "../guest/operations/attributes.ts";
import * as change from "../guest/operations/change-files.ts";
import { changeInGuest, readInGuest } from "../guest/operations/in-guest.ts";
import { listFiles } from "../guest/operations/list-files.ts";
import { requirePath } from "../guest/operations/path.ts";
import { makeTemporaryDirectory, makeTemporaryFile } from "../guest/operations/temporary.ts";
import { expectFile, offerFile } from "../guest/operations/transfer.ts";
import type { Draft } from "../state/draft.ts";

/** What makes a temporary name another each time. */
const chance = (tx: Draft, machine: number): readonly number[] => [tx.seed, machine, tx.now];

export const guestFileManager: Handlers<"GuestFileManager"> = {
  MakeDirectoryInGuest: ({ core }, { directoryPath, createParentDirectories, ...asked }) =>
    changeInGuest(core, asked, "MakeDirectoryInGuest", ({ files }) =>
      change.makeDirectory(files, directoryPath, createParentDirectories),
    ),

  DeleteFileInGuest: ({ core }, { filePath, ...asked }) =>
    changeInGuest(core, asked, "DeleteFileInGuest", ({ files }) => change.deleteFile(files, filePath)),

  DeleteDirectoryInGuest: ({ core }, { directoryPath, recursive, ...asked }) =>
    changeInGuest(core, asked, "DeleteDirectoryInGuest", ({ files }) =>
      change.deleteDirectory(files, directoryPath, recursive),
    ),

  MoveDirectoryInGuest: ({ core }, { srcDirectoryPath, dstDirectoryPath, ...asked }) =>
    changeInGuest(core, asked, "MoveDirectoryInGuest", ({ files }) =>
      change.moveDirectory(files, srcDirectoryPath, dstDirectoryPath),
    ),

  MoveFileInGuest: ({ core }, { srcFilePath, dstFilePath, overwrite, ...asked }) =>
    changeInGuest(core, asked, "MoveFileInGuest", ({ files }) =>
      change.moveFile(files, srcFilePath, dstFilePath, overwrite),
    ),

  CreateTemporaryFileInGuest: ({ core }, asked) =>
    changeInGuest(core, asked, "CreateTemporaryFileInGuest", ({ files, tx, machine }) =>
      makeTemporaryFile(files, asked, ...chance(tx, machine.id)),
    ),

  CreateTemporaryDirectoryInGuest: ({ core }, asked) =>
    changeInGuest(core, asked, "CreateTemporaryDirectoryInGuest", ({ files, tx, machine }) =>
      makeTemporaryDirectory(files, asked, ...chance(tx, machine.id)),
    ),

  ListFilesInGuest: ({ core }, asked) =>
    readInGuest(core, asked, "ListFilesInGuest", ({ files }) => listFiles(files, asked)),

  ChangeFileAttributesInGuest({ core }, { guestFilePath, fileAttributes, ...asked }) {
    requirePath("guestFilePath", guestFilePath);
    const wanted = wantedAttributes("fileAttributes", fileAttributes);
    changeInGuest(core, asked, "ChangeFileAttributesInGuest", ({ files }) =>
      setAttributes(files, guestFilePath, wanted),
    );
  },

  InitiateFileTransferFromGuest: ({ core }, { guestFilePath, ...asked }) => offerFile(core, asked, guestFilePath),
  InitiateFileTransferToGuest: ({ core }, { vm, auth, ...arriving }) => expectFile(core, { vm, auth }, arriving),
};
