import type { Ref } from "../../vim/index.ts";
import type { Core } from "../core.ts";
import { esxTaskId, isEsx } from "../state/esx-id.ts";
import { idOf, refOf, taskRef } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { TaskRecord } from "../state/task-record.ts";

/**
 * Puts the task on record by which a machine was opened to a client. It is finished when the lease is ready: the lease itself is
 * no part of the state, and a task that waits for it would wait for ever in a twin.
 */
export function noteTask(core: Core, user: string, machine: MachineRecord, method: string): Ref<"Task"> {
  return core.universe.transact((tx) => {
    const id = tx.nextTask++;
    const task: TaskRecord = {
      id,
      ...(isEsx(tx) ? { moid: esxTaskId(idOf(machine), `VirtualMachine.${method}`, id) } : {}),
      descriptionId: method,
      method,
      entity: refOf(machine),
      entityName: machine.name,
      state: "success",
      progress: undefined,
      cancelable: false,
      cancelled: false,
      user,
      queued: tx.now,
      started: tx.now,
      completed: tx.now,
      result: undefined,
      error: undefined,
      description: undefined,
      work: undefined,
    };
    tx.putTask(task);
    return taskRef(task);
  });
}
