import type { Ref } from "../../vim/index.ts";
import { userSession } from "../session/user-session.ts";
import { linked } from "./derivation.ts";
import type { Table } from "./table.ts";

export const sessionManager: Table<"SessionManager", Ref> = {
  sessionList: linked(["session"], (_ref, { core }) => core.sessions.list.map(userSession)),
  currentSession: linked(["session"], (_ref, { session }) => (session ? userSession(session) : undefined)),
  message: () => "",
  messageLocaleList: () => ["en"],
  supportedLocaleList: () => ["en"],
  defaultLocale: () => "en",
};
