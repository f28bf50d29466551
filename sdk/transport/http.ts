import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { aborted, VsphereError } from "../errors.ts";
import type { Address } from "./address.ts";
import { type Line, openLine } from "./line.ts";
import { connectionFailed, type Trust } from "./trust.ts";

/** A request, and who is told when it goes wrong. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
  /** What the request is for, as messages say it: `Login`. */
  readonly what: string;
}

/** The beginning of an answer; its body is still to be read. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Uint8Array>;
}

/** HTTP with one server, over connections that are kept. */
export class Http {
  readonly address: Address;
  readonly #line: Line;

  constructor(address: Address, trust: Trust) {
    this.address = address;
    this.#line = openLine(address, trust);
  }

  /** Resolves when the answer begins. Throws `ConnectionFailed`, `UntrustedCertificate` and `Aborted`. */
  async send(asked: HttpRequest): Promise<HttpAnswer> {
    const { signal, what, body } = asked;
    if (signal?.aborted) throw aborted(signal, what);
    try {
      const answer = await this.#begin(asked, body);
      const { statusCode = 0, headers } = answer;
      return { status: statusCode, headers, body: this.#read(answer, asked) };
    } catch (error) {
      throw this.#explained(error, asked);
    }
  }

  /** The same, with all of the body as text. */
  async text(asked: HttpRequest): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
    const { status, headers, body } = await this.send(asked);
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return { status, headers, text: Buffer.concat(chunks).toString("utf8") };
  }

  close(): void {
    this.#line.close();
  }

  #begin({ method, path, headers, signal }: HttpRequest, body: HttpRequest["body"]): Promise<IncomingMessage> {
    const { host, port } = this.address;
    return new Promise((resolve, reject) => {
      const { agent, request } = this.#line;
      const sent = request(
        {
          agent,
          host,
          port,
          method,
          path,
          headers: { "Accept-Encoding": "gzip", ...headers },
          ...(signal ? { signal } : {}),
        },
        resolve,
      );
      sent.on("error", reject);
      if (body === undefined || typeof body === "string") sent.end(body);
      else pipeline(body, sent, (error) => error && reject(error));
    });
  }

  async *#read(answer: IncomingMessage, asked: HttpRequest): AsyncGenerator<Uint8Array, void> {
    try {
      const zipped = answer.headers["content-encoding"] === "gzip";
      const bytes: AsyncIterable<Uint8Array> = zipped ? pipeline(answer, createGunzip(), () => {}) : answer;
      yield* bytes;
    } catch (error) {
      throw this.#explained(error, asked);
    } finally {
      // What nobody reads any more does not keep a connection busy.
      if (!answer.complete) answer.destroy();
    }
  }

  #explained(error: unknown, { signal, what }: HttpRequest): unknown {
    if (signal?.aborted) return aborted(signal, what);
    if (error instanceof VsphereError) return error;
    return error instanceof Error ? connectionFailed(error, this.address.origin) : error;
  }
}
