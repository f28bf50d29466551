import type { GuestProcess } from "./programs.ts";

const system = [
  [1, 0, "systemd", "/sbin/init", "root"],
  [412, 1, "systemd-networkd", "/lib/systemd/systemd-networkd", "systemd-network"],
  [431, 1, "vmtoolsd", "/usr/bin/vmtoolsd", "root"],
  [447, 1, "sshd", "/usr/sbin/sshd -D", "root"],
] as const;

/** The programs that a guest has from the start and that nobody started. */
export const systemPrograms = (booted: number): readonly GuestProcess[] =>
  system.map(([pid, parent, name, commandLine, owner]) => ({
    pid,
    parent,
    name,
    commandLine,
    owner,
    started: booted,
    ended: undefined,
    exitCode: undefined,
  }));
