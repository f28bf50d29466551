import type { Ref } from "../../vim/index.ts";
import type { Call, Handlers } from "../call.ts";
import { invalidState, notFound } from "../faults.ts";
import { numberIn } from "../state/id.ts";
import type { TaskRecord } from "../state/task-record.ts";
import type { View } from "../state/view.ts";

function taskOf(view: View, ref: Ref): TaskRecord {
  const task = view.task(numberIn(ref.value));
  if (task) return task;
  throw notFound(ref);
}

/** Changes a task that its owner drives by hand (an extension's), which ours never are. */
function refuseDriving({ core, self }: Call): never {
  const task = taskOf(core.universe.view, self);
  throw invalidState(
    `task-${task.id} is run by the vCenter itself: its state and progress cannot be set from outside.`,
  );
}

export const task: Handlers<"Task"> = {
  CancelTask({ core, self }) {
    core.universe.transact((tx) => core.engine.cancel(tx, taskOf(tx, self)));
  },
  SetTaskDescription({ core, self }, { description }) {
    core.universe.transact((tx) => tx.putTask({ ...taskOf(tx, self), description }));
  },
  SetTaskState: refuseDriving,
  UpdateProgress: refuseDriving,
};
