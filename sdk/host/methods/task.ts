import type { Ref } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { invalidState, notFound } from "../faults.ts";
import { requirePrivilege } from "../session/privileges.ts";
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
  /** Everybody may cancel what he started himself. */
  CancelTask(call) {
    const { core, self } = call;
    const session = sessionOf(call);
    core.universe.transact((tx) => {
      const task = taskOf(tx, self);
      if (task.user !== session.userName)
        requirePrivilege(tx, session, numberIn(task.entity.value), "Global.CancelTask");
      core.engine.cancel(tx, task);
    });
  },
  SetTaskDescription({ core, self }, { description }) {
    core.universe.transact((tx) => tx.putTask({ ...taskOf(tx, self), description }));
  },
  SetTaskState: refuseDriving,
  UpdateProgress: refuseDriving,
};
