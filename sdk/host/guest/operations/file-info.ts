import type { vim } from "../../../vim/index.ts";
import type { GuestFiles, GuestStat } from "../files/guest-files.ts";

const iso = (time: number): string => new Date(time).toISOString();

export function attributesOf(files: GuestFiles, path: string, stat: GuestStat): vim.GuestPosixFileAttributes {
  return {
    _typeName: "GuestPosixFileAttributes",
    modificationTime: iso(stat.modified),
    accessTime: iso(stat.accessed),
    ...(stat.type === "symlink" ? { symlinkTarget: files.readLink(path) } : {}),
    ownerId: stat.uid,
    groupId: stat.gid,
    permissions: stat.mode,
  };
}

/** Devices, sockets and pipes count as files, as in vSphere. */
export function fileInfo(files: GuestFiles, path: string, name: string): vim.GuestFileInfo {
  const stat = files.linkStat(path);
  return {
    path: name,
    type: stat.type === "other" ? "file" : stat.type,
    size: stat.size,
    attributes: attributesOf(files, path, stat),
  };
}
