import type { ManagedType, Ref } from "../vim/index.ts";
import { isSubtype, type ManagedInfo, type MethodInfo, managedType } from "../vim/schema.ts";
import { checkArguments } from "./arguments/check.ts";
import type { AnyHandler } from "./call.ts";
import type { Core } from "./core.ts";
import { fault, notFound, notSupported } from "./faults.ts";
import { registry } from "./methods/index.ts";
import type { Connection } from "./session/connection.ts";
import { requirePrivilege } from "./session/privileges.ts";
import type { Session } from "./session/session.ts";
import { names, numberIn } from "./state/id.ts";
import type { AnyOperation } from "./task/operation.ts";

/** What every door calls: checks who asks, what is asked of what and with which arguments, and then does it. */
export function dispatch(
  core: Core,
  connection: Connection,
  self: Ref,
  method: string,
  args: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): unknown {
  const { session } = connection;
  const type = managedType(self.type);
  if (!type) throw fault("InvalidRequest", {}, `There is no managed type '${self.type}' in vim25.`);
  const info = type.methods.get(method);
  if (!info) throw methodNotFound(self, method);
  if (session) touch(session, core.universe.now);
  else if (info.privilege !== "System.Anonymous") throw notAuthenticated(self, info);
  const id = locate(core, session, self);
  const handler = findHandler(type, method);
  if (!handler) throw notSupported(`${type.name}.${method}`);
  const checked = checkArguments(info, args);
  if (session) authorize(core, session, type, info, id, checked);
  if (typeof handler === "function") return handler({ self, id, session, connection, core, signal }, checked);
  return submit(core, session, handler, type, info, self, id, checked);
}

function submit(
  core: Core,
  session: Session | undefined,
  operation: AnyOperation,
  type: ManagedInfo,
  info: MethodInfo,
  self: Ref,
  id: number,
  args: Readonly<Record<string, unknown>>,
): Ref<"Task"> {
  const user = session?.userName ?? "";
  const view = core.universe.view;
  const job = { self, id, args, user, task: 0, chain: 0 };
  if (session)
    for (const [entity, privilege] of operation.requires(view, job)) requirePrivilege(view, session, entity, privilege);
  const entityName = view.object(id)?.name ?? "";
  const descriptionId = `${type.name}.${info.serverName}`;
  return core.engine.submit({ operation, method: info.name, descriptionId, self, id, entityName, args, user });
}

function touch(session: Session, now: number): void {
  session.lastActive = now;
  session.calls++;
}

/** What is in the inventory's table and not a ManagedEntity by the schema. */
const others: ReadonlySet<string> = new Set(["Network", "Datastore", "VirtualMachineSnapshot"]);

/** The number of an inventory object, which must exist; singletons and session objects are their handlers' matter. */
function locate(core: Core, session: Session | undefined, self: Ref): number {
  if (isSubtype(self.type, "ManagedEntity") || others.has(self.type)) {
    const id = numberIn(self.value);
    const object = core.universe.state.objects.get(id);
    if (!object || !names(self, object)) throw notFound(self);
    return id;
  }
  if (self.type === "Task") {
    if (!core.universe.state.tasks.has(numberIn(self.value))) throw notFound(self);
    return 0;
  }
  if (!core.singletons.has(self.value) && !session?.objects.has(self.value)) throw notFound(self);
  return 0;
}

/** The operation behind a waiting task, found again by what the state remembers of it. */
export function operationOf(type: ManagedType, method: string): AnyOperation {
  const info = managedType(type);
  const handler = info ? findHandler(info, method) : undefined;
  if (handler && typeof handler !== "function") return handler;
  throw notSupported(`${type}.${method}`);
}

/** The handler of the type itself, or of the nearest type above it that has one. */
export function findHandler(type: ManagedInfo, method: string): AnyHandler | undefined {
  for (let at: ManagedInfo | undefined = type; at; at = at.base) {
    const handler = registry.get(at.name)?.get(method);
    if (handler) return handler;
  }
  return undefined;
}

function authorize(
  core: Core,
  session: Session,
  type: ManagedInfo,
  info: MethodInfo,
  id: number,
  args: Readonly<Record<string, unknown>>,
): void {
  const { view } = core.universe;
  const privilege = type.methods.get(info.name)?.privilege;
  if (privilege) requirePrivilege(view, session, id === 0 ? core.rootFolder : id, privilege);
  for (const param of info.params) {
    const value = param.privilege ? args[param.name] : undefined;
    if (param.privilege && isRef(value)) requirePrivilege(view, session, numberIn(value.value), param.privilege);
  }
}

const isRef = (value: unknown): value is Ref =>
  typeof value === "object" && value !== null && "type" in value && "value" in value && typeof value.value === "string";

const notAuthenticated = (self: Ref, info: MethodInfo) =>
  fault(
    "NotAuthenticated",
    { object: self, privilegeId: info.privilege ?? "System.View" },
    "The session is not authenticated. Log in first.",
  );

const methodNotFound = (self: Ref, method: string) =>
  fault("MethodNotFound", { receiver: self, method }, `The method ${method} is not defined on ${self.type}.`);
