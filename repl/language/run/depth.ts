import { scriptError } from "../errors/script-error.ts";

/** Calls nested deeper than this are taken for runaway recursion. */
const MAX_DEPTH = 4000;
/** After so many nested calls the next one starts on a fresh stack. */
const HOP = 40;

export function checkDepth(depth: number): void {
  if (depth <= MAX_DEPTH) return;
  throw scriptError("The script failed due to call depth overflow.", {
    type: "System.Management.Automation.ScriptCallDepthException",
    category: "InvalidOperation",
    id: "CallDepthOverflow",
    target: depth,
    reach: "script",
  });
}

/** True of the depths at which a call goes on in a promise, so that the JavaScript stack starts anew. */
export function hops(depth: number): boolean {
  return depth % HOP === 0;
}
