import type { ManagedType, Ref } from "../../vim/index.ts";
import { asFault, fault, type HostFault, invalidState } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import { numberIn, taskRef } from "../state/id.ts";
import type { PendingWork, TaskRecord } from "../state/task-record.ts";
import type { Universe } from "../state/universe.ts";
import { free, requireIdle, takePlace } from "./locks.ts";
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
    if (request.operation.lock === "exclusive") requireIdle(this.#universe.state, request.id, request.entityName);
    return this.#universe.options.clock === "instant" ? this.#runAtOnce(request) : this.#enqueue(request);
  }

  #runAtOnce(request: Request): Ref<"Task"> {
    const { operation } = request;
    let number = 0;
    try {
      this.#universe.transact((tx) => {
        const task = taskOf(tx, request);
        number = task.id;
        const job = jobOf(task, request.args);
        operation.begin(tx, job);
        const result = operation.finish(tx, job);
        tx.putTask({ ...task, state: "success", started: tx.now, completed: tx.now, result });
      });
    } catch (error) {
      const failed = asFault(error);
      this.#universe.transact((tx) => {
        const task = taskOf(tx, request);
        number = task.id;
        tx.putTask({ ...task, ...failure(tx.now, failed), started: tx.now });
      });
    }
    return taskRef(number);
  }

  #enqueue(request: Request): Ref<"Task"> {
    return this.#universe.transact((tx) => {
      const work: PendingWork = { args: request.args, phases: [], phase: 0, due: 0 };
      const task = { ...taskOf(tx, request), work };
      tx.putTask(task);
      if (request.operation.lock === undefined || takePlace(tx, request.id, task.id)) this.#start(tx, task, work);
      return taskRef(task.id);
    });
  }

  /** Does what is due by now, in order of time, each phase in its own transaction. */
  runDue(): void {
    const universe = this.#universe;
    for (
      let due = universe.state.due.firstKey();
      due !== undefined && due <= universe.now;
      due = universe.state.due.firstKey()
    ) {
      const task = universe.state.tasks.get(universe.state.due.get(due)?.[0] ?? 0);
      if (task?.work) this.#step(task, task.work);
    }
  }

  #step(task: TaskRecord, work: PendingWork): void {
    try {
      this.#universe.transact((tx) => {
        unschedule(tx, work.due, task.id);
        const phase = work.phase + 1;
        const next = work.phases[phase];
        if (next) {
          const due = work.due + next.ms;
          const progress = Math.floor((100 * phase) / work.phases.length);
          tx.putTask({ ...task, progress, work: { ...work, phase, due } });
          schedule(tx, due, task.id);
        } else {
          const result = this.#operationOf(task).finish(tx, jobOf(task, work.args));
          this.#end(tx, task, { state: "success", completed: tx.now, progress: undefined, result });
        }
      });
    } catch (error) {
      this.#universe.transact((tx) => {
        unschedule(tx, work.due, task.id);
        this.#end(tx, task, failure(tx.now, asFault(error)));
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

  /** A task's turn has come: it may refuse, else its first phase begins. */
  #start(tx: Draft, task: TaskRecord, work: PendingWork): void {
    const job = jobOf(task, work.args);
    try {
      this.#operationOf(task).begin(tx, job);
    } catch (error) {
      this.#end(tx, task, { ...failure(tx.now, asFault(error)), started: tx.now });
      return;
    }
    const phases = this.#operationOf(task).phases(tx, job);
    const due = tx.now + (phases[0]?.ms ?? 0);
    tx.putTask({ ...task, state: "running", started: tx.now, progress: 0, work: { ...work, phases, due } });
    schedule(tx, due, task.id);
  }

  /** Ends a task and gives its place to the next one that waits for the same entity. */
  #end(tx: Draft, task: TaskRecord, how: Partial<TaskRecord>): void {
    tx.putTask({ ...task, ...how, work: undefined });
    if (this.#operationOf(task).lock === undefined) return;
    const next = tx.task(free(tx, numberIn(task.entity.value), task.id) ?? 0);
    if (next?.work) this.#start(tx, next, next.work);
  }

  #operationOf(task: TaskRecord): AnyOperation {
    return this.#operations(task.entity.type, task.method);
  }
}

const jobOf = (task: TaskRecord, args: Readonly<Record<string, unknown>>): Job => ({
  self: task.entity,
  id: numberIn(task.entity.value),
  args,
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

function taskOf(tx: Draft, request: Request): TaskRecord {
  const id = tx.nextTask++;
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
    queued: tx.now,
    started: undefined,
    completed: undefined,
    result: undefined,
    error: undefined,
    description: undefined,
    work: undefined,
  };
}

function schedule(tx: Draft, due: number, task: number): void {
  tx.due.set(due, [...(tx.due.get(due) ?? []), task]);
}

function unschedule(tx: Draft, due: number, task: number): void {
  const rest = (tx.due.get(due) ?? []).filter((other) => other !== task);
  if (rest.length > 0) tx.due.set(due, rest);
  else tx.due.delete(due);
}
