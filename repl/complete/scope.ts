import type { Session } from "../language/index.ts";

/** What completion looks names up in. */
export interface Scope {
  readonly session: Session;
  /** Names of the variables, functions and environment variables there are now. */
  variables(): Iterable<string>;
  functions(): Iterable<string>;
  environment(): Iterable<string>;
}
