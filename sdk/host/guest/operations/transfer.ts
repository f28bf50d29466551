import type { vim } from "../../../vim/index.ts";
import type { Core } from "../../core.ts";
import { fault, invalidArgument } from "../../faults.ts";
import { GuestFileError, type GuestFiles, type GuestStat } from "../files/guest-files.ts";
import { setAttributes, type WantedAttributes, wantedAttributes } from "./attributes.ts";
import { attributesOf } from "./file-info.ts";
import { type Asked, changeInGuest, readInGuest } from "./in-guest.ts";
import { requirePath } from "./path.ts";

/** What is read of a guest's file at a time. */
const piece = 2 ** 20;
/** A file that is brought is kept in memory until all of it is there: then it is written at once, or not at all. */
const largest = 2 ** 29;

/** Offers a guest's file for fetching. Each piece is read when it is asked for; a file that changes meanwhile is not torn. */
export function offerFile(core: Core, asked: Asked, path: string): vim.FileTransferInformation {
  const method = "InitiateFileTransferFromGuest";
  requirePath("guestFilePath", path);
  const { stat, attributes } = readInGuest(core, asked, method, ({ files }) => {
    const found = requireFile(files, path);
    files.read(path, 0, 1);
    return { stat: found, attributes: attributesOf(files, path, found) };
  });

  function* read(): Generator<Uint8Array, void> {
    for (let offset = 0; offset < stat.size; offset += piece) {
      yield readInGuest(core, asked, method, ({ files, machine }) => {
        const now = files.stat(path);
        if (now.inode === stat.inode && now.size === stat.size && now.modified === stat.modified)
          return files.read(path, offset, piece);
        throw fault(
          "FileFault",
          { file: path },
          `'${path}' of '${machine.name}' has changed since its transfer was asked for: ask again.`,
        );
      });
    }
  }
  return { attributes, size: stat.size, url: core.tickets.offerDownload({ size: stat.size, read }) };
}

export interface Arriving {
  readonly guestFilePath: string;
  readonly fileAttributes: vim.GuestFileAttributes;
  readonly fileSize: number;
  readonly overwrite: boolean;
}

/** Takes a file into a guest once all of it has come. Until then, and if less or more comes, nothing is changed. */
export function expectFile(core: Core, asked: Asked, arriving: Arriving): string {
  const method = "InitiateFileTransferToGuest";
  const { guestFilePath: path, fileSize, overwrite } = arriving;
  requirePath("guestFilePath", path);
  if (!Number.isSafeInteger(fileSize) || fileSize < 0)
    throw invalidArgument("fileSize", `It must be a number of bytes, not ${fileSize}.`);
  if (fileSize > largest)
    throw fault(
      "FileTooLarge",
      { file: path, datastore: "", fileSize, maxFileSize: largest },
      `'${path}' has ${fileSize} bytes; files of up to ${largest} can be brought to a simulated guest.`,
    );
  const wanted = wantedAttributes("fileAttributes", arriving.fileAttributes);
  // What is found out now need not be done in vain. It is all asked again when the bytes are there.
  readInGuest(core, asked, method, ({ files }) => requirePlace(files, path, overwrite));
  return core.tickets.offerUpload({
    size: fileSize,
    async write(chunks) {
      const bytes = await collect(chunks, fileSize);
      changeInGuest(core, asked, method, ({ files }) => {
        requirePlace(files, path, overwrite);
        put(files, path, bytes, wanted);
      });
    },
  });
}

function put(files: GuestFiles, path: string, bytes: Uint8Array, wanted: WantedAttributes): void {
  files.writeFile(path, bytes, { mode: wanted.mode ?? 0o644 });
  setAttributes(files, path, wanted);
}

function requireFile(files: GuestFiles, path: string): GuestStat {
  const stat = files.stat(path);
  if (stat.type === "directory") throw new GuestFileError("EISDIR", path, `${path} is a directory.`);
  return stat;
}

function requirePlace(files: GuestFiles, path: string, overwrite: boolean): void {
  const directory = path.slice(0, path.lastIndexOf("/")) || "/";
  if (!files.exists(path)) {
    if (files.stat(directory).type !== "directory")
      throw new GuestFileError("ENOTDIR", directory, `${directory} is not a directory.`);
    return;
  }
  requireFile(files, path);
  if (!overwrite) throw new GuestFileError("EEXIST", path, `${path} exists already, and overwrite is false.`);
}

async function collect(chunks: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for await (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
