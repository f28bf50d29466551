import { homedir } from "node:os";
import { resolve } from "node:path";
import type { Session } from "../../language/index.ts";

/** The path a command's argument means: `~` is the home directory, the rest starts from the session's location. */
export function resolvePath(session: Pick<Session, "location">, path: string): string {
  const home = /^~(?=$|[\\/])/.test(path) ? homedir() + path.slice(1) : path;
  return resolve(session.location, home);
}
