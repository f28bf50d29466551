import type { Ref } from "../vim/index.ts";
import type { Sessions } from "./session/sessions.ts";
import type { Flavour } from "./state/esx-id.ts";
import type { Universe } from "./state/universe.ts";
import type { TaskEngine } from "./task/engine.ts";
import type { Tickets } from "./transfer/tickets.ts";

/** What handlers work with: a vCenter without its doors. */
export interface Core {
  readonly universe: Universe;
  readonly engine: TaskEngine;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  /** Number of the root folder, on which privileges without another object are asked. */
  readonly rootFolder: number;
  /** Ids of the objects that there is one of: `ServiceInstance`, `SessionManager`, `propertyCollector`, ... */
  readonly singletons: ReadonlyMap<string, Ref>;
  readonly instanceUuid: string;
  readonly flavour: Flavour;
}
