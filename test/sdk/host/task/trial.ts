import type { ClockKind } from "../../../../sdk/host/clock.ts";
import { PageStore } from "../../../../sdk/host/cow/page-store.ts";
import { invalidState } from "../../../../sdk/host/faults.ts";
import { emptyState } from "../../../../sdk/host/state/state.ts";
import type { TaskRecord } from "../../../../sdk/host/state/task-record.ts";
import { Universe } from "../../../../sdk/host/state/universe.ts";
import { TaskEngine } from "../../../../sdk/host/task/engine.ts";
import { nextDue } from "../../../../sdk/host/task/locks.ts";
import type { AnyOperation } from "../../../../sdk/host/task/operation.ts";
import type { Ref } from "../../../../sdk/vim/index.ts";

const refused = invalidState("refused");

/** A task engine with a universe of its own, and operations that do little but say that they did. */
export class Trial {
  readonly universe: Universe;
  readonly engine: TaskEngine;
  /** What the operations did, in order. */
  readonly log: string[] = [];
  /** Where they refuse to go on. */
  readonly refuse = new Set<"begin" | "finish">();
  readonly #operations: Readonly<Record<string, AnyOperation>>;

  constructor(clock: ClockKind, tasks = 100) {
    const options = { seed: 1, clock, logicalTime: true, retention: { tasks, events: 10 } };
    this.universe = new Universe(options, emptyState(1000, []), new PageStore());
    this.engine = new TaskEngine(this.universe, (_type, method) => this.#operation(method));
    this.#operations = {
      free: this.#declare("free"),
      exclusive: this.#declare("exclusive", { lock: "exclusive" }),
      queued: this.#declare("queued", { lock: "queued", cancelable: true }),
      brief: this.#declare("brief", { phases: () => [] }),
      indirect: this.#declare("indirect", { lock: "exclusive", keeps: () => 5 }),
      broken: this.#declare("broken", {
        finish() {
          throw new Error("our mistake");
        },
      }),
      aimless: this.#declare("aimless", {
        lock: "queued",
        phases() {
          throw new Error("no phases");
        },
      }),
    };
  }

  /** Asks for an operation on an object and answers the number of the task. */
  submit(method: string, entity = 5): number {
    const self: Ref<"VirtualMachine"> = { type: "VirtualMachine", value: `vm-${entity}` };
    const more = { method, descriptionId: method, entityName: `vm ${entity}`, args: {}, user: "me" };
    const task = this.engine.submit({ operation: this.#operation(method), self, id: entity, ...more });
    return Number(task.value.slice("task-".length));
  }

  advance(ms: number): void {
    const { universe } = this;
    const until = universe.now + ms;
    for (let next = nextDue(universe.state); next && next.due <= until; next = nextDue(universe.state)) {
      universe.setTime(next.due);
      this.engine.runDue();
    }
    universe.setTime(until);
  }

  task(id: number): TaskRecord {
    const found = this.universe.state.tasks.get(id);
    if (!found) throw new Error(`no task ${id}`);
    return found;
  }

  cancel(id: number): void {
    this.universe.transact((tx) => this.engine.cancel(tx, this.task(id)));
  }

  get states(): Readonly<Record<number, string>> {
    return Object.fromEntries([...this.universe.state.tasks.values()].map(({ id, state }) => [id, state]));
  }

  /** What the operations that succeeded left behind. */
  get done(): string[] {
    return [...this.universe.state.guests.entries()].map(([key]) => key).sort();
  }

  /** Whether nothing waits, for time or for a turn. */
  get idle(): boolean {
    return this.universe.state.due.size === 0 && this.universe.state.busy.size === 0;
  }

  close(): void {
    this.universe.close();
  }

  #operation(method: string): AnyOperation {
    const operation = this.#operations[method];
    if (!operation) throw new Error(`no operation ${method}`);
    return operation;
  }

  #declare(name: string, more: Partial<AnyOperation> = {}): AnyOperation {
    return {
      kind: "operation",
      lock: undefined,
      cancelable: false,
      keeps: (_view, job) => job.id,
      requires: () => [],
      phases: () => [
        { name: "one", ms: 10 },
        { name: "two", ms: 30 },
      ],
      begin: (_view, job) => {
        this.log.push(`${name} ${job.task} begins`);
        if (this.refuse.has("begin")) throw refused;
      },
      finish: (tx, job) => {
        tx.guests.set(`${name} ${job.task}`, job.id);
        if (this.refuse.has("finish")) throw refused;
        this.log.push(`${name} ${job.task} at ${tx.now}`);
        return `${name} done`;
      },
      ...more,
    };
  }
}
