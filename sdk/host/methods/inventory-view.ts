import { type Call, type Handlers, sessionOf } from "../call.ts";
import { readerOf } from "../property/reader.ts";
import { sessionObject } from "../session/sessions.ts";
import { InventoryView } from "../views/inventory-view.ts";
import { wakeCollectors } from "../views/open.ts";

const tree = (call: Call) => sessionObject(sessionOf(call), call.self, InventoryView);

export const inventoryView: Handlers<"InventoryView"> = {
  OpenInventoryViewFolder(call, { entity }) {
    const unknown = tree(call).open(entity, readerOf(call.core, call.session));
    wakeCollectors(call);
    return unknown;
  },

  CloseInventoryViewFolder(call, { entity }) {
    const unknown = tree(call).fold(entity, readerOf(call.core, call.session));
    wakeCollectors(call);
    return unknown;
  },
};
