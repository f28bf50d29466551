import { GuestFileError, type GuestFiles, type GuestStat } from "../files/guest-files.ts";
import { type Account, isRoot } from "./account.ts";

/** Where a path leads. */
export interface Place {
  /** Without symbolic links, but for the last name where it was not to be followed. */
  readonly path: string;
  /** The directory that it is in; `/` for `/`. */
  readonly directory: string;
  /** Undefined when there is nothing yet. */
  readonly stat: GuestStat | undefined;
}

/** The bits of a mode, as they stand for the owner, the group and others. */
export const bits = { read: 4, write: 2, search: 1 } as const;
export type Access = keyof typeof bits;

/** Linux's limit of symbolic links in one path. */
const mostLinks = 40;

/** True when an account may do something with what a stat is of. */
export function may(account: Account, stat: GuestStat, access: Access): boolean {
  if (isRoot(account)) return true;
  const shift = stat.uid === account.uid ? 6 : account.groups.includes(stat.gid) ? 3 : 0;
  return ((stat.mode >> shift) & bits[access]) !== 0;
}

export function requireAccess(account: Account, stat: GuestStat, access: Access, path: string): void {
  if (!may(account, stat, access)) throw denied(account, access, path);
}

const denied = (account: Account, access: Access, path: string) =>
  new GuestFileError("EACCES", path, `${account.name} may not ${access} ${path}.`);

/**
 * Goes along a path as somebody, who must be allowed to search every directory on the way. Only the last name may be missing.
 */
export function walk(files: GuestFiles, account: Account, path: string, follow: boolean): Place {
  const ahead = namesOf(path).reverse();
  let at = "";
  let stat = files.linkStat("/");
  let links = 0;
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    const here = at || "/";
    if (stat.type !== "directory") throw new GuestFileError("ENOTDIR", here, `${here} is not a directory.`);
    requireAccess(account, stat, "search", here);
    if (name === ".") continue;
    const next = name === ".." ? at.slice(0, at.lastIndexOf("/")) : `${at}/${name}`;
    const found = statOf(files, next || "/");
    if (!found) {
      if (ahead.length > 0) throw new GuestFileError("ENOENT", next, `${next} does not exist.`);
      return { path: next, directory: here, stat: undefined };
    }
    if (found.type === "symlink" && (follow || ahead.length > 0)) {
      if (++links > mostLinks)
        throw new GuestFileError("ELOOP", path, `${path} leads through too many symbolic links.`);
      const target = files.readLink(next);
      if (target.startsWith("/")) [at, stat] = ["", files.linkStat("/")];
      ahead.push(...namesOf(target).reverse());
      continue;
    }
    [at, stat] = [next, found];
  }
  return { path: at || "/", directory: at.slice(0, at.lastIndexOf("/")) || "/", stat };
}

const namesOf = (path: string): string[] => path.split("/").filter((name) => name !== "");

/** The stat of a name itself; undefined when it is not there. */
function statOf(files: GuestFiles, path: string): GuestStat | undefined {
  try {
    return files.linkStat(path);
  } catch (error) {
    if (error instanceof GuestFileError && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Where a path leads, to something that is there. */
export function walkTo(
  files: GuestFiles,
  account: Account,
  path: string,
  follow: boolean,
): Place & { readonly stat: GuestStat } {
  const place = walk(files, account, path, follow);
  if (place.stat) return { ...place, stat: place.stat };
  throw new GuestFileError("ENOENT", path, `${path} does not exist.`);
}
