import { fault, invalidArgument } from "../faults.ts";
import { eventView } from "../properties/event.ts";
import { iso } from "../properties/values.ts";
import type { View } from "../state/view.ts";

/** The one log that there is: what has happened in the vCenter, an event a line. */
export const vcenterLog = "vpxd:vpxd.log";

/** Lines of the log, counted from 1 on. Throws CannotAccessFile for another log. */
export function readLog(
  view: View,
  key: string,
  start: number,
  lines: number,
): { readonly lineStart: number; readonly lineEnd: number; readonly lineText?: string[] } {
  if (key !== vcenterLog) throw fault("CannotAccessFile", { file: key }, `There is no log '${key.slice(0, 100)}'.`);
  if (start < 0) throw invalidArgument("start", "It is a line's number.");
  if (lines < 0) throw invalidArgument("lines", "It is a number of lines.");
  const { events } = view.state;
  // Events that were forgotten were lines too: numbers of lines stay what they are.
  const last = events.lastKey() ?? 0;
  const first = Math.max(start === 0 ? 1 : start, events.firstKey() ?? 1);
  if (lines === 0 || first > last) return { lineStart: Math.min(first, last + 1), lineEnd: last };
  const lineText: string[] = [];
  for (const [, event] of events.from(first)) {
    if (lineText.length === lines) break;
    const { fullFormattedMessage = event.type, userName } = eventView(view, event);
    lineText.push(
      `${iso(event.time)} info vpxd[${event.key}] [${userName}] ${fullFormattedMessage.replace(/\n/g, " ")}`,
    );
  }
  return { lineStart: first, lineEnd: first + lineText.length - 1, lineText };
}
