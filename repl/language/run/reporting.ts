import { type Action, actionOf, type Common } from "../bind/common.ts";
import { toText } from "../convert/to-text.ts";
import type { ErrorRecord } from "../errors/error-record.ts";
import { isStackOverflow, toErrorRecord } from "../errors/from-unknown.ts";
import type { Position } from "../errors/position.ts";
import { ScriptError } from "../errors/script-error.ts";
import { after, type Maybe } from "../maybe.ts";
import type { Engine } from "./engine.ts";
import type { Frame } from "./frame.ts";
import { collect, noteIn } from "./outputs.ts";
import { type Completion, isFlow } from "./signals.ts";

/** How many errors `$Error` keeps. */
const KEPT = 256;

/** The record of anything thrown, with the place it happened at. */
export function recordOf(error: unknown, at: Position | undefined): ErrorRecord {
  const record = toErrorRecord(error);
  record.position ??= at;
  return record;
}

export function logError(engine: Engine, record: ErrorRecord): void {
  if (record.logged) return;
  record.logged = true;
  engine.errors.unshift(record);
  if (engine.errors.length > KEPT) engine.errors.length = KEPT;
}

function preference(frame: Frame, name: string): Action {
  return actionOf(name, frame.scope.get(name) ?? "Continue");
}

/**
 * What becomes of an error that a statement threw: a `try` around it gets it, `throw` and Stop end the script,
 * otherwise it is reported and the next statement runs.
 */
export function recover(engine: Engine, error: unknown, frame: Frame, at: Position): Maybe<Completion> {
  if (isFlow(error)) throw error;
  const record = recordOf(error, at);
  engine.succeeded = false;
  const reach = error instanceof ScriptError ? error.reach : isStackOverflow(error) ? "script" : "statement";
  if (frame.caught > 0 || reach !== "statement")
    throw error instanceof ScriptError ? error : new ScriptError(record, reach);
  const action = preference(frame, "ErrorActionPreference");
  collect("errors", record, frame);
  if (action === "Stop") throw new ScriptError(record, "script");
  engine.failures += 1;
  if (action !== "Ignore") logError(engine, record);
  if (action === "SilentlyContinue" || action === "Ignore") return undefined;
  return after(frame.streams.error(record), () => {
    engine.succeeded = false;
    return undefined;
  });
}

/** Reports an error that does not end anything, unless the error action is Stop. */
export function report(
  engine: Engine,
  record: ErrorRecord,
  frame: Frame,
  at: Position | undefined,
  common: Common = {},
): Maybe<void> {
  record.position ??= at;
  const action = common.errorAction ?? preference(frame, "ErrorActionPreference");
  engine.failures += 1;
  engine.succeeded = false;
  if (common.errorVariable !== undefined) noteIn(common.errorVariable, record, frame);
  collect("errors", record, frame);
  if (action === "Stop") throw new ScriptError(record, "script");
  if (action === "Ignore") return undefined;
  logError(engine, record);
  return action === "SilentlyContinue" ? undefined : frame.streams.error(record);
}

const SWITCHES = { verbose: "VerbosePreference", debug: "DebugPreference", warning: "WarningPreference" } as const;

export function say(
  kind: "warning" | "verbose" | "debug",
  text: string,
  frame: Frame,
  common: Common = {},
): Maybe<void> {
  if (kind === "warning" && common.warningVariable !== undefined) noteIn(common.warningVariable, text, frame);
  if (kind === "warning") collect("warnings", text, frame);
  const own =
    kind === "warning"
      ? common.warningAction
      : common[kind] === undefined
        ? undefined
        : common[kind]
          ? "Continue"
          : "SilentlyContinue";
  const action = own ?? preference(frame, SWITCHES[kind]);
  if (action === "SilentlyContinue" || action === "Ignore") return undefined;
  return after(frame.streams[kind](text), () => {
    if (action === "Stop") throw stopped(kind, text);
  });
}

function stopped(kind: string, text: string): ScriptError {
  const record = toErrorRecord(
    new Error(
      `The running command stopped because the preference variable "${SWITCHES[kind === "warning" ? "warning" : "verbose"]}" or common parameter is set to Stop: ${toText(text)}`,
    ),
  );
  return new ScriptError(record, "script");
}
