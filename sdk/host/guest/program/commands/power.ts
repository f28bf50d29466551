import type { ExecResult } from "just-bash";
import type { GuestSession } from "../guest-session.ts";
import { complain, done } from "../output.ts";

export function powerOff(session: GuestSession): ExecResult {
  session.power = "off";
  session.told.stop = { why: "power" };
  return done();
}

export function reboot(session: GuestSession): ExecResult {
  session.power = "reset";
  session.told.stop = { why: "power" };
  return done();
}

/** At once, whatever time is given: nobody is to be warned. */
export function shutdown(session: GuestSession, args: string[]): ExecResult {
  if (args.includes("-c")) return done();
  return args.some((arg) => /^(-r|--reboot)$/.test(arg)) ? reboot(session) : powerOff(session);
}

export function init(session: GuestSession, [level = ""]: string[]): ExecResult {
  if (level === "0") return powerOff(session);
  return level === "6" ? reboot(session) : complain(`init: there is no runlevel '${level}' to go to`);
}
