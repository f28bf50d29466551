import type { vim } from "../../vim/index.ts";
import { type Handlers, sessionOf } from "../call.ts";
import { invalidArgument } from "../faults.ts";
import { HistoryCollector } from "../history/collector.ts";
import { passesEvent } from "../history/filters.ts";
import { open, perSession } from "../history/open.ts";
import { resolve } from "../inventory/lookup.ts";
import { eventView } from "../properties/event.ts";
import { newChain, post } from "../state/event.ts";
import type { EventRecord } from "../state/task-record.ts";

export const eventManager: Handlers<"EventManager"> = {
  QueryEvents({ core }, { filter }) {
    const { view } = core.universe;
    const { maxCount = Number.POSITIVE_INFINITY } = filter;
    if (maxCount < 1) throw invalidArgument("filter.maxCount", `It must be 1 or more, not ${maxCount}.`);
    const found: EventRecord[] = [];
    for (const event of view.state.events.values()) if (passesEvent(view, filter, event)) found.push(event);
    return read(view, found.slice(Math.max(0, found.length - maxCount)));
  },

  CreateCollectorForEvents(call, { filter }) {
    const { universe } = call.core;
    const entries = {
      *from(key: number) {
        const { view } = universe;
        for (const entry of view.state.events.from(key)) if (passesEvent(view, filter, entry[1])) yield entry;
      },
    };
    const show = (event: EventRecord) => eventView(universe.view, event);
    return open(sessionOf(call), "EventHistoryCollector", (ref) => new HistoryCollector(ref, entries, filter, show));
  },

  LogUserEvent(call, { entity, msg }) {
    const session = sessionOf(call);
    call.core.universe.transact((tx) => {
      const target = resolve(tx, entity);
      const vm = target.kind === "VirtualMachine" ? { vm: target } : {};
      post(tx, { user: session.userName, chain: newChain(tx) }, "GeneralUserEvent", { ...vm, more: { message: msg } });
    });
  },
};

export const eventHistoryCollector: Handlers<"EventHistoryCollector"> = {
  ReadNextEvents: (call, { maxCount }) => read(call.core.universe.view, perSession<EventRecord>(call).next(maxCount)),
  ReadPreviousEvents: (call, { maxCount }) =>
    read(call.core.universe.view, perSession<EventRecord>(call).previous(maxCount)),
};

const read = (view: Parameters<typeof eventView>[0], events: readonly EventRecord[]): vim.Event[] =>
  events.map((event) => eventView(view, event));
