import type { Ref } from "../../vim/index.ts";
import { type Call, type Handlers, sessionOf } from "../call.ts";
import { resolve } from "../inventory/lookup.ts";
import { newId } from "../session/new-id.ts";
import { ContainerView } from "../views/container-view.ts";
import { InventoryView } from "../views/inventory-view.ts";
import { ListView } from "../views/list-view.ts";
import type { ManagedObjectView } from "../views/managed-object-view.ts";
import { viewOf } from "../views/open.ts";

/** Adds a view to the session. */
function keep<V extends ManagedObjectView>(call: Call, view: V): V {
  sessionOf(call).objects.set(view.ref.value, view);
  return view;
}

function list(call: Call): { readonly ref: Ref<"ListView">; readonly view: ListView } {
  const session = sessionOf(call);
  const ref: Ref<"ListView"> = Object.freeze({ type: "ListView", value: newId(session, "ListView") });
  return { ref, view: keep(call, new ListView(ref, call.core, session)) };
}

export const viewManager: Handlers<"ViewManager"> = {
  CreateContainerView(call, { container, type, recursive }) {
    const session = sessionOf(call);
    resolve(call.core.universe.view, container);
    const value = newId(session, "ContainerView");
    const ref: Ref<"ContainerView"> = Object.freeze({ type: "ContainerView", value });
    keep(call, new ContainerView(ref, call.core, session, { container, type: type ?? [], recursive }));
    return ref;
  },

  /** References that name nothing are left out, as in a list that is changed later. */
  CreateListView(call, { obj }) {
    const { ref, view } = list(call);
    view.reset(obj ?? []);
    return ref;
  },

  CreateListViewFromView(call, { view: source }) {
    const copied = viewOf(call, source);
    const { ref, view } = list(call);
    view.copy(copied);
    return ref;
  },

  CreateInventoryView(call) {
    const session = sessionOf(call);
    const value = newId(session, "InventoryView");
    const ref: Ref<"InventoryView"> = Object.freeze({ type: "InventoryView", value });
    keep(call, new InventoryView(ref, call.core, session));
    return ref;
  },
};
