import { toBoolean } from "../convert/to-boolean.ts";
import { toText } from "../convert/to-text.ts";
import { sameText } from "../operators/strings.ts";
import type { Value } from "../values/value.ts";
import { notValid } from "./problems.ts";

export const ACTIONS = ["SilentlyContinue", "Stop", "Continue", "Inquire", "Ignore", "Suspend", "Break"] as const;
export type Action = (typeof ACTIONS)[number];

/** The common parameters of one call. */
export interface Common {
  errorAction?: Action;
  warningAction?: Action;
  informationAction?: Action;
  progressAction?: Action;
  verbose?: boolean;
  debug?: boolean;
  whatIf?: boolean;
  confirm?: boolean;
  errorVariable?: string;
  warningVariable?: string;
  informationVariable?: string;
  outVariable?: string;
  outBuffer?: string;
  pipelineVariable?: string;
}

type ActionName = "errorAction" | "warningAction" | "informationAction" | "progressAction";
type SwitchName = "verbose" | "debug" | "whatIf" | "confirm";
type TextName =
  | "errorVariable"
  | "warningVariable"
  | "informationVariable"
  | "outVariable"
  | "outBuffer"
  | "pipelineVariable";

interface CommonParameter {
  readonly name: string;
  readonly alias: string;
  readonly isSwitch: boolean;
  readonly shouldProcess: boolean;
  set(common: Common, value: Value): void;
}

const action = (name: string, alias: string, key: ActionName): CommonParameter => ({
  name,
  alias,
  isSwitch: false,
  shouldProcess: false,
  set(common, value) {
    common[key] = actionOf(name, value);
  },
});
const toggle = (name: string, alias: string, key: SwitchName): CommonParameter => ({
  name,
  alias,
  isSwitch: true,
  shouldProcess: key === "whatIf" || key === "confirm",
  set(common, value) {
    common[key] = toBoolean(value);
  },
});
const text = (name: string, alias: string, key: TextName): CommonParameter => ({
  name,
  alias,
  isSwitch: false,
  shouldProcess: false,
  set(common, value) {
    common[key] = toText(value);
  },
});

export const COMMON_PARAMETERS: readonly CommonParameter[] = [
  action("ErrorAction", "ea", "errorAction"),
  action("WarningAction", "wa", "warningAction"),
  action("InformationAction", "infa", "informationAction"),
  action("ProgressAction", "proga", "progressAction"),
  toggle("Verbose", "vb", "verbose"),
  toggle("Debug", "db", "debug"),
  toggle("WhatIf", "wi", "whatIf"),
  toggle("Confirm", "cf", "confirm"),
  text("ErrorVariable", "ev", "errorVariable"),
  text("WarningVariable", "wv", "warningVariable"),
  text("InformationVariable", "iv", "informationVariable"),
  text("OutVariable", "ov", "outVariable"),
  text("OutBuffer", "ob", "outBuffer"),
  text("PipelineVariable", "pv", "pipelineVariable"),
];

export function actionOf(name: string, value: Value): Action {
  const wanted = toText(value);
  const byNumber =
    { "0": "SilentlyContinue", "1": "Stop", "2": "Continue", "3": "Inquire", "4": "Ignore" }[wanted] ?? wanted;
  const known = ACTIONS.find((candidate) => sameText(candidate, byNumber));
  if (known) return known;
  throw notValid(name, `The argument "${wanted}" does not belong to the set "${ACTIONS.join(",")}".`);
}
