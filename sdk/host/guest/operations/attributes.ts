import { vim } from "../../../vim/index.ts";
import { invalidArgument } from "../../faults.ts";
import type { GuestFiles, GuestStat } from "../files/guest-files.ts";

/** What a caller wants of a file's attributes; what is left out stays as it is. */
export interface WantedAttributes {
  readonly modified: number | undefined;
  readonly accessed: number | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly mode: number | undefined;
}

/** Reads attributes as they travel. Throws InvalidArgument. */
export function wantedAttributes(argument: string, attributes: vim.GuestFileAttributes): WantedAttributes {
  if (vim.is(attributes, "GuestWindowsFileAttributes"))
    throw invalidArgument(argument, "The guest is Linux: give GuestPosixFileAttributes.");
  const posix = vim.is(attributes, "GuestPosixFileAttributes") ? attributes : undefined;
  return {
    modified: timeOf(`${argument}.modificationTime`, attributes.modificationTime),
    accessed: timeOf(`${argument}.accessTime`, attributes.accessTime),
    uid: numberOf(`${argument}.ownerId`, posix?.ownerId, 2 ** 31 - 1),
    gid: numberOf(`${argument}.groupId`, posix?.groupId, 2 ** 31 - 1),
    mode: numberOf(`${argument}.permissions`, posix?.permissions, 0o7777),
  };
}

/** Changes what is wanted and different: who may not change an owner may still leave it as it is. */
export function setAttributes(files: GuestFiles, path: string, wanted: WantedAttributes): void {
  const stat = files.stat(path);
  const { uid = stat.uid, gid = stat.gid } = wanted;
  if (wanted.mode !== undefined && wanted.mode !== stat.mode) files.setMode(path, wanted.mode);
  if (wanted.modified !== undefined || wanted.accessed !== undefined) setTimes(files, path, wanted, stat);
  // Last: a file that has been given away is nobody's to change.
  if (uid !== stat.uid || gid !== stat.gid) files.setOwner(path, uid, gid);
}

function setTimes(files: GuestFiles, path: string, wanted: WantedAttributes, stat: GuestStat): void {
  files.setTimes(path, wanted.accessed ?? stat.accessed, wanted.modified ?? stat.modified);
}

/** ext4 keeps seconds in 34 bits. */
const lastMoment = (2 ** 34 - 2 ** 31 - 1) * 1000;

function timeOf(path: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (time >= -(2 ** 31) * 1000 && time <= lastMoment) return time;
  throw invalidArgument(path, `'${text.slice(0, 40)}' is no moment that a file can have.`);
}

function numberOf(path: string, value: number | undefined, most: number): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0 && value <= most)) return value;
  throw invalidArgument(path, `It must be a whole number from 0 to ${most}, not ${value}.`);
}
