import { type Call, type Handlers, sessionOf } from "../call.ts";
import { sessionObject } from "../session/sessions.ts";
import { ListView } from "../views/list-view.ts";
import { viewOf, wakeCollectors } from "../views/open.ts";

const list = (call: Call) => sessionObject(sessionOf(call), call.self, ListView);

export const listView: Handlers<"ListView"> = {
  ModifyListView(call, { add, remove }) {
    const unknown = list(call).modify(add ?? [], remove ?? []);
    wakeCollectors(call);
    return unknown;
  },

  ResetListView(call, { obj }) {
    const unknown = list(call).reset(obj ?? []);
    wakeCollectors(call);
    return unknown;
  },

  ResetListViewFromView(call, { view }) {
    list(call).copy(viewOf(call, view));
    wakeCollectors(call);
  },
};
