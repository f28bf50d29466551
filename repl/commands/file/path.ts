import type { Session } from "../../language/index.ts";
import { absolute } from "../../language/run/files.ts";

/** The path a command's argument means: `~` is the home directory, the rest starts from the session's location. */
export function resolvePath(session: Pick<Session, "location">, path: string): string {
  return absolute(path, session.location);
}
