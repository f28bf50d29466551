import { asFault, type HostFault } from "../../../../sdk/host/faults.ts";
import { Host } from "../../../../sdk/host/host.ts";
import type { HostOptions } from "../../../../sdk/host/options.ts";
import { numberIn, refOf } from "../../../../sdk/host/state/id.ts";
import type { MachineRecord } from "../../../../sdk/host/state/machine-record.ts";
import type { Kind, RecordOf } from "../../../../sdk/host/state/record.ts";
import type { EventRecord } from "../../../../sdk/host/state/task-record.ts";
import { isKind } from "../../../../sdk/host/state/view.ts";
import { freeBytes } from "../../../../sdk/host/storage/space.ts";
import type { Methods, Ref } from "../../../../sdk/vim/index.ts";

type Args<M extends keyof Methods<"VirtualMachine">> = Methods<"VirtualMachine">[M] extends { args: infer A }
  ? A
  : never;

/** A vCenter as tests of machines use it: calls by name, results and faults of tasks, figures. */
export class Vcenter {
  readonly host: Host;
  /** What happens while a task is under way, on a clock that does not run by itself. */
  meanwhile: ((task: Ref<"Task">) => void) | undefined;
  readonly #client;

  constructor(options: HostOptions | Host = {}) {
    this.host = options instanceof Host ? options : Host.start({ seed: 1, ...options });
    this.#client = this.host.connect({ loggedIn: true, userAgent: "test" });
  }

  /** A twin that goes its own way from here on. */
  twin(): Vcenter {
    return new Vcenter(this.host.fork());
  }

  get state() {
    return this.host.universe.state;
  }
  get pages() {
    return this.host.universe.pages;
  }
  get view() {
    return this.host.universe.view;
  }

  /** What a method answers; of a task, its result. Throws the fault of either. */
  call(self: Ref, method: string, args: object = {}): unknown {
    const answer = this.host.call(this.#client, self, method, { ...args });
    if (!isTask(answer)) return answer;
    this.meanwhile?.(answer);
    const task = this.state.tasks.get(numberIn(answer.value));
    if (task?.error) throw new TaskError(task.error.fault, task.error.localizedMessage ?? "");
    return task?.result;
  }

  /** Starts a task of a machine and does not ask how it ends. */
  start<M extends keyof Methods<"VirtualMachine">>(name: string, method: M, args: Args<M>): Ref<"Task"> {
    const answer = this.host.call(this.#client, refOf(this.machine(name)), method, Object(args));
    if (isTask(answer)) return answer;
    throw new Error(`${method} is no task.`);
  }

  /** A method of a machine. */
  vm<M extends keyof Methods<"VirtualMachine">>(name: string, method: M, args: Args<M>): unknown {
    return this.call(refOf(this.machine(name)), method, Object(args));
  }

  /** The fault that a method of a machine ends with. */
  fault<M extends keyof Methods<"VirtualMachine">>(name: string, method: M, args: Args<M>): Fault {
    return faultOf(() => this.vm(name, method, args));
  }

  find<K extends Kind>(kind: K, name: string): RecordOf<K> {
    for (const record of this.state.objects.values()) if (isKind(record, kind) && record.name === name) return record;
    throw new Error(`There is no ${kind} '${name}'.`);
  }

  machine(name: string): MachineRecord {
    return this.find("VirtualMachine", name);
  }

  ref<K extends Kind>(kind: K, name: string): Ref<RecordOf<K>["kind"]> {
    return refOf(this.find(kind, name));
  }

  instantClone(source: string, name: string, more: Partial<Args<"InstantClone_Task">["spec"]> = {}): MachineRecord {
    this.vm(source, "InstantClone_Task", { spec: { name, location: {}, ...more } });
    return this.machine(name);
  }

  /** Writes a machine's memory, or with a disk's key that disk (0: the first). */
  write(name: string, disk: number | undefined, at: number, bytes: Uint8Array | string): void {
    const data = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
    this.host.writeBytes(refOf(this.machine(name)), disk, at, data);
  }

  /** Reads text from a machine's memory, or from a disk. */
  text(name: string, disk: number | undefined, at: number, length: number): string {
    return new TextDecoder().decode(this.host.readBytes(refOf(this.machine(name)), disk, at, length));
  }

  /** The page store's figures of a machine's memory, or of its n-th disk. */
  figures(name: string, disk?: number) {
    const machine = this.machine(name);
    return this.pages.figures(disk === undefined ? machine.memory : (machine.disks[disk]?.space ?? 0));
  }

  events(): EventRecord[] {
    return [...this.state.events.values()];
  }

  free(datastore: string): number {
    return freeBytes(this.view, this.find("Datastore", datastore));
  }

  close(): void {
    this.host.close();
  }
}

export type Fault = Readonly<Record<string, unknown>> & { readonly _typeName?: string; readonly message: string };

/** The fault that a call ends with, which must fail. */
export function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof TaskError) return { ...error.fault, message: error.message };
    const known: HostFault = asFault(error);
    return { ...known.fault, message: known.message };
  }
  throw new Error("The call was expected to fail.");
}

class TaskError extends Error {
  readonly fault: object;
  constructor(fault: object, message: string) {
    super(message);
    this.fault = fault;
  }
}

const isTask = (value: unknown): value is Ref<"Task"> =>
  typeof value === "object" && value !== null && "type" in value && value.type === "Task";

/**
 * Everything that a call that fails must leave as it was: the state but for its tasks, its events' number and its time, and
 * every figure of the page store.
 */
export function everything({ state, pages }: Vcenter): unknown[] {
  const { objects, uuids, guests, bases, loose, unregistered, nextId, accounts, permissions, events } = state;
  return [
    objects,
    uuids,
    guests,
    bases,
    loose,
    unregistered,
    nextId,
    permissions,
    events,
    accounts.length,
    pages.unique,
    pages.bytes,
  ];
}

/** The fault of a call, which must leave everything as it was. */
export function refused<M extends keyof Methods<"VirtualMachine">>(
  vc: Vcenter,
  name: string,
  method: M,
  args: Args<M>,
): Fault {
  const before = everything(vc);
  const fault = vc.fault(name, method, args);
  const after = everything(vc);
  before.forEach((part, i) => {
    if (!Object.is(part, after[i])) throw new Error(`${method} failed and yet changed something (${i}).`);
  });
  return fault;
}
