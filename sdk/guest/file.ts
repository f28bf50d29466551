import type { vim } from "../vim/index.ts";

/** A file of a guest, as it was when it was listed. */
export interface GuestFile {
  /** The complete path. */
  readonly path: string;
  readonly name: string;
  readonly type: "file" | "directory" | "symlink";
  /** Bytes. */
  readonly size: number;
  /** ISO 8601. */
  readonly modified: string | undefined;
  readonly accessed: string | undefined;
  /** Permission bits, `0o644` say. */
  readonly mode: number | undefined;
  /** Numbers of the account and the group that it belongs to. */
  readonly owner: number | undefined;
  readonly group: number | undefined;
  /** Where a symbolic link leads. */
  readonly target: string | undefined;
}

export function guestFile(path: string, info: vim.GuestFileInfo): GuestFile {
  const { attributes, type } = info;
  const posix = attributes._typeName === "GuestPosixFileAttributes" ? attributes : undefined;
  return Object.freeze({
    path,
    name: path.slice(path.lastIndexOf("/") + 1),
    type: type === "directory" ? "directory" : type === "symlink" ? "symlink" : "file",
    size: Number(info.size),
    modified: attributes.modificationTime,
    accessed: attributes.accessTime,
    // Some servers put the type's bits before those of the permissions.
    mode: posix?.permissions === undefined ? undefined : Number(posix.permissions) & 0o7777,
    owner: posix?.ownerId,
    group: posix?.groupId,
    target: attributes.symlinkTarget || undefined,
  });
}

/** What can be set of a file; what is left out stays as it is. */
export interface GuestFileAttributes {
  readonly mode?: number | undefined;
  readonly owner?: number | undefined;
  readonly group?: number | undefined;
  /** ISO 8601. */
  readonly modified?: string | undefined;
  readonly accessed?: string | undefined;
}

export function attributesFor(wanted: GuestFileAttributes): vim.GuestPosixFileAttributes {
  const { mode, owner, group, modified, accessed } = wanted;
  return {
    _typeName: "GuestPosixFileAttributes",
    ...(mode === undefined ? {} : { permissions: mode }),
    ...(owner === undefined ? {} : { ownerId: owner }),
    ...(group === undefined ? {} : { groupId: group }),
    ...(modified === undefined ? {} : { modificationTime: modified }),
    ...(accessed === undefined ? {} : { accessTime: accessed }),
  };
}
