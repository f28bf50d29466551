import type { vim } from "../../vim/index.ts";
import { isSubtype } from "../../vim/schema.ts";
import { principalKey } from "../session/sessions.ts";
import { numberIn } from "../state/id.ts";
import type { EventRecord, TaskRecord } from "../state/task-record.ts";
import type { View } from "../state/view.ts";
import { during, type Scope, within } from "./within.ts";

const byUser = (
  filter: vim.EventFilterSpecByUsername | vim.TaskFilterSpecByUsername | undefined,
  user: string,
): boolean => {
  if (!filter) return true;
  if (filter.systemUser && user === "") return true;
  return (filter.userList ?? []).some((name) => principalKey(name) === user.toUpperCase());
};

/** A name that events are asked for by: a type or one above it, or the id of an EventEx, with or without `vim.event.`. */
const isOfType = (event: EventRecord, wanted: string): boolean => {
  if (event.eventTypeId !== undefined) return wanted === event.eventTypeId || wanted === event.type;
  return isSubtype(event.type, wanted.replace(/^vim\.event\./, ""));
};

/** vCenter puts every event in one of four categories, which the names of its types tell. */
function categoryOf({ type, more }: EventRecord): string {
  if (typeof more?.severity === "string") return more.severity;
  if (type === "GeneralUserEvent") return "user";
  if (/Error|Fail|Lost|Missing/.test(type)) return "error";
  return /Warning/.test(type) ? "warning" : "info";
}

/** What is about nothing in the inventory, such as a login, is the root folder's. */
const concerns = (view: View, scope: Scope, ids: readonly number[]): boolean =>
  ids.some((id) => id !== 0)
    ? ids.some((id) => within(view, scope, id))
    : scope.recursion !== "children" && view.object(numberIn(scope.entity.value))?.parent === 0;

/** Whether an event passes a filter. */
export function passesEvent(view: View, filter: vim.EventFilterSpec, event: EventRecord): boolean {
  const { entity, time, userName, eventChainId, eventTypeId, category } = filter;
  const types = [...(filter.type ?? []), ...(eventTypeId ?? [])];
  return (
    (eventChainId === undefined || event.chain === eventChainId) &&
    (types.length === 0 || types.some((wanted) => isOfType(event, wanted))) &&
    during(event.time, time?.beginTime, time?.endTime) &&
    (!category || category.length === 0 || category.includes(categoryOf(event))) &&
    byUser(userName, event.user) &&
    (!entity || concerns(view, entity, about(event)))
  );
}

/** The objects that an event is about: its machine and host, and what of a network it names. */
function about({ vm, host, more }: EventRecord): number[] {
  const net: unknown = more?.net;
  const dvs: unknown = more?.dvs;
  const found = [vm, host];
  if (typeof net === "object" && net !== null && "network" in net) found.push(numberOf(net.network));
  if (typeof dvs === "object" && dvs !== null && "dvs" in dvs) found.push(numberOf(dvs.dvs));
  return found;
}

const numberOf = (ref: unknown): number =>
  typeof ref === "object" && ref !== null && "value" in ref ? numberIn(String(ref.value)) : 0;

/** Whether a task passes a filter. */
export function passesTask(view: View, filter: vim.TaskFilterSpec, task: TaskRecord): boolean {
  const { entity, time, userName, state, eventChainId } = filter;
  const moments = { queuedTime: task.queued, startedTime: task.started, completedTime: task.completed };
  return (
    (!state || state.length === 0 || state.includes(task.state)) &&
    (!eventChainId || eventChainId.length === 0 || eventChainId.includes(task.id)) &&
    (!time || during(moments[time.timeType], time.beginTime, time.endTime)) &&
    byUser(userName, task.user) &&
    within(view, entity, numberIn(task.entity.value))
  );
}
