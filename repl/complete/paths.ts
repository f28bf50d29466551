import { type Dirent, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { Candidate } from "./candidate.ts";
import { startsWith } from "./common.ts";

const most = 2000;

/**
 * Files whose path begins with what was typed, as it was typed: relative to `location`, absolute, or from `~`. Folders end
 * in `/`, so that one can go on into them.
 */
export function pathCandidates(typed: string, location: string): readonly Candidate[] {
  const slash = Math.max(typed.lastIndexOf("/"), typed.lastIndexOf("\\"));
  const folder = typed.slice(0, slash + 1);
  const name = typed.slice(slash + 1);
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(place(folder, location), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter((entry) => startsWith(entry.name, name) && (name.startsWith(".") || !entry.name.startsWith(".")))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map((entry) => {
      const end = isFolder(entry) ? "/" : "";
      return { value: folder + entry.name + end, label: entry.name + end, ends: end === "" };
    });
}

function place(folder: string, location: string): string {
  const native = folder.replaceAll("\\", "/");
  return native === "~/" || native.startsWith("~/") ? resolve(homedir(), native.slice(2)) : resolve(location, native);
}

/** A link may lead to a folder; what it leads to is looked up when one goes on. */
const isFolder = (entry: Dirent): boolean => entry.isDirectory();
