import type { ClockKind } from "../../clock.ts";
import type { GuestScript } from "../../state/guest-record.ts";
import type { Outcome } from "./guest-shell.ts";

/** So often a script may sleep on a clock on which sleeping takes no time; then it is one that never ends, and sleeps on. */
const mostNaps = 1000;

/** On the instant clock a sleep is over at once. A service that sleeps for ever would keep the host busy for ever: it is left asleep. */
export function afterSleep(outcome: Outcome, before: GuestScript, clock: ClockKind): Outcome {
  if (outcome.ended || outcome.why.why !== "sleep") return outcome;
  const naps = (before.naps ?? 0) + 1;
  const ms = clock !== "instant" ? outcome.why.ms : naps < mostNaps ? 0 : Number.MAX_SAFE_INTEGER / 2;
  return { ...outcome, why: { why: "sleep", ms }, script: { ...outcome.script, naps } };
}
