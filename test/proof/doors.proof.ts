import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Trial } from "../sdk/host/doors/trial/trial.ts";

/**
 * Requests that are not in order, at all doors of a server that runs: good ones with bytes flipped, cut and doubled, tags and values
 * changed, nested deeply, with wrong headers and lengths, broken off, and garbage behind them. The server must answer each as it
 * deserves and the next good one rightly, and hold no more than before.
 *
 * `FARGO_REQUESTS` says how many (default: 40,000; a million take a quarter of an hour and more), `FARGO_SEED` which.
 */
const requests = Number(process.env.FARGO_REQUESTS ?? 40_000);
const seed = Number(process.env.FARGO_SEED ?? 1);
/** Requests until everything is put back and looked at. */
const each = 10_000;
/** Bytes that the heap may differ by, with what the compiler has learnt meanwhile. */
const slack = 64 * 2 ** 20;

let trial: Trial;
beforeAll(async () => {
  setFlagsFromString("--expose-gc");
  Reflect.set(globalThis, "gc", runInNewContext("gc"));
  trial = await Trial.open();
});
afterAll(() => trial.close());

it(`answers ${requests} bad requests as they deserve`, { timeout: 14_400_000 }, async () => {
  const first = await trial.round(Math.min(each, requests), seed);
  for (let done = each, n = 1; done < requests; done += each, n++) {
    const now = await trial.round(Math.min(each, requests - done), seed + n);
    const { pages, sessions, handles, heap } = now;
    expect({ pages, sessions, handles }, `after the round with FARGO_SEED=${seed + n}`).toEqual({
      pages: first.pages,
      sessions: first.sessions,
      handles: expect.toSatisfy((count: number) => count <= first.handles + 2),
    });
    expect(heap).toBeLessThan(first.heap + slack);
  }
  for (const status of [200, 400, 401, 404, 405, 431, 500]) expect(trial.statuses.get(status) ?? 0).toBeGreaterThan(0);
});
