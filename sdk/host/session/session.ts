import type { Ref } from "../../vim/index.ts";

/** An object that belongs to a session and goes with it: a view, a property collector, a filter, a history collector. */
export interface SessionObject {
  readonly ref: Ref;
  /** Reads one of its properties; undefined when it has none of that name or it is unset. */
  property(name: string): unknown;
  /** Gives up what it holds (listeners, waiting calls). */
  close(): void;
}

/** A login. Sessions are no part of the state: after a restore they go on, and their filters report the difference. */
export interface Session {
  readonly key: string;
  readonly userName: string;
  readonly fullName: string;
  /** The user, and the groups that he is in, by the keys that permissions are compared by (`principalKey`). */
  readonly user: string;
  readonly groups: readonly string[];
  readonly loginTime: number;
  lastActive: number;
  calls: number;
  locale: string;
  readonly ipAddress: string;
  readonly userAgent: string;
  readonly objects: Map<string, SessionObject>;
}
