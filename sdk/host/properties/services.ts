import type { Ref, vim } from "../../vim/index.ts";
import { guestManagers, serviceContent } from "../content.ts";
import { taskRef } from "../state/id.ts";
import { linked, type Reader } from "./derivation.ts";
import { eventView } from "./event.ts";
import type { Table } from "./table.ts";
import { iso } from "./values.ts";

/** vCenter's limit of history collectors in a session. */
const maxCollector = 32;
/** How many tasks count as recent. */
const recent = 200;

const described = (key: string): vim.ElementDescription => ({
  _typeName: "ElementDescription",
  key,
  label: key,
  summary: key,
});

const capability: vim.Capability = Object.freeze({
  provisioningSupported: true,
  multiHostSupported: true,
  userShellAccessSupported: false,
  networkBackupAndRestoreSupported: false,
});

export const serviceInstance: Table<"ServiceInstance", Ref> = {
  serverClock: linked(["moment"], (_ref, { now }) => iso(now)),
  capability: linked(["session"], (_ref, { core }) =>
    core.flavour === "esx" ? { ...capability, provisioningSupported: false, multiHostSupported: false } : capability,
  ),
  content: linked(["session"], (_ref, { core }) => ({ ...serviceContent(core) })),
};

function recentTasks({ state }: Reader): Ref<"Task">[] {
  const found: Ref<"Task">[] = [];
  for (const [, task] of state.tasks.from(Math.max(0, state.nextTask - recent))) found.push(taskRef(task));
  return found;
}

/** The texts that a real vCenter describes every task with are not simulated: states and reasons stand for themselves. */
export const taskManager: Table<"TaskManager", Ref> = {
  recentTask: linked(["session"], (_ref, reader) => recentTasks(reader)),
  description: () => ({
    methodInfo: [],
    state: ["queued", "running", "success", "error"].map(described),
    reason: [],
  }),
  maxCollector: () => maxCollector,
};

export const eventManager: Table<"EventManager", Ref> = {
  description: () => ({ category: ["info", "warning", "error", "user"].map(described), eventInfo: [] }),
  latestEvent: linked(["session"], (_ref, reader) => {
    const event = reader.event(reader.state.events.lastKey() ?? -1);
    return event ? eventView(reader, event) : undefined;
  }),
  maxCollector: () => maxCollector,
};

export const guestOperationsManager: Table<"GuestOperationsManager", Ref> = {
  authManager: () => guestManagers.authManager,
  fileManager: () => guestManagers.fileManager,
  processManager: () => guestManagers.processManager,
  aliasManager: () => guestManagers.aliasManager,
};

export const viewManager: Table<"ViewManager", Ref> = {
  viewList: linked(["session"], (_ref, { session }) =>
    [...(session?.objects.values() ?? [])].map(({ ref }) => ref).filter(isView),
  ),
};

const isView = (ref: Ref): ref is Ref<"View"> =>
  ref.type === "ContainerView" || ref.type === "ListView" || ref.type === "InventoryView";
