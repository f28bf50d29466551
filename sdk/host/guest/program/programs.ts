import { fault, notFound } from "../../faults.ts";
import { indexPrograms } from "../../machine/guest.ts";
import type { Draft } from "../../state/draft.ts";
import type { GuestProgram, GuestPrograms } from "../../state/guest-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { View } from "../../state/view.ts";
import { settleProcesses } from "../memory/processes.ts";
import { firstPid } from "./first-pid.ts";
import { programText } from "./program-text.ts";
import { systemPrograms } from "./system-programs.ts";

/** What is to be started in a guest, and how. */
export interface ProgramSpec {
  /** An absolute path, as `/bin/sh`. */
  readonly programPath: string;
  /** As the guest's shell reads them: quotes, and redirections as `> /tmp/out 2>&1`, count. */
  readonly arguments: string;
  readonly workingDirectory?: string | undefined;
  /** As `NAME=value`. */
  readonly env?: readonly string[] | undefined;
  readonly user: { readonly name: string; readonly uid: number; readonly gid: number; readonly home: string };
}

/** A program as others see it. */
export type GuestProcess = Omit<GuestProgram, "script"> & { readonly parent: number };

/** How long one that has ended is still listed. vCenter tells of them for a while too. */
const remembered = 5 * 60_000;
const noPrograms: GuestPrograms = Object.freeze({ list: Object.freeze([]), next: firstPid });

/** Programs of a guest: those that its system runs, those that were started, and those of them that have ended of late. */
export function programsOf(view: View, id: number): readonly GuestProcess[] {
  const machine = machineNumbered(view, id);
  const own = (machine.guest.programs?.list ?? []).filter((program) => isListed(program, view.now));
  return [...systemPrograms(machine.booted), ...own.map(({ script: _, ...program }) => ({ ...program, parent: 1 }))];
}

/**
 * Starts a program and returns its number. It begins to run when the transaction is over. That the guest runs and has the program
 * is for the caller to check.
 */
export function startProgram(tx: Draft, id: number, spec: ProgramSpec): number {
  const machine = machineNumbered(tx, id);
  const { list, next } = machine.guest.programs ?? noPrograms;
  const commandLine = `"${spec.programPath}" ${spec.arguments}`.trimEnd();
  const program: GuestProgram = {
    pid: next,
    name: spec.programPath.slice(spec.programPath.lastIndexOf("/") + 1),
    commandLine,
    owner: spec.user.name,
    started: tx.now,
    ended: undefined,
    exitCode: undefined,
    script: programText(spec, commandLine),
  };
  const listed = list.filter((known) => isListed(known, tx.now));
  putPrograms(tx, machine, { list: [...listed, program], next: next + 1 });
  return next;
}

/** Ends a program, as SIGTERM does. Throws GuestProcessNotFound, or GuestPermissionDenied for one of the guest's system. */
export function terminateProgram(tx: Draft, id: number, pid: number): void {
  const machine = machineNumbered(tx, id);
  const programs = machine.guest.programs ?? noPrograms;
  const found = programs.list.find((program) => program.pid === pid && isListed(program, tx.now));
  if (!found) {
    if (systemPrograms(machine.booted).some((program) => program.pid === pid))
      throw fault("GuestPermissionDenied", {}, `Process ${pid} belongs to the guest's system: it is not to be ended.`);
    throw fault("GuestProcessNotFound", { pid }, `There is no process ${pid} in '${machine.name}'.`);
  }
  if (found.script !== undefined) endProgram(tx, id, pid, 128 + 15);
}

/** Ends a program with a status, if it is there. */
export function endProgram(tx: Draft, id: number, pid: number, exitCode: number): void {
  const machine = machineNumbered(tx, id);
  const { list, next } = machine.guest.programs ?? noPrograms;
  const after = list.map((program) =>
    program.pid === pid && program.script ? ended(program, tx.now, exitCode) : program,
  );
  putPrograms(tx, machine, { list: after, next });
}

/** A program that is over. */
export const ended = (program: GuestProgram, now: number, exitCode: number): GuestProgram => ({
  ...program,
  ended: now,
  exitCode,
  script: undefined,
});

const isListed = (program: GuestProgram, now: number): boolean =>
  program.ended === undefined || now - program.ended < remembered;

function putPrograms(tx: Draft, machine: MachineRecord, programs: GuestPrograms): void {
  const after = { ...machine, guest: { ...machine.guest, programs } };
  tx.put(after);
  indexPrograms(tx, after);
  settleProcesses(tx, after, 0);
}

function machineNumbered(view: View, id: number): MachineRecord {
  const found = view.object(id);
  if (found?.kind === "VirtualMachine") return found;
  throw notFound({ type: "VirtualMachine", value: `vm-${id}` });
}
