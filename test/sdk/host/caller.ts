import { HostFault } from "../../../sdk/host/faults.ts";
import { Host } from "../../../sdk/host/host.ts";
import type { HostOptions } from "../../../sdk/host/options.ts";
import type { Connection } from "../../../sdk/host/session/connection.ts";
import { numberIn, refOf } from "../../../sdk/host/state/id.ts";
import type { Kind, RecordOf } from "../../../sdk/host/state/record.ts";
import type { TaskRecord } from "../../../sdk/host/state/task-record.ts";
import { isKind } from "../../../sdk/host/state/view.ts";
import type { Ref, vim } from "../../../sdk/vim/index.ts";

/** A fault as tests look at it: its data and its message. */
export type Fault = vim.MethodFault & { readonly message: string };

export const sessionManager = { type: "SessionManager", value: "SessionManager" } as const;
export const serviceInstance = { type: "ServiceInstance", value: "ServiceInstance" } as const;
export const authorizationManager = { type: "AuthorizationManager", value: "AuthorizationManager" } as const;
export const taskManager = { type: "TaskManager", value: "TaskManager" } as const;
export const eventManager = { type: "EventManager", value: "EventManager" } as const;

/** A client that calls whatever it likes, by wire names and without types. */
export class Caller {
  readonly host: Host;
  readonly connection: Connection;

  constructor(host: Host, loggedIn = true) {
    this.host = host;
    this.connection = host.connect({ loggedIn, userAgent: "test" });
  }

  static start(options: HostOptions = {}): Caller {
    return new Caller(Host.start({ seed: 1, ...options }));
  }

  get state() {
    return this.host.universe.state;
  }

  /** The fault is what may be wrong: the types of what is passed are not checked here. */
  call(self: unknown, method: unknown, args: unknown = {}, signal?: AbortSignal): unknown {
    return this.host.call(this.connection, self as Ref, method as string, args as Record<string, unknown>, signal);
  }

  /** The fault that a call ends with. Anything else that it ends with fails the test. */
  fault(self: unknown, method: unknown, args: unknown = {}): Fault {
    return faultOf(() => this.call(self, method, args));
  }

  /** What a task method comes to: its task, as the state has it. */
  task(self: unknown, method: string, args: unknown = {}): TaskRecord {
    return this.record(this.call(self, method, args));
  }

  /** A task, as the state has it now. */
  record(task: unknown): TaskRecord {
    const number = typeof task === "object" && task !== null && "value" in task ? numberIn(String(task.value)) : 0;
    const found = this.state.tasks.get(number);
    if (!found) throw new Error(`There is no task ${number}.`);
    return found;
  }

  find<K extends Kind>(kind: K, name: string): RecordOf<K> {
    for (const record of this.state.objects.values()) if (isKind(record, kind) && record.name === name) return record;
    throw new Error(`There is no ${kind} '${name}'.`);
  }

  ref<K extends Kind>(kind: K, name: string): Ref<K> {
    return refOf(this.find(kind, name)) as Ref<K>;
  }

  names(kind: Kind): string[] {
    return [...this.state.objects.values()].filter((record) => record.kind === kind).map(({ name }) => name);
  }

  close(): void {
    this.host.close();
  }
}

export function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (!(error instanceof HostFault)) throw error;
    return { ...error.fault, message: error.message };
  }
  throw new Error("There was no fault.");
}
