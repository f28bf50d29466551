/** What is said of one request when it has been answered. It never holds a password, a cookie, a token or a ticket. */
export interface LogEntry {
  /** When the request came, in ISO 8601, by the wall clock. */
  readonly time: string;
  /** The request's number, which its answer carries too (`x-request-id`). */
  readonly id: string;
  readonly ipAddress: string;
  /** Who was logged in; absent for anonymous requests. */
  readonly user?: string;
  /** `POST /sdk`: the path without its query, where tokens are. */
  readonly request: string;
  /** The vSphere method, and the object that it was called on. */
  readonly method?: string;
  readonly object?: string;
  /** What the client calls the operation, in its `operationID` header. */
  readonly operationId?: string;
  /** From the request's coming to the end of its answer, in milliseconds. */
  readonly duration: number;
  /** The HTTP status; 0 when the client went away before there was an answer. */
  readonly status: number;
  /** The name of the fault that was answered. */
  readonly fault?: string;
  /** What went wrong in the server itself, with where: for its owner only, never sent to a client. */
  readonly error?: string;
}

/** What a door knows about a request and the server does not. */
export type LogNote = Partial<
  Pick<LogEntry, "user" | "method" | "object" | "operationId" | "fault" | "error" | "request">
>;

/** Text of a client, as one line of a log: no line breaks, no control characters, not endless. */
export const plain = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, "?").slice(0, 200);
