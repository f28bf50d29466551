import { isUtf8 } from "node:buffer";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { timer, wallTime } from "../clock.ts";
import type { Host } from "../host.ts";
import type { AnswerHeaders, Exchange, Pieces } from "./exchange.ts";
import { compressed, isWorthIt } from "./gzip.ts";
import { HttpError } from "./http-error.ts";
import type { Line } from "./lines.ts";
import type { LogNote } from "./log.ts";
import { sendPieces } from "./send.ts";
import type { Shared } from "./shared.ts";

/** Larger bodies are sent piece by piece, so that it shows whether the client takes them. */
const wholesale = 2 ** 20;
const piece = 2 ** 18;

/** An exchange over Node's HTTP server. */
export class HttpExchange implements Exchange {
  readonly id: string;
  readonly path: string;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #line: Line;
  readonly #shared: Shared;
  readonly #search: string;
  #abort: AbortController | undefined;
  #note: LogNote | undefined;

  constructor(id: string, request: IncomingMessage, response: ServerResponse, line: Line, shared: Shared) {
    this.id = id;
    this.#request = request;
    this.#response = response;
    this.#line = line;
    this.#shared = shared;
    // Whoever takes the server for a proxy writes its name too.
    const url = (request.url ?? "/").replace(/^https?:\/\/[^/?]*/i, "");
    const end = url.indexOf("?");
    this.path = (end < 0 ? url : url.slice(0, end)) || "/";
    this.#search = end < 0 ? "" : url.slice(end);
  }

  get method(): string {
    return this.#request.method ?? "GET";
  }
  get query(): URLSearchParams {
    return new URLSearchParams(this.#search);
  }
  get headers(): IncomingHttpHeaders {
    return this.#request.headers;
  }
  get ipAddress(): string {
    return this.#line.ipAddress;
  }
  get userAgent(): string {
    return (this.headers["user-agent"] ?? "").slice(0, 200);
  }
  get secure(): boolean {
    return this.#shared.secure;
  }
  get host(): Host {
    return this.#shared.host;
  }
  get clients() {
    return this.#shared.clients;
  }
  get origin(): string {
    const name = this.headers.host;
    const known = name !== undefined && /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(name);
    return known ? `${this.secure ? "https" : "http"}://${name}` : this.#shared.origin();
  }

  get signal(): AbortSignal {
    if (this.#abort) return this.#abort.signal;
    const abort = new AbortController();
    this.#abort = abort;
    const response = this.#response;
    const { ending } = this.#shared;
    const end = () => abort.abort();
    if (response.destroyed || this.#shared.closing()) end();
    ending.add(end);
    response.once("close", () => {
      ending.delete(end);
      if (!response.writableFinished) end();
    });
    return abort.signal;
  }

  text(least = Number.POSITIVE_INFINITY): Promise<string> {
    const request = this.#request;
    const limit = Math.min(least, this.#shared.limits.body);
    const refused = this.#refuseBody(limit);
    if (refused) return Promise.reject(refused);
    this.#line.readUntil = wallTime() + this.#shared.limits.request;
    return new Promise((resolve, reject) => {
      let size = 0;
      let only: Buffer | undefined;
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > limit) {
          request.pause();
          reject(tooLarge(limit));
        } else if (only === undefined) only = chunk;
        else chunks.push(chunk);
      });
      request.on("end", () => {
        this.#line.readUntil = 0;
        const bytes =
          only === undefined ? nothing : chunks.length === 0 ? only : Buffer.concat([only, ...chunks], size);
        if (isUtf8(bytes)) resolve(bytes.toString("utf8"));
        else reject(new HttpError(400, "The body is not in UTF-8."));
      });
      // An error makes a stack, and every request closes: only one that is not complete has been cut off.
      const ended = () => {
        if (!request.complete) reject(cutOff());
      };
      request.on("close", ended);
      request.on("error", ended);
    });
  }

  async *chunks(limit = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array, void> {
    const refused = this.#refuseBody(limit);
    if (refused) throw refused;
    const pause = this.#shared.limits.request;
    let size = 0;
    this.#line.readUntil = wallTime() + pause;
    try {
      for await (const chunk of this.#request.iterator({ destroyOnReturn: false })) {
        if (!(chunk instanceof Uint8Array)) continue;
        size += chunk.length;
        if (size > limit) throw tooLarge(limit);
        // While the taker is at work the client need not send.
        this.#line.readUntil = 0;
        yield chunk;
        this.#line.readUntil = wallTime() + pause;
      }
    } catch (error) {
      throw error instanceof HttpError || !this.#request.destroyed ? error : cutOff();
    } finally {
      this.#line.readUntil = 0;
    }
  }

  answer(status: number, headers: AnswerHeaders, body: string | Uint8Array = ""): void {
    const response = this.#response;
    if (response.headersSent || response.destroyed) return;
    const length = typeof body === "string" ? Buffer.byteLength(body) : body.length;
    if (isWorthIt(this, headers, length, this.#shared.gzip) || length > wholesale) {
      const whole = typeof body === "string" ? Buffer.from(body) : body;
      this.stream(status, { ...headers, "Content-Length": String(length) }, slices(whole)).catch(() =>
        response.destroy(),
      );
      return;
    }
    response.writeHead(status, this.#head(status, headers, length));
    if (length === 0) response.end();
    else response.end(body);
  }

  async stream(status: number, headers: AnswerHeaders, pieces: Pieces): Promise<void> {
    const response = this.#response;
    if (response.headersSent || response.destroyed) return;
    const length = Number(headers["Content-Length"] ?? Number.POSITIVE_INFINITY);
    if (isWorthIt(this, headers, length, this.#shared.gzip)) {
      const { "Content-Length": _, ...rest } = headers;
      const zipped = { ...rest, "Content-Encoding": "gzip", Vary: "Accept-Encoding" };
      response.writeHead(status, this.#head(status, zipped, undefined));
      await sendPieces(response, compressed(pieces));
    } else {
      response.writeHead(status, this.#head(status, headers, undefined));
      await sendPieces(response, this.method === "HEAD" ? [] : pieces);
    }
  }

  get logged(): boolean {
    return this.#shared.logged;
  }
  get traced(): boolean {
    return this.#shared.trace !== undefined;
  }

  note(note: LogNote): void {
    this.#note = this.#note ? { ...this.#note, ...note } : note;
  }
  /** What doors have said of it. */
  get noted(): LogNote {
    return this.#note ?? {};
  }

  delay(method: string): Promise<void> | undefined {
    const ms = this.#shared.delay?.(method) ?? 0;
    return ms > 0 ? new Promise((resolve) => timer(ms, resolve)) : undefined;
  }

  trace(way: "request" | "answer", text: string): void {
    this.#shared.trace?.(this.id, way, text);
  }

  #head(
    status: number,
    headers: AnswerHeaders,
    length: number | undefined,
  ): Record<string, string | string[] | number> {
    const head: Record<string, string | string[] | number> = { "X-Request-Id": this.id };
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) head[name] = typeof value === "string" ? value : [...value];
    }
    if (length !== undefined && status !== 204 && status !== 304) head["Content-Length"] ??= length;
    // What is still to come of the request is not waited for.
    if (status >= 400 && this.#hasMore()) head.Connection = "close";
    return head;
  }

  /** Whether a part of the request is still on its way. */
  #hasMore(): boolean {
    const { complete, headers } = this.#request;
    return !complete && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0);
  }

  #refuseBody(limit: number): HttpError | undefined {
    const encoding = this.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      return new HttpError(415, "Compressed requests are not taken: send the body as it is.");
    }
    return Number(this.headers["content-length"] ?? 0) > limit ? tooLarge(limit) : undefined;
  }
}

const nothing = Buffer.alloc(0);
const tooLarge = (limit: number) => new HttpError(413, `The body is too large: more than ${limit} bytes.`);
const cutOff = () => new HttpError(400, "The body was cut off.");

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}
