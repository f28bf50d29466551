import type { GuestFiles } from "../files/guest-files.ts";

/** Somebody whom a guest knows, from its own `/etc/passwd` and `/etc/group`. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** All groups, the own one included. */
  readonly groups: readonly number[];
  readonly home: string;
  readonly shell: string;
}

/** The guest's lines of fields between colons. A file that is not there has none, and a line that is not whole is skipped. */
export function linesOf(files: GuestFiles, path: string, fields: number): readonly (readonly string[])[] {
  if (!files.exists(path)) return [];
  return new TextDecoder()
    .decode(files.readFile(path))
    .split("\n")
    .map((line) => line.trim().split(":"))
    .filter((line) => line.length >= fields && !line[0]?.startsWith("#"));
}

export function accountNamed(files: GuestFiles, name: string): Account | undefined {
  const line = linesOf(files, "/etc/passwd", 7).find(([known]) => known === name);
  if (!line) return undefined;
  const [, , uid = "", gid = "", , home = "", shell = ""] = line;
  if (!isId(uid) || !isId(gid)) return undefined;
  const own = Number(gid);
  const others = linesOf(files, "/etc/group", 4)
    .filter(([, , id = "", members = ""]) => isId(id) && members.split(",").includes(name))
    .map(([, , id]) => Number(id));
  return { name, uid: Number(uid), gid: own, groups: [own, ...others], home: home || "/", shell: shell || "/bin/sh" };
}

const isId = (text: string): boolean => /^\d{1,10}$/.test(text);

/** The administrator, who may do everything: for what is done in nobody's name. */
export const isRoot = (account: Account): boolean => account.uid === 0;
