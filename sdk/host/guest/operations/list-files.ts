import type { vim } from "../../../vim/index.ts";
import { invalidArgument } from "../../faults.ts";
import type { GuestFiles } from "../files/guest-files.ts";
import { fileInfo } from "./file-info.ts";
import { matching } from "./matching.ts";
import { requirePath } from "./path.ts";

export interface Listing {
  readonly filePath: string;
  readonly index?: number | undefined;
  readonly maxResults?: number | undefined;
  readonly matchPattern?: string | undefined;
}

/** What vSphere lists unless it is told how many. */
const usual = 50;

/** A directory's files by name, `.` and `..` among them as VMware Tools list them, or one file by its whole path. */
export function listFiles(files: GuestFiles, listing: Listing): vim.GuestListFileInfo {
  const { filePath, index = 0, maxResults = usual, matchPattern } = listing;
  requirePath("filePath", filePath);
  if (index < 0) throw invalidArgument("index", `It must not be negative, as ${index} is.`);
  if (maxResults < 0) throw invalidArgument("maxResults", `It must not be negative, as ${maxResults} is.`);
  if (files.stat(filePath).type !== "directory") return pageOf([filePath], () => filePath);
  const base = filePath.endsWith("/") ? filePath : `${filePath}/`;
  return pageOf([".", "..", ...files.readDirectory(filePath)], (name) => base + name);

  function pageOf(names: readonly string[], pathOf: (name: string) => string): vim.GuestListFileInfo {
    const wanted = matchPattern ? matching(names, matchPattern) : names;
    const page = wanted.slice(index, index + maxResults);
    return {
      files: page.map((name) => fileInfo(files, pathOf(name), name)),
      remaining: Math.max(0, wanted.length - index - page.length),
    };
  }
}
