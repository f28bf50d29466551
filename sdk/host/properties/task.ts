import type { vim } from "../../vim/index.ts";
import { taskRef } from "../state/id.ts";
import { escapeName } from "../state/name.ts";
import type { TaskRecord } from "../state/task-record.ts";
import type { View } from "../state/view.ts";
import { frozen } from "./frozen.ts";
import type { Table } from "./table.ts";
import { iso } from "./values.ts";

const managedEntities = new Set([
  "ClusterComputeResource",
  "ComputeResource",
  "Datacenter",
  "Datastore",
  "Folder",
  "HostSystem",
  "Network",
  "DistributedVirtualPortgroup",
  "VmwareDistributedVirtualSwitch",
  "ResourcePool",
  "VirtualMachine",
]);
const isEntity = (ref: { readonly type: string }): ref is NonNullable<vim.TaskInfo["entity"]> =>
  managedEntities.has(ref.type);

/** The vim25 view of a task. */
export function taskInfo(_view: Pick<View, "seed">, task: TaskRecord): vim.TaskInfo {
  return frozen({
    key: taskRef(task).value,
    task: taskRef(task),
    ...(task.description ? { description: task.description } : {}),
    name: task.method,
    descriptionId: task.descriptionId,
    ...(isEntity(task.entity) ? { entity: task.entity } : {}),
    entityName: escapeName(task.entityName),
    state: task.state,
    cancelled: task.cancelled,
    cancelable: task.cancelable,
    ...(task.error ? { error: task.error } : {}),
    ...(task.result === undefined || task.result === null ? {} : { result: task.result }),
    ...(task.progress === undefined ? {} : { progress: task.progress }),
    reason: { _typeName: "TaskReasonUser", userName: task.user },
    queueTime: iso(task.queued),
    ...(task.started === undefined ? {} : { startTime: iso(task.started) }),
    ...(task.completed === undefined ? {} : { completeTime: iso(task.completed) }),
    eventChainId: task.id,
  });
}

const none = () => [];

export const taskTable: Table<"Task", TaskRecord> = {
  info: (task, host) => taskInfo(host, task),
  value: none,
  availableField: none,
};
