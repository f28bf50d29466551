import type { LogEntry } from "../../sdk/host/index.ts";
import type { Colours } from "../render/colour.ts";
import { visible } from "../render/safe.ts";
import type { NameOf } from "./start.ts";

const two = (n: number) => String(n).padStart(2, "0");

function clock(iso: string): string {
  const time = new Date(iso);
  const ms = String(time.getMilliseconds()).padStart(3, "0");
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${ms}`;
}

const duration = (ms: number): string =>
  ms < 10 ? ms.toFixed(1) : ms < 10_000 ? ms.toFixed(0) : (ms / 1000).toFixed(0);

/** The user without his domain, which is everybody's. */
const short = (user: string): string => user.replace(/^.*\\/, "").replace(/@.*$/, "");

/** The object by its name, or its id where it has none; those that there is one of are not worth a word. */
function named(object: string, nameOf: NameOf): string {
  const name = nameOf(object);
  if (name !== undefined) return name;
  const [type = "", ...id] = object.split(":");
  const value = id.join(":").replace(/^session\[[^\]]*\]/, "");
  return value.toLowerCase() === type.toLowerCase() ? "" : value;
}

/** One request as one line: when, who, what, on which object, how long it took and what came of it. */
export function watchLine(entry: LogEntry, colours: Colours, nameOf: NameOf = () => undefined): string {
  const paint = entry.status === 0 || entry.status >= 500 ? colours.red : entry.status >= 400 ? colours.yellow : String;
  const unit = entry.duration < 10_000 ? "ms" : "s ";
  const columns = [
    colours.dim(clock(entry.time)),
    visible(short(entry.user ?? "-")).padEnd(14),
    colours.cyan(visible(entry.method ?? entry.request).padEnd(28)),
    visible(named(entry.object ?? "", nameOf)).padEnd(20),
    `${duration(entry.duration).padStart(6)} ${colours.dim(unit)}`,
    paint(entry.status === 0 ? "gone" : String(entry.status)),
    ...(entry.fault === undefined ? [] : [paint(visible(entry.fault))]),
  ];
  return `${columns.join("  ").trimEnd()}\n`;
}

/** What went wrong in the server itself: it is shown whether requests are watched or not. */
export const errorLine = (entry: LogEntry, colours: Colours): string =>
  entry.error === undefined
    ? ""
    : colours.red(
        `${visible(entry.method ?? entry.request)} failed: ${entry.error.split("\n").map(visible).join("\n  ")}\n`,
      );

/** Where the lines of all requests go. */
export function watching(
  watch: boolean,
  colours: Colours,
  write: (text: string) => void,
): (entry: LogEntry, nameOf: NameOf) => void {
  return (entry, nameOf) => {
    const text = (watch ? watchLine(entry, colours, nameOf) : "") + errorLine(entry, colours);
    if (text !== "") write(text);
  };
}
