import type { Ref } from "../vim/index.ts";
import type { ManagedInfo } from "../vim/schema.ts";
import type { Core } from "./core.ts";
import { notFound } from "./faults.ts";
import { belongingsOf } from "./property/objects.ts";
import type { Session } from "./session/session.ts";
import { names, numberIn, taskRef } from "./state/id.ts";

/** What is in the inventory's table and not a ManagedEntity by the schema. */
const others: ReadonlySet<string> = new Set([
  "Network",
  "DistributedVirtualPortgroup",
  "Datastore",
  "VirtualMachineSnapshot",
]);

/**
 * The number of the inventory object that a call is made on, or that what it is made on belongs to; 0 for a task, a singleton and
 * what belongs to the session. Throws ManagedObjectNotFound when it is not there.
 */
export function locate(core: Core, session: Session | undefined, type: ManagedInfo, self: Ref): number {
  const { state } = core.universe;
  if (isInventory(type)) {
    const id = numberIn(self.value);
    const object = state.objects.get(id);
    if (object && names(self, object)) return id;
  } else if (type.name === "Task") {
    const number = numberIn(self.value);
    const task = state.tasks.get(number);
    if (task && self.value === taskRef(task).value) return 0;
  } else {
    const found = core.singletons.get(self.value) ?? session?.objects.get(self.value)?.ref;
    if (found && found.type === self.type) return 0;
    // What belongs to an object of the inventory and has no record of its own: a host's options, browsers of files.
    const owner = state.objects.get(numberIn(self.value));
    if (owner && belongingsOf(owner).some(({ type, value }) => type === self.type && value === self.value))
      return owner.id;
  }
  throw notFound(self);
}

function isInventory(type: ManagedInfo): boolean {
  if (others.has(type.name)) return true;
  let at: ManagedInfo | undefined = type;
  while (at && at.name !== "ManagedEntity") at = at.base;
  return at !== undefined;
}
