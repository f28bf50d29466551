import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { nextTurn } from "../clock.ts";
import type { Pieces } from "./exchange.ts";

/** After so many bytes others have their turn, however fast the client takes them. */
const turn = 2 ** 20;

/**
 * Sends pieces as fast as the client takes them: what waits is never more than a piece and what the sockets hold. Ends the pieces
 * early when the client goes away. Where the pieces throw, the client sees the answer cut off.
 */
export async function sendPieces(response: ServerResponse, pieces: Pieces): Promise<void> {
  let since = 0;
  try {
    for await (const piece of pieces) {
      if (response.destroyed) return;
      if (piece.length === 0) continue;
      since += piece.length;
      if (!response.write(piece)) await roomIn(response);
      if (since < turn) continue;
      since = 0;
      await nextTurn();
    }
    if (!response.destroyed) response.end();
  } catch (error) {
    response.destroy();
    throw error;
  }
}

/** When what was written has gone on, or nobody takes it any more. */
export const roomIn = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (stream.destroyed) return resolve();
    const done = () => {
      stream.off("drain", done);
      stream.off("close", done);
      resolve();
    };
    stream.on("drain", done);
    stream.on("close", done);
  });
