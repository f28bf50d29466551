import type { Handlers } from "../call.ts";
import { environmentLines, environmentOf } from "../guest/operations/environment.ts";
import { actInGuest, readInGuest } from "../guest/operations/in-guest.ts";
import { processInfo, startInGuest, terminateInGuest } from "../guest/operations/processes.ts";
import { programsOf } from "../guest/program/programs.ts";

export const guestProcessManager: Handlers<"GuestProcessManager"> = {
  StartProgramInGuest: ({ core }, { spec, ...asked }) =>
    actInGuest(core, asked, "StartProgramInGuest", (guest) => startInGuest(guest, guest.tx, spec)),

  ListProcessesInGuest: ({ core }, { pids = [], ...asked }) =>
    readInGuest(core, asked, "ListProcessesInGuest", ({ view, machine }) => {
      const wanted = new Set(pids);
      const all = programsOf(view, machine.id);
      return all.filter(({ pid }) => wanted.size === 0 || wanted.has(pid)).map(processInfo);
    }),

  TerminateProcessInGuest: ({ core }, { pid, ...asked }) =>
    actInGuest(core, asked, "TerminateProcessInGuest", (guest) => terminateInGuest(guest, guest.tx, pid)),

  ReadEnvironmentVariableInGuest: ({ core }, { names, ...asked }) =>
    readInGuest(core, asked, "ReadEnvironmentVariableInGuest", ({ files, account }) =>
      environmentLines(environmentOf(files, account), names),
    ),
};
