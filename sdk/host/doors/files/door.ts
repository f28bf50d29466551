import type { Door, Exchange } from "../exchange.ts";
import { HttpError } from "../http-error.ts";
import { callerOf } from "./caller.ts";
import { answerFolder } from "./folder.ts";
import { faultName, inHttp } from "./status.ts";
import { answerTransfer } from "./transfer.ts";

const isFolder = (path: string): boolean => path === "/folder" || path.startsWith("/folder/");

/** The files of datastores, of leases and of guests. */
export const filesDoor: Door = {
  claims: (path) => isFolder(path) || path.startsWith("/nfc/") || path === "/guestFile",

  allows: (path) => (isFolder(path) ? ["GET", "HEAD", "PUT", "DELETE"] : ["GET", "HEAD", "PUT", "POST"]),

  async handle(exchange) {
    // In the log there are no names of tickets, and they are in the path.
    if (exchange.path.startsWith("/nfc/")) exchange.note({ request: `${exchange.method} /nfc/...` });
    try {
      if (isFolder(exchange.path)) await answerCaller(exchange);
      else await answerTransfer(exchange);
    } catch (error) {
      const fault = faultName(error);
      if (fault !== undefined) exchange.note({ fault });
      throw exchange.signal.aborted ? new HttpError(400, "The transfer was broken off.") : inHttp(error);
    }
  },
};

async function answerCaller(exchange: Exchange): Promise<void> {
  const caller = callerOf(exchange);
  try {
    const user = caller.connection.session?.userName;
    if (user !== undefined) exchange.note({ user });
    await answerFolder(exchange, caller.connection);
  } finally {
    caller.end();
  }
}
