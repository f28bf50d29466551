import type { Ref } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { invalidArgument } from "../faults.ts";
import { Collector, collectorOf } from "../property/collector.ts";
import { retrieve } from "../property/retrieve.ts";
import { newId } from "../session/new-id.ts";

const collector = (call: Call<"PropertyCollector">) => collectorOf(call.core, sessionOf(call), call.self);

/** A number of objects: at least one. Without it there is no limit. */
function atLeastOne(value: number | undefined, path: string): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (value >= 1) return value;
  throw invalidArgument(path, `It must be 1 or more, not ${value}.`);
}

function secondsOf(value: number | undefined): number | undefined {
  if (value === undefined || value >= 0) return value;
  throw invalidArgument("options.maxWaitSeconds", `It must be 0 or more, not ${value}.`);
}

export const propertyCollector: Handlers<"PropertyCollector"> = {
  RetrieveProperties: ({ core, session }, { specSet }) => [...retrieve(core, session, specSet)],

  RetrievePropertiesEx(call, { specSet, options }) {
    const size = atLeastOne(options.maxObjects, "options.maxObjects");
    const contents = retrieve(call.core, call.session, specSet);
    if (call.session) return collector(call).pages.first(contents, size);
    const objects = [...contents];
    return objects.length > 0 ? { objects } : undefined;
  },

  ContinueRetrievePropertiesEx: (call, { token }) => collector(call).pages.next(token),

  CancelRetrievePropertiesEx: (call, { token }) => collector(call).pages.cancel(token),

  CreateFilter: (call, { spec, partialUpdates }) => collector(call).createFilter(spec, partialUpdates),

  CheckForUpdates: (call, { version }) => collector(call).updates(version ?? "", Number.POSITIVE_INFINITY),

  async WaitForUpdates(call, { version }) {
    const found = await collector(call).wait(version ?? "", Number.POSITIVE_INFINITY, undefined, call.signal);
    // Without a limit a wait ends with something to tell, or with a fault.
    return found ?? { version: version ?? "" };
  },

  WaitForUpdatesEx(call, { version, options }) {
    const most = atLeastOne(options?.maxObjectUpdates, "options.maxObjectUpdates");
    return collector(call).wait(version ?? "", most, secondsOf(options?.maxWaitSeconds), call.signal);
  },

  CancelWaitForUpdates: (call) => collector(call).cancelWait(),

  CreatePropertyCollector(call) {
    const session = sessionOf(call);
    const value = newId(session, "PropertyCollector");
    const ref: Ref<"PropertyCollector"> = Object.freeze({ type: "PropertyCollector", value });
    session.objects.set(value, new Collector(ref, call.core, session));
    return ref;
  },

  /** A session's own collector cannot go: it is emptied. */
  DestroyPropertyCollector(call) {
    collector(call).close();
    sessionOf(call).objects.delete(call.self.value);
  },
};
