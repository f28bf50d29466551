/**
 * The simulated vCenter: start one, fork it, mark it and put it back.
 *
 * @module
 */
export type { ClockKind, Duration } from "./clock.ts";
export type { Limits } from "./doors/limits.ts";
export type { Listening, ListenOptions } from "./doors/listen.ts";
export type { LogEntry } from "./doors/log.ts";
export { HostFault } from "./faults.ts";
export { guestRoot } from "./guest/root.ts";
export { Host, startHost } from "./host.ts";
export type {
  ClusterDescription,
  DatacenterDescription,
  DatastoreDescription,
  HostDescription,
  Inventory,
  InventoryCounts,
  InventoryDescription,
  MachineDescription,
} from "./inventory/description.ts";
export type { Mark } from "./mark.ts";
export type { HostOptions } from "./options.ts";
export type { Connection } from "./session/connection.ts";
export type { User } from "./session/sessions.ts";
export type { Retention } from "./state/retention.ts";
