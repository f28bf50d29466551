import type { ManagedType, Methods, Ref } from "../vim/index.ts";
import type { Core } from "./core.ts";
import { fault } from "./faults.ts";
import type { Connection } from "./session/connection.ts";
import type { Session } from "./session/session.ts";
import type { AnyOperation } from "./task/operation.ts";

/** One call of one method, as a handler sees it. */
export interface Call<T extends ManagedType = ManagedType> {
  readonly self: Ref<T>;
  /** The object's number in the state; 0 for singletons and for what belongs to the session. */
  readonly id: number;
  /** Undefined only in methods that may be called anonymously. */
  readonly session: Session | undefined;
  readonly connection: Connection;
  readonly core: Core;
  readonly signal: AbortSignal | undefined;
}

type Args<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { args: infer A } ? A : never;
type Returns<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { returns: infer R }
  ? R
  : never;
type Handler<T extends ManagedType, M extends keyof Methods<T>> = (
  call: Call<T>,
  args: Args<T, M>,
) => Returns<T, M> | Promise<Returns<T, M>>;

/** The methods of a managed type that are simulated: plain handlers, and operations for `_Task` methods. */
export type Handlers<T extends ManagedType> = { readonly [M in keyof Methods<T>]?: Handler<T, M> | AnyOperation };
export type AnyHandler = AnyOperation | ((call: Call, args: Readonly<Record<string, unknown>>) => unknown);

/** The session of a call to a method that cannot be called without one. */
export function sessionOf(call: Call): Session {
  if (call.session) return call.session;
  throw fault(
    "NotAuthenticated",
    { object: call.self, privilegeId: "System.View" },
    "The session is not authenticated. Log in first.",
  );
}
