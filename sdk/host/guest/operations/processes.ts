import { vim } from "../../../vim/index.ts";
import { fault, invalidArgument } from "../../faults.ts";
import type { Draft } from "../../state/draft.ts";
import { GuestFileError } from "../files/guest-files.ts";
import { type GuestProcess, programsOf, startProgram, terminateProgram } from "../program/programs.ts";
import { isRoot } from "./account.ts";
import { environmentOf } from "./environment.ts";
import type { Guest } from "./in-guest.ts";
import { requirePath } from "./path.ts";

const iso = (time: number): string => new Date(time).toISOString();

/** A process as vSphere tells of it. */
export const processInfo = (program: GuestProcess): vim.GuestProcessInfo => ({
  name: program.name,
  pid: program.pid,
  owner: program.owner,
  cmdLine: program.commandLine,
  startTime: iso(program.started),
  ...(program.ended === undefined ? {} : { endTime: iso(program.ended) }),
  ...(program.exitCode === undefined ? {} : { exitCode: program.exitCode }),
});

/** Starts a program as somebody, who must be allowed to. What becomes of it, its process tells. */
export function startInGuest({ files, account, machine }: Guest, tx: Draft, spec: vim.GuestProgramSpec): number {
  if (vim.is(spec, "GuestWindowsProgramSpec"))
    throw invalidArgument("spec", "The guest is Linux: give a GuestProgramSpec.");
  const { programPath, workingDirectory, envVariables = [] } = spec;
  requirePath("spec.programPath", programPath);
  const program = files.stat(programPath);
  if (program.type === "directory") throw new GuestFileError("EISDIR", programPath, `${programPath} is a directory.`);
  if (!mayRun(program.mode))
    throw new GuestFileError("EACCES", programPath, `${programPath} is no program: its mode has no x.`);
  // Not every account has the home that its line promises: its programs then begin at the root, as a login's do.
  const home = files.exists(account.home) ? account.home : "/";
  const directory = workingDirectory || home;
  requirePath("spec.workingDirectory", directory);
  if (files.stat(directory).type !== "directory")
    throw new GuestFileError("ENOTDIR", directory, `${directory} is not a directory.`);
  for (const [i, variable] of envVariables.entries())
    if (!/^[A-Za-z_]\w*=[^\0]*$/.test(variable))
      throw invalidArgument(
        `spec.envVariables[${i}]`,
        `It must be NAME=value, not ${JSON.stringify(variable.slice(0, 60))}.`,
      );
  if (spec.arguments.includes("\0")) throw invalidArgument("spec.arguments", "There must be no NUL in arguments.");
  const usual = [...environmentOf(files, account)].map(([name, value]) => `${name}=${value}`);
  return startProgram(tx, machine.id, {
    programPath,
    arguments: spec.arguments,
    workingDirectory: directory,
    env: [...usual, ...envVariables],
    user: account,
  });
}

const mayRun = (mode: number): boolean => (mode & 0o111) !== 0;

/** Ends a program: one's own, or as root anybody's. */
export function terminateInGuest({ account, machine }: Guest, tx: Draft, pid: number): void {
  const found = programsOf(tx, machine.id).find((program) => program.pid === pid);
  if (!found || found.ended !== undefined)
    throw fault("GuestProcessNotFound", { pid }, `There is no process ${pid} in the guest of '${machine.name}'.`);
  if (!isRoot(account) && found.owner !== account.name)
    throw fault("GuestPermissionDenied", {}, `Process ${pid} is ${found.owner}'s: ${account.name} may not end it.`);
  terminateProgram(tx, machine.id, pid);
}
