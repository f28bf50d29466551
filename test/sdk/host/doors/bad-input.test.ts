import { afterAll, beforeAll, expect, it } from "vitest";
import { Trial } from "./trial/trial.ts";

let trial: Trial;
beforeAll(async () => {
  trial = await Trial.open();
});
afterAll(() => trial.close());

/** More of them are in test/proof. */
it("is answered as it deserves, and the next good request too", { timeout: 240_000 }, async () => {
  const before = await trial.round(8, 1);
  const after = await trial.round(3000, 2);
  expect([after.pages, after.sessions]).toEqual([before.pages, before.sessions]);
  expect(trial.statuses.get(200)).toBeGreaterThan(100);
  expect(trial.statuses.get(400)).toBeGreaterThan(100);
  expect(trial.statuses.get(500)).toBeGreaterThan(100);
});
