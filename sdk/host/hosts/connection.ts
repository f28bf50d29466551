import { fault, invalidState } from "../faults.ts";
import type { Doer } from "../machine/create.ts";
import type { Draft } from "../state/draft.ts";
import { post } from "../state/event.ts";
import { record } from "../state/view.ts";

/** The vCenter gives up its connection to a host: its machines run on, but nobody can do anything to them. */
export function disconnect(tx: Draft, by: Doer, id: number): void {
  const host = record(tx, "HostSystem", id);
  if (host.connection === "disconnected") throw invalidState(`The host '${host.name}' is disconnected already.`);
  tx.put({ ...host, connection: "disconnected" });
  post(tx, by, "HostDisconnectedEvent", { host: id });
}

/** Connects a host again. One that is connected stays so. Throws InvalidLogin for an account without a password. */
export function reconnect(
  tx: Draft,
  by: Doer,
  id: number,
  account: { readonly userName?: string; readonly password?: string } = {},
): void {
  const host = record(tx, "HostSystem", id);
  requireAccount(account, false);
  if (host.connection === "connected") return;
  tx.put({ ...host, connection: "connected" });
  post(tx, by, "HostConnectedEvent", { host: id });
}

/** Simulated hosts have one account, `root`, whose password may be anything but empty. */
export function requireAccount(
  { userName, password }: { readonly userName?: string; readonly password?: string },
  needed: boolean,
): void {
  if (!needed && userName === undefined && password === undefined) return;
  if (userName === "root" && password !== undefined && password !== "") return;
  throw fault("InvalidLogin", {}, "The host does not know this account. Use root, with its password.");
}
