import { alarm, nextTurn } from "../../clock.ts";
import { HostFault } from "../../faults.ts";
import { hasPrograms } from "../../machine/guest.ts";
import { askForSpace, questionOf } from "../../machine/question.ts";
import type { Commit } from "../../state/draft.ts";
import type { GuestProgram } from "../../state/guest-record.ts";
import type { MachineRecord } from "../../state/machine-record.ts";
import type { Universe } from "../../state/universe.ts";
import { type GuestFiles, type OpenGuestFiles, openGuestFiles } from "../files/guest-files.ts";
import { accountNamed } from "../operations/account.ts";
import { filesAs } from "../operations/files-as.ts";
import { commit } from "./commit.ts";
import { GuestSession } from "./guest-session.ts";
import { GuestShell, justBash, type Outcome } from "./guest-shell.ts";
import { endProgram } from "./programs.ts";
import { afterSleep, isParked } from "./sleep.ts";

/** The exit status of what a system cannot run. */
const cannotRun = 126;

/** A program that is under way, from one of its stops to the next. */
interface Job {
  readonly machine: MachineRecord;
  readonly program: GuestProgram;
  readonly abort: AbortController;
}

/** The guest's files as the account that a program runs as may use them. */
function ownFiles(files: GuestFiles, { owner }: GuestProgram): GuestFiles {
  const account = owner === "root" ? undefined : accountNamed(files, owner);
  return account ? filesAs(files, account) : files;
}

/**
 * Runs the programs of all guests of one host. It is outside of the state: what a program does between two of its stops becomes true
 * in one transaction, if by then the machine is still what it was; else the program does it again from its last stop, or not at all.
 * So a host can be forked or put back, and a machine destroyed, at any moment.
 */
export class ProgramRunner {
  readonly #universe: Universe;
  readonly #jobs = new Set<Job>();
  readonly #shells: GuestShell[] = [];
  readonly #alarm = alarm();
  readonly #waiting: (() => void)[] = [];
  /** Machines that may have something to run. */
  readonly #ready = new Set<number>();
  /** Machines that somebody else than their programs has changed: what waits there may look again. */
  readonly #changed = new Set<number>();
  #keeping = false;
  #running = false;
  #closed = false;

  constructor(universe: Universe) {
    this.#universe = universe;
    universe.listen((commit) => this.#heed(commit));
    this.wake();
  }

  /** Looks at all programs: some may have slept long enough. */
  wake(): void {
    for (const id of this.#universe.state.programs.keys()) this.#ready.add(id);
    this.#start();
  }

  /** Resolves when no program has anything to do; those that sleep have nothing. */
  async idle(): Promise<void> {
    if (this.#closed || (this.#ready.size === 0 && this.#jobs.size === 0 && !this.#running)) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.#closed = true;
    this.#alarm.set(undefined, () => {});
    this.#ready.clear();
    for (const { abort } of this.#jobs) abort.abort();
    this.#settle();
  }

  #heed({ touched, state, restored }: Commit): void {
    // A restored state may have other programs on machines that are as they were.
    if (restored) for (const id of state.programs.keys()) this.#ready.add(id);
    // The bytes that jobs of before read are gone with the state of before.
    for (const { machine, abort } of this.#jobs) if (restored || touched.has(machine.id)) abort.abort();
    for (const id of touched) {
      if (state.programs.size === 0 || !state.programs.has(id)) continue;
      this.#ready.add(id);
      if (!this.#keeping) this.#changed.add(id);
    }
    if (this.#ready.size > 0) this.#start();
  }

  #start(): void {
    if (this.#running || this.#closed || this.#ready.size === 0) return;
    this.#running = true;
    void this.#run();
  }

  /** One program after the other; one that takes long is left to itself. */
  async #run(): Promise<void> {
    const grammar = await justBash();
    for (let count = 1; !this.#closed; count++) {
      const job = this.#take();
      if (!job) break;
      const shell = this.#shells.pop() ?? new GuestShell(grammar, (await import("./commands/index.ts")).commands);
      let released = () => {};
      const long = new Promise<void>((resolve) => {
        released = resolve;
      });
      const work = this.#work(job, shell, released);
      await Promise.race([work, long]);
      if (count % 8 === 0) await nextTurn();
    }
    this.#running = false;
    this.#settle();
  }

  /** The next program that can go on. */
  #take(): Job | undefined {
    const { view } = this.#universe;
    let soonest: number | undefined;
    for (const id of this.#ready) {
      const machine = view.object(id);
      if (machine?.kind !== "VirtualMachine" || !hasPrograms(machine) || questionOf(machine)) {
        this.#ready.delete(id);
        continue;
      }
      const underWay = new Set(
        [...this.#jobs].filter((job) => job.machine.id === id).map(({ program }) => program.pid),
      );
      const list = (machine.guest.programs?.list ?? []).filter(({ pid, script }) => script && !underWay.has(pid));
      const looks = this.#changed.delete(id);
      const program = list.find(
        ({ script }) => script && ((script.wakes ?? 0) <= view.now || (looks && isParked(script))),
      );
      if (program) {
        const job = { machine, program, abort: new AbortController() };
        this.#jobs.add(job);
        return job;
      }
      this.#ready.delete(id);
      for (const { script } of list) soonest = Math.min(soonest ?? Number.POSITIVE_INFINITY, script?.wakes ?? 0);
    }
    if (soonest !== undefined) this.#sleepUntil(soonest);
    return undefined;
  }

  /** On a real clock programs are woken; on the others time passes only when somebody says so. */
  #sleepUntil(time: number): void {
    if (this.#universe.options.clock === "real") this.#alarm.set(time, () => this.wake());
  }

  async #work(job: Job, shell: GuestShell, long: () => void): Promise<void> {
    const { machine } = job;
    try {
      await this.#step(job, shell, long);
    } catch {
      // The machine changed hands meanwhile: whatever failed, failed on what is no more.
      if (!job.abort.signal.aborted && !this.#closed) this.#fail(job);
    } finally {
      this.#shells.push(shell);
      this.#jobs.delete(job);
      if (this.#universe.state.programs.has(machine.id)) this.#ready.add(machine.id);
      long();
      this.#start();
      this.#settle();
    }
  }

  async #step(job: Job, shell: GuestShell, long: () => void): Promise<void> {
    const { machine, program, abort } = job;
    const { script } = program;
    if (!script) return;
    const universe = this.#universe;
    let open: OpenGuestFiles | undefined;
    try {
      const { view } = universe;
      open = openGuestFiles(view, machine);
      const session = new GuestSession(view, machine, program, ownFiles(open.files, program), long);
      const outcome = await shell.run(session, script, abort.signal);
      if (abort.signal.aborted || this.#closed) return;
      this.#jobs.delete(job);
      this.#keep(session, afterSleep(outcome, script, universe.options.clock), open);
    } finally {
      open?.close();
    }
  }

  #keep(session: GuestSession, outcome: Outcome, open: OpenGuestFiles): void {
    const { id } = session.machine;
    const pages = open.pages();
    this.#keeping = true;
    try {
      this.#universe.transact((tx) => commit(tx, session, outcome, pages));
    } catch (error) {
      // What needs room does not go on before there is some: the machine asks for it, and the program is where it was.
      if (error instanceof HostFault && error.fault._typeName === "NoDiskSpace") {
        this.#universe.transact((tx) => askForSpace(tx, id, error));
        return;
      }
      throw error;
    } finally {
      this.#keeping = false;
    }
  }

  /** What it wrote is lost, as it is when a disk fails, and it ends. */
  #fail({ machine, program }: Job): void {
    this.#universe.transact((tx) => endProgram(tx, machine.id, program.pid, cannotRun));
  }

  #settle(): void {
    if (!this.#closed && (this.#running || this.#jobs.size > 0 || this.#ready.size > 0)) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
