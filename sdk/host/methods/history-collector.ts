import { type Handlers, sessionOf } from "../call.ts";
import { perSession } from "../history/open.ts";

export const historyCollector: Handlers<"HistoryCollector"> = {
  SetCollectorPageSize: (call, { maxCount }) => perSession(call).setPageSize(maxCount),
  RewindCollector: (call) => perSession(call).rewind(),
  ResetCollector: (call) => perSession(call).reset(),
  DestroyCollector(call) {
    perSession(call).close();
    sessionOf(call).objects.delete(call.self.value);
  },
};
