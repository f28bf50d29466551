import type { ServerResponse } from "node:http";
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
      if (!response.write(piece)) await room(response);
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

const room = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
