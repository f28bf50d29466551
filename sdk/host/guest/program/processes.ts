import type { GuestSession } from "./guest-session.ts";
import type { GuestProcess } from "./programs.ts";
import { systemPrograms } from "./system-programs.ts";

/** The programs that run in a guest. */
export function programsRunning({
  machine,
  killed,
}: GuestSession): readonly Omit<GuestProcess, "ended" | "exitCode">[] {
  const own = (machine.guest.programs?.list ?? []).filter(
    ({ pid, script }) => script !== undefined && !killed.has(pid),
  );
  return [...systemPrograms(machine.booted), ...own.map((program) => ({ ...program, parent: 1 }))];
}
