import type { ManagedType, Ref } from "../../vim/index.ts";
import { asFault, fault, type HostFault, invalidState } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { esxTaskId, isEsx } from "../state/esx-id.ts";
import { numberIn, taskRef } from "../state/id.ts";
import type { PendingWork, TaskRecord } from "../state/task-record.ts";
import type { Universe } from "../state/universe.ts";
import { free, nextDue, requireIdle, schedule, takePlace, unschedule } from "./locks.ts";
import type { AnyOperation, Job } from "./operation.ts";

/** What a door asks for: an operation by name, on an object, with checked arguments. */
export interface Request {
  readonly operation: AnyOperation;
  readonly method: string;
  readonly descriptionId: string;
  readonly self: Ref;
  readonly id: number;
  readonly entityName: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly user: string;
}

/** Finds the operation again by what the state remembers of a waiting task. */
export type Operations = (type: ManagedType, method: string) => AnyOperation;

/** Runs operations as tasks, on whatever clock the universe has. */
export class TaskEngine {
  readonly #universe: Universe;
  readonly #operations: Operations;

  constructor(universe: Universe, operations: Operations) {
    this.#universe = universe;
    this.#operations = operations;
  }

  /** Starts an operation and returns its task, finished already where the clock is instant. */
  submit(request: Request): Ref<"Task"> {
    const universe = this.#universe;
    const { operation } = request;
    const fresh = taskOf(universe.state.nextTask, universe.now, request);
    const task = isEsx(universe.view)
      ? { ...fresh, moid: esxTaskId(request.self.value, request.descriptionId, fresh.id) }
      : fresh;
    const place = operation.lock === undefined ? 0 : operation.keeps(universe.view, jobOf(task));
    if (operation.lock === "exclusive") requireIdle(universe.state, place);
    if (universe.options.clock === "instant") this.#runAtOnce(task, operation);
    else this.#enqueue({ ...task, work: { args: request.args, place, phases: [], phase: 0, due: 0 } }, place);
    return taskRef(task);
  }

  #runAtOnce(task: TaskRecord, operation: AnyOperation): void {
    const job = jobOf(task);
    try {
      this.#universe.transact((tx) => {
        tx.nextTask++;
        operation.begin(tx, job);
        const result = operation.finish(tx, job);
        tx.putTask({ ...task, state: "success", started: tx.now, completed: tx.now, result, work: undefined });
      });
    } catch (error) {
      const failed = asFault(error);
      this.#universe.transact((tx) => {
        tx.nextTask++;
        tx.putTask({ ...task, ...failure(tx.now, failed), started: tx.now, work: undefined });
      });
    }
  }

  #enqueue(task: TaskRecord, place: number): void {
    this.#universe.transact((tx) => {
      tx.nextTask++;
      tx.putTask(task);
      const itsTurn = place === 0 || takePlace(tx, place, task.id);
      if (itsTurn && !this.#begin(tx, task)) this.#passOn(tx, task);
    });
  }

  /** Does what is due by now, in order of time, each phase in its own transaction. */
  runDue(): void {
    const universe = this.#universe;
    for (let next = nextDue(universe.state); next && next.due <= universe.now; next = nextDue(universe.state))
      this.#step(next.task, next.due);
  }

  /** Ends the phase of a task that is due, and with the last one does its work. */
  #step(id: number, due: number): void {
    const universe = this.#universe;
    try {
      universe.transact((tx) => {
        unschedule(tx, due, id);
        const task = tx.task(id);
        if (!task?.work) return;
        const phase = task.work.phase + 1;
        if (phase < task.work.phases.length) {
          this.#wait(tx, { ...task, work: { ...task.work, phase } }, due);
        } else {
          const result = this.#operationOf(task).finish(tx, jobOf(task));
          this.#end(tx, task, { state: "success", completed: tx.now, progress: undefined, result });
        }
      });
    } catch (error) {
      const failed = asFault(error);
      universe.transact((tx) => {
        unschedule(tx, due, id);
        const task = tx.task(id);
        if (task?.work) this.#end(tx, task, failure(tx.now, failed));
      });
    }
  }

  /** Cancels a task that allows it: what was asked is forgotten, nothing of it was done yet. */
  cancel(tx: Draft, task: TaskRecord): void {
    if (!task.work) throw invalidState(`The task task-${task.id} has finished already: there is nothing to cancel.`);
    if (!task.cancelable) throw fault("NotSupported", {}, `The task ${task.descriptionId} cannot be canceled.`);
    if (task.state === "running") unschedule(tx, task.work.due, task.id);
    const canceled = fault("RequestCanceled", {}, "The task was canceled by a user.");
    this.#end(tx, task, { ...failure(tx.now, canceled), cancelled: true });
  }

  #end(tx: Draft, task: TaskRecord, how: Partial<TaskRecord>): void {
    tx.putTask({ ...task, ...how, work: undefined });
    this.#passOn(tx, task);
  }

  /** Gives the place of a task that has ended to the next one in line that does not refuse to start. */
  #passOn(tx: Draft, ended: TaskRecord): void {
    const place = ended.work?.place ?? 0;
    // A loop: there may be thousands in line that all refuse for the same reason.
    for (let last = ended.id; place !== 0; ) {
      const next = tx.task(free(tx, place, last) ?? 0);
      if (!next || this.#begin(tx, next)) return;
      last = next.id;
    }
  }

  /** A task's turn has come: its first phase begins, unless it refuses, which ends it. */
  #begin(tx: Draft, task: TaskRecord): boolean {
    const operation = this.#operationOf(task);
    const job = jobOf(task);
    let phases: PendingWork["phases"];
    try {
      operation.begin(tx, job);
      phases = this.#givenPhases(task.method) ?? operation.phases(tx, job);
    } catch (error) {
      tx.putTask({ ...task, ...failure(tx.now, asFault(error)), started: tx.now, work: undefined });
      return false;
    }
    const work: PendingWork = { args: job.args, place: task.work?.place ?? 0, phases, phase: 0, due: 0 };
    this.#wait(tx, { ...task, state: "running", started: tx.now, work }, tx.now);
    return true;
  }

  /** Puts a running task down for the end of its phase, which begins at a moment. */
  #wait(tx: Draft, task: TaskRecord & { readonly work: PendingWork }, from: number): void {
    const { phases, phase } = task.work;
    const due = from + (phases[phase]?.ms ?? 0);
    const progress = phases.length === 0 ? 0 : Math.floor((100 * phase) / phases.length);
    tx.putTask({ ...task, progress, work: { ...task.work, due } });
    schedule(tx, due, task.id);
  }

  /** The one phase of tasks whose time was given. */
  #givenPhases(method: string): PendingWork["phases"] | undefined {
    const { taskTimes } = this.#universe.options;
    const ms = taskTimes?.get(method.toLowerCase()) ?? taskTimes?.get("*");
    return ms === undefined ? undefined : [{ name: "all", ms }];
  }

  #operationOf(task: TaskRecord): AnyOperation {
    return this.#operations(task.entity.type, task.method);
  }
}

const jobOf = (task: TaskRecord): Job => ({
  self: task.entity,
  id: numberIn(task.entity.value),
  args: task.work?.args ?? {},
  user: task.user,
  task: task.id,
  chain: task.id,
});

const failure = (now: number, error: HostFault): Partial<TaskRecord> => ({
  state: "error",
  completed: now,
  progress: undefined,
  error: error.localized,
});

function taskOf(id: number, now: number, request: Request): TaskRecord {
  return {
    id,
    descriptionId: request.descriptionId,
    method: request.method,
    entity: request.self,
    entityName: request.entityName,
    state: "queued",
    progress: undefined,
    cancelable: request.operation.cancelable,
    cancelled: false,
    user: request.user,
    queued: now,
    started: undefined,
    completed: undefined,
    result: undefined,
    error: undefined,
    description: undefined,
    work: { args: request.args, place: 0, phases: [], phase: 0, due: 0 },
  };
}
