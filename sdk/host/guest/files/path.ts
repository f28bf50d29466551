import { GuestFileError } from "./guest-file-error.ts";

/** As on Linux: PATH_MAX with the zero behind it, and NAME_MAX. */
const longestPath = 4095;
export const longestName = 255;
export const mostLinks = 40;

/** An absolute path as the names it consists of, and whether it ends in a slash: then it must be a directory's. */
export function namesOf(path: string): { names: string[]; directory: boolean } {
  if (typeof path !== "string" || !path.startsWith("/"))
    throw new GuestFileError(
      "EINVAL",
      String(path),
      `'${path}' is no absolute path in a guest: it must begin with '/'.`,
    );
  checkText(path, path);
  if (Buffer.byteLength(path) > longestPath) throw tooLong(path);
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  for (const name of names) if (Buffer.byteLength(name) > longestName) throw tooLong(path);
  return { names, directory: /\/\.{0,2}$/.test(path) };
}

/** Names are bytes that end at a zero, and these are written as UTF-8, which half a surrogate pair has none of. */
export function checkText(text: string, path: string): void {
  if (text.includes("\0"))
    throw new GuestFileError("EINVAL", path, `The path ${JSON.stringify(path)} has a zero in it.`);
  if (/\p{Surrogate}/u.test(text))
    throw new GuestFileError("EINVAL", path, `The path ${JSON.stringify(path)} has half a character in it.`);
}

export const joined = (directory: string, name: string): string =>
  directory === "/" ? `/${name}` : `${directory}/${name}`;

/** The directory and the name in it; of the root itself, the name is empty. */
export function split(path: string): { directory: string; name: string } {
  const slash = path.lastIndexOf("/");
  return { directory: slash === 0 ? "/" : path.slice(0, slash), name: path.slice(slash + 1) };
}

export function tooLong(path: string): GuestFileError {
  const shown = path.length > 80 ? `${path.slice(0, 80)}...` : path;
  return new GuestFileError(
    "ENAMETOOLONG",
    path,
    `'${shown}' is too long: a name may have ${longestName} bytes, a path ${longestPath}.`,
  );
}
