import type { ManagedType, Ref } from "../vim/index.ts";
import { type ManagedInfo, type MethodInfo, managedType } from "../vim/schema.ts";
import { checkArguments } from "./arguments/check.ts";
import { refIn } from "./arguments/scalar.ts";
import type { AnyHandler } from "./call.ts";
import type { Core } from "./core.ts";
import { ofVcenterOnly } from "./esx-content.ts";
import { requireNoLease } from "./export/leases.ts";
import { asFault, fault, notSupported } from "./faults.ts";
import { locate } from "./locate.ts";
import { registry } from "./methods/index.ts";
import { fetchProperty } from "./property/fetch.ts";
import { authorize } from "./session/authorize.ts";
import type { Connection } from "./session/connection.ts";
import { requirePrivilege } from "./session/privileges.ts";
import type { Session } from "./session/session.ts";
import type { AnyOperation } from "./task/operation.ts";

/**
 * What every door calls: checks who asks, what is asked of what and with which arguments, and then does it. Whatever it is given,
 * it answers, or promises an answer, or throws a HostFault.
 */
export function dispatch(
  core: Core,
  connection: Connection,
  self: unknown,
  method: unknown,
  args: unknown,
  signal?: AbortSignal,
): unknown {
  const explain = (error: unknown): unknown => (signal?.aborted ? error : asFault(error));
  try {
    const answer = perform(core, connection, self, method, args, signal);
    if (!(answer instanceof Promise)) return answer;
    return answer.catch((error: unknown) => {
      throw explain(error);
    });
  } catch (error) {
    throw explain(error);
  }
}

function perform(
  core: Core,
  connection: Connection,
  on: unknown,
  method: unknown,
  args: unknown,
  signal: AbortSignal | undefined,
): unknown {
  const self = targetOf(on);
  const type = managedType(self.type);
  if (!type) throw fault("InvalidRequest", {}, `There is no managed type '${self.type.slice(0, 100)}' in vim25.`);
  const session = core.sessions.current(connection);
  if (session) touch(session, core.universe.now);
  // Every object has it and no schema lists it: pyvmomi reads properties by it.
  if (method === "Fetch") return fetchProperty(core, session, self, args);
  const info = typeof method === "string" ? type.methods.get(method) : undefined;
  if (!info) throw methodNotFound(self, method);
  if (!session && info.privilege !== "System.Anonymous") throw notAuthenticated(self, info);
  if (core.flavour === "esx" && ofVcenterOnly.has(info.name)) throw needsVcenter(type, info);
  const handler = findHandler(type, info.name);
  if (!handler) throw notSupported(`${type.name}.${info.name}`);
  const id = locate(core, session, type, self);
  const checked = checkArguments(info, args);
  if (session) authorize(core, session, info, id, checked);
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
  const { view } = core.universe;
  const job = { self, id, args, user, task: 0, chain: 0 };
  if (session)
    for (const [entity, privilege] of operation.requires(view, job)) requirePrivilege(view, session, entity, privilege);
  if (operation.lock) requireNoLease(core, operation.keeps(view, job));
  const entityName = view.object(id)?.name ?? "";
  const descriptionId = `${type.name}.${info.serverName}`;
  return core.engine.submit({ operation, method: info.name, descriptionId, self, id, entityName, args, user });
}

/** What a call is made on, copied: tasks keep it. */
function targetOf(on: unknown): Ref {
  let ref: ReturnType<typeof refIn>;
  try {
    ref = refIn(on);
  } catch (error) {
    throw fault("InvalidRequest", {}, "What the method is to be called on cannot be read.", { cause: error });
  }
  if (ref) return ref as Ref;
  throw fault(
    "InvalidRequest",
    {},
    "A method is called on a managed object, which a reference names: { type, value }.",
  );
}

function touch(session: Session, now: number): void {
  session.lastActive = now;
  session.calls++;
}

/** The operation behind a waiting task, found again by what the state remembers of it. */
export function operationOf(type: ManagedType, method: string): AnyOperation {
  const info = managedType(type);
  const handler = info ? findHandler(info, method) : undefined;
  if (handler && typeof handler !== "function") return handler;
  throw notSupported(`${type}.${method}`);
}

/** The handler of the type itself, or of the nearest type above it that has one. */
function findHandler(type: ManagedInfo, method: string): AnyHandler | undefined {
  for (let at: ManagedInfo | undefined = type; at; at = at.base) {
    const handler = registry.get(at.name)?.get(method);
    if (handler) return handler;
  }
  return undefined;
}

const needsVcenter = (type: ManagedInfo, { name }: MethodInfo) =>
  fault("NotSupported", {}, `${type.name}.${name} is not supported by an ESXi host by itself: ask a vCenter.`);

const notAuthenticated = (self: Ref, info: MethodInfo) =>
  fault(
    "NotAuthenticated",
    { object: self, privilegeId: info.privilege ?? "System.View" },
    "The session is not authenticated. Log in first.",
  );

function methodNotFound(self: Ref, method: unknown) {
  const name = typeof method === "string" ? method.slice(0, 100) : `a ${typeof method}`;
  return fault(
    "MethodNotFound",
    { receiver: self, method: name },
    `The method ${name} is not defined on ${self.type}.`,
  );
}
