import { VsphereError } from "../errors.ts";
import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Ref } from "../vim/index.ts";

/** The server's managers of guest operations. */
export interface GuestManagers {
  readonly auth: Ref<"GuestAuthManager">;
  readonly files: Ref<"GuestFileManager">;
  readonly processes: Ref<"GuestProcessManager">;
}

const known = new WeakMap<Session, Promise<GuestManagers>>();

/** Asks once a session. Throws `NotSupported` for a server that has none. */
export function guestManagers(session: Session, options: CallOptions): Promise<GuestManagers> {
  const before = known.get(session);
  if (before) return before;
  const asked = ask(session, options);
  known.set(session, asked);
  // Whoever gave up or met an error has not asked for the others.
  asked.catch(() => known.delete(session));
  return asked;
}

async function ask(session: Session, options: CallOptions): Promise<GuestManagers> {
  const manager = session.content.guestOperationsManager;
  const [row] = manager
    ? await session.retrieve([manager], ["authManager", "fileManager", "processManager"], options)
    : [];
  const { authManager: auth, fileManager: files, processManager: processes } = row ?? {};
  if (auth && files && processes) return { auth, files, processes };
  throw new VsphereError("NotSupported", "This server has no guest operations.");
}
