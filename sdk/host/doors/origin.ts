import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { HttpError } from "./http-error.ts";

/**
 * Refuses what a web page of somebody else makes a browser send: such a request carries the page's origin, which is not the server's
 * own. A page whose name has been made to lead to this machine (DNS rebinding) has a name for an origin, and only addresses and
 * `localhost` are believed. No vSphere client sends the header.
 */
export function refuseStrangers({ origin, host }: IncomingHttpHeaders): void {
  if (origin === undefined) return;
  const from = /^https?:\/\/(.+)$/.exec(origin)?.[1];
  if (from !== undefined && from === host && isPlain(host)) return;
  throw new HttpError(403, "Requests of other web pages are refused.");
}

function isPlain(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" || isIP(name) !== 0;
}
