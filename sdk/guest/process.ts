import type { vim } from "../vim/index.ts";

/** A process of a guest: one that runs, or has ended a short while ago. */
export interface GuestProcess {
  readonly pid: number;
  readonly name: string;
  /** Name of the account. */
  readonly owner: string;
  readonly commandLine: string;
  /** ISO 8601. */
  readonly started: string;
  /** Undefined while it runs. */
  readonly ended: string | undefined;
  readonly exitCode: number | undefined;
}

export const guestProcess = (info: vim.GuestProcessInfo): GuestProcess =>
  Object.freeze({
    pid: Number(info.pid),
    name: info.name,
    owner: info.owner,
    commandLine: info.cmdLine,
    started: info.startTime,
    ended: info.endTime,
    exitCode: info.exitCode,
  });
