import { type Handlers, sessionOf } from "../call.ts";
import { HistoryCollector } from "../history/collector.ts";
import { passesTask } from "../history/filters.ts";
import { open, perSession } from "../history/open.ts";
import { taskInfo } from "../properties/task.ts";
import type { TaskRecord } from "../state/task-record.ts";

export const taskManager: Handlers<"TaskManager"> = {
  CreateCollectorForTasks(call, { filter }) {
    const { universe } = call.core;
    const entries = {
      *from(key: number) {
        const { view } = universe;
        for (const entry of view.state.tasks.from(key)) if (passesTask(view, filter, entry[1])) yield entry;
      },
    };
    const show = (task: TaskRecord) => taskInfo(universe.view, task);
    return open(sessionOf(call), "TaskHistoryCollector", (ref) => new HistoryCollector(ref, entries, filter, show));
  },
};

export const taskHistoryCollector: Handlers<"TaskHistoryCollector"> = {
  ReadNextTasks: (call, { maxCount }) =>
    perSession<TaskRecord>(call)
      .next(maxCount)
      .map((task) => taskInfo(call.core.universe.view, task)),
  ReadPreviousTasks: (call, { maxCount }) =>
    perSession<TaskRecord>(call)
      .previous(maxCount)
      .map((task) => taskInfo(call.core.universe.view, task)),
};
