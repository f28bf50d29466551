import { VsphereError } from "../errors.ts";
import type { Guest } from "../objects/guest.ts";
import type { ProgressOptions } from "../progress.ts";
import type { vim } from "../vim/index.ts";
import { pause } from "./pause.ts";

/** How a program is started. */
export interface StartOptions extends ProgressOptions {
  /** Where it begins. Default: the account's home. */
  readonly cwd?: string | undefined;
  /** Variables besides the account's own. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** How a program is run to its end. */
export interface RunOptions extends StartOptions {
  /** What it writes to standard error comes with its standard output, in order. */
  readonly merge?: boolean | undefined;
}

/** What came of a program. */
export interface RunResult {
  readonly pid: number;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A text as one word of the guest's shell. */
const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** What StartProgramInGuest takes. A program without its path is looked for by the guest's shell. */
export function programSpec(
  program: string,
  args: readonly string[],
  { cwd, env }: StartOptions,
  redirection = "",
): vim.GuestProgramSpec {
  const words = args.map(shellWord).join(" ");
  const line = { programPath: program, arguments: `${words}${redirection}`.trimStart() };
  const shell = {
    programPath: "/bin/sh",
    arguments: `-c ${shellWord([program, ...args].map(shellWord).join(" "))}${redirection}`,
  };
  return {
    ...(program.startsWith("/") ? line : shell),
    ...(cwd === undefined ? {} : { workingDirectory: cwd }),
    ...(env === undefined ? {} : { envVariables: Object.entries(env).map(([name, value]) => `${name}=${value}`) }),
  };
}

/** Programs are asked about at once, and then ever less often, up to every so many milliseconds. */
const rarest = 500;

/**
 * Runs a program to its end. vSphere has no call that gives a program's output: it is led into files, which are read and deleted,
 * as Invoke-VMScript does.
 */
export async function runToEnd(
  guest: Guest,
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<RunResult> {
  const { signal, merge = false } = options;
  const directory = await guest.temporaryDirectory({ prefix: "fargo-", signal });
  const [out, err] = [`${directory}/out`, `${directory}/err`];
  let pid: number | undefined;
  let over = false;
  try {
    pid = await guest.start(program, args, { ...options, redirection: ` > ${out} 2>${merge ? "&1" : ` ${err}`}` });
    const exitCode = await exitCodeOf(guest, pid, program, options);
    over = true;
    const text = async (path: string) => new TextDecoder().decode(await guest.readFile(path, { signal }));
    return { pid, exitCode, stdout: await text(out), stderr: merge ? "" : await text(err) };
  } finally {
    // What is left behind must not hide why: a guest that froze or was powered off answers nothing any more.
    if (pid !== undefined && !over) await guest.kill(pid).catch(() => {});
    await guest.remove(directory, { recursive: true }).catch(() => {});
  }
}

async function exitCodeOf(guest: Guest, pid: number, program: string, options: StartOptions): Promise<number> {
  const { signal, onProgress } = options;
  const activity = `Running ${program}`;
  for (let wait = 0; ; wait = Math.min(rarest, wait * 1.5 + 1)) {
    const [found] = await guest.processes({ pids: [pid], signal });
    if (!found) {
      throw new VsphereError(
        "GuestProcessNotFound",
        `${program} (process ${pid}) is not known any more: was the guest started anew?`,
      );
    }
    if (found.ended !== undefined) {
      onProgress?.({ activity, done: 1, total: 1, failed: found.exitCode === 0 ? 0 : 1 });
      return found.exitCode ?? 0;
    }
    onProgress?.({ activity, done: 0, total: 1, failed: 0 });
    await pause(wait, signal, activity);
  }
}
