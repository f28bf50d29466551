import type { ConfirmImpact } from "../command/declaration.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { toText } from "../convert/to-text.ts";
import { after, type Maybe } from "../maybe.ts";
import type { Frame } from "./frame.ts";

const WEIGHT: Readonly<Record<string, number>> = { none: 4, low: 1, medium: 2, high: 3 };

/** Whether a change should be made: `-WhatIf` says what would be, `-Confirm` and a high impact ask. */
export function askShouldProcess(
  frame: Frame,
  command: string,
  target: string,
  action = command,
  options: {
    readonly impact?: ConfirmImpact;
    readonly whatIf?: boolean | undefined;
    readonly confirm?: boolean | undefined;
  } = {},
): Maybe<boolean> {
  const { engine, scope } = frame;
  const whatIf = options.whatIf ?? toBoolean(scope.get("WhatIfPreference") ?? null);
  if (whatIf) {
    const said = frame.streams.text(`What if: Performing the operation "${action}" on target "${target}".`, {
      newline: true,
    });
    return after(said, () => false);
  }
  const threshold = WEIGHT[toText(scope.get("ConfirmPreference") ?? "High").toLowerCase()] ?? 3;
  const asks = options.confirm ?? (WEIGHT[options.impact ?? "medium"] ?? 2) >= threshold;
  if (!asks || (!engine.host.interactive && options.confirm !== true)) return true;
  return engine.confirm(
    "Confirm",
    `Are you sure you want to perform this action?\nPerforming the operation "${action}" on target "${target}".`,
  );
}
