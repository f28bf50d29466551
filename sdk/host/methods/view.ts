import { type Handlers, sessionOf } from "../call.ts";
import { viewOf, wakeCollectors } from "../views/open.ts";

export const view: Handlers<"View"> = {
  DestroyView(call) {
    viewOf(call, call.self).close();
    sessionOf(call).objects.delete(call.self.value);
    wakeCollectors(call);
  },
};
