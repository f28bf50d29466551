import { constants, createGzip } from "node:zlib";
import { isLoopback } from "./address.ts";
import type { AnswerHeaders, Exchange, Pieces } from "./exchange.ts";
import { roomIn } from "./send.ts";

/** Which answers are compressed for clients that say they take it: all, none, or those that leave this machine. */
export type Gzip = "always" | "never" | "remote";

/** Smaller answers fit into a few packets as they are. */
const least = 16_384;

/** Whether an answer is to be compressed. Bytes of files are not: they are no text, and have their lengths and ranges. */
export function isWorthIt(exchange: Exchange, headers: AnswerHeaders, length: number, gzip: Gzip): boolean {
  if (length < least || gzip === "never" || headers["Content-Encoding"] !== undefined) return false;
  if (gzip === "remote" && isLoopback(exchange.ipAddress)) return false;
  const type = headers["Content-Type"];
  if (typeof type !== "string" || !/^(?:text\/|application\/(?:json|xml))/.test(type)) return false;
  return exchange.method !== "HEAD" && takesGzip(exchange.headers["accept-encoding"]);
}

/** Whether `Accept-Encoding` names gzip (or anything), and not only to refuse it. */
function takesGzip(header: string | string[] | undefined): boolean {
  let anything = false;
  for (const item of (typeof header === "string" ? header : "").split(",", 50)) {
    const [name = "", ...more] = item.trim().toLowerCase().split(";");
    const wanted = !more.some((part) => /^\s*q=0(?:\.0*)?\s*$/.test(part));
    if (name.trim() === "gzip") return wanted;
    if (name.trim() === "*") anything = wanted;
  }
  return anything;
}

/** The pieces, compressed at the lowest level: texts of vSphere repeat themselves, and shrink by ten and more already there. */
export async function* compressed(pieces: Pieces): AsyncGenerator<Uint8Array, void> {
  const zip = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 65_536 });
  let wrong: unknown;
  const feed = async (): Promise<void> => {
    try {
      for await (const piece of pieces) {
        if (zip.destroyed) return;
        if (!zip.write(piece)) await roomIn(zip);
      }
      zip.end();
    } catch (error) {
      wrong = error;
      zip.destroy();
    }
  };
  const fed = feed();
  try {
    for await (const bytes of zip) yield bytes;
  } catch (error) {
    throw wrong ?? error;
  } finally {
    zip.destroy();
    await fed;
  }
  if (wrong !== undefined) throw wrong;
}
