import type { ExecResult, ResolvedCommandContext } from "just-bash";
import type { GuestSession } from "../guest-session.ts";
import { complain, done, say } from "../output.ts";

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** It takes its time on the host's clock: the script goes on when that is over. */
export function sleep(session: GuestSession, args: string[]): ExecResult {
  let ms = 0;
  for (const arg of args) {
    const [, number, unit = "s"] = /^(\d+\.?\d*|\.\d+)([smhd])?$/.exec(arg) ?? [];
    if (number === undefined) return complain(`sleep: invalid time interval '${arg}'`);
    ms += Number(number) * (units[unit] ?? 0);
  }
  if (args.length === 0) return complain("sleep: missing operand");
  const before = session.told.stop?.why === "sleep" ? session.told.stop.ms : 0;
  session.told.stop ??= { why: "sleep", ms: 0 };
  if (session.told.stop.why === "sleep") session.told.stop = { why: "sleep", ms: before + Math.round(ms) };
  return done();
}

/** The shell's own, told what the time is in the guest. */
export async function date(
  { now }: GuestSession,
  args: string[],
  { origCommand }: ResolvedCommandContext,
): Promise<ExecResult> {
  if (args.some((arg) => /^(-s|--set)/.test(arg))) return done();
  const given = args.some((arg) => /^(-d|--date|-r|--reference|-f)/.test(arg));
  const when = given ? args : ["-d", new Date(now).toISOString(), ...args];
  return origCommand ? origCommand(when) : complain("date: not there");
}

/** The clocks of the guest and of its machine are one here. */
export function hwclock({ now }: GuestSession, args: string[]): ExecResult {
  if (args.length > 0 && !args.includes("-r") && !args.includes("--show")) return done();
  return say(`${new Date(now).toISOString().replace("T", " ").replace("Z", "000+00:00")}\n`);
}

export function timedatectl({ now }: GuestSession, [verb = "status"]: string[]): ExecResult {
  if (verb !== "status") return done();
  return say(
    `               Local time: ${new Date(now).toUTCString()}\n                Time zone: Etc/UTC (UTC, +0000)\n`,
  );
}
