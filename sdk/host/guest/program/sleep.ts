import type { ClockKind } from "../../clock.ts";
import type { GuestScript } from "../../state/guest-record.ts";
import type { Outcome } from "./guest-shell.ts";

/** So often a script may sleep on a clock on which sleeping takes no time; then it is one that waits for something. */
const mostNaps = 100;
const forEver = 2 ** 50;

/** Left asleep until something happens to its machine. */
export const isParked = ({ wakes = 0 }: GuestScript): boolean => wakes > forEver;

/** On the instant clock a sleep is over at once. A script that waits would keep the host busy for ever: it is left asleep. */
export function afterSleep(outcome: Outcome, before: GuestScript, clock: ClockKind): Outcome {
  if (outcome.ended || outcome.why.why !== "sleep") return outcome;
  const naps = (before.naps ?? 0) + 1;
  const ms = clock !== "instant" ? outcome.why.ms : naps < mostNaps ? 0 : forEver;
  return { ...outcome, why: { why: "sleep", ms }, script: { ...outcome.script, naps } };
}
