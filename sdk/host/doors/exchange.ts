import type { IncomingHttpHeaders } from "node:http";
import type { Host } from "../host.ts";
import type { Clients } from "./clients.ts";
import type { LogNote } from "./log.ts";

export type AnswerHeaders = Readonly<Record<string, string | readonly string[]>>;
export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** One request and its answer: what every door gets. */
export interface Exchange {
  /** The request's number, for the log. */
  readonly id: string;
  readonly method: string;
  /** As it was sent, without the query: nothing is decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly ipAddress: string;
  readonly userAgent: string;
  /** `https://127.0.0.1:8989`, as the client called the server where that is a plain address. */
  readonly origin: string;
  /** Whether the client came by TLS. */
  readonly secure: boolean;
  /** Aborted when the client has gone, or the server ends. */
  readonly signal: AbortSignal;
  readonly host: Host;
  readonly clients: Clients;

  /** The whole body, of at most `limit` bytes and never more than `Limits.body`. Throws an HttpError: 413 when it is too large, 400 when it is cut off or no UTF-8, 415 when it is compressed. */
  text(limit?: number): Promise<string>;
  /** The body as it comes. Throws as `text` does. */
  chunks(limit?: number): AsyncIterable<Uint8Array>;
  /** Answers, with everything at hand. A second answer is none. */
  answer(status: number, headers: AnswerHeaders, body?: string | Uint8Array): void;
  /**
   * Answers with pieces, each made when the client has taken those before. Resolves when all are on their way, or the client has
   * gone; then the pieces are ended early (`return`). Throws what the pieces throw.
   */
  stream(status: number, headers: AnswerHeaders, pieces: Pieces): Promise<void>;

  /** Whether anybody reads the log, and whether anybody watches the wire: else what is told to them is for nothing. */
  readonly logged: boolean;
  readonly traced: boolean;
  /** For the log: what the server does not know of this request. */
  note(note: LogNote): void;
  /** Waits as long as the listener wants a method to take (`ListenOptions.delay`). */
  delay(method: string): Promise<void> | undefined;
  /** Shows a text that came, or goes, to whoever watches the wire (`ListenOptions.trace`). */
  trace(way: "request" | "answer", text: string): void;
}

/** What answers the requests for some paths. */
export interface Door {
  /** Whether a path is its own. */
  claims(path: string): boolean;
  /** The methods of HTTP that a path of its own knows; the server refuses others, and answers OPTIONS. */
  allows(path: string): readonly string[];
  /** Answers. What it throws is answered as plain text: HttpError with its status, anything else as 500 that says nothing. */
  handle(exchange: Exchange): Promise<void> | void;
}
