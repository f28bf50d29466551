import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { wallTime } from "../clock.ts";
import type { Host } from "../host.ts";
import { secretToken } from "../random.ts";
import { inUrl } from "./address.ts";
import { Clients } from "./clients.ts";
import { doors } from "./doors.ts";
import type { Gzip } from "./gzip.ts";
import { HttpError, methodNotAllowed } from "./http-error.ts";
import { HttpExchange } from "./http-exchange.ts";
import type { Measured } from "./limits.ts";
import { type Line, Lines } from "./lines.ts";
import { type LogEntry, plain } from "./log.ts";
import { refuseStrangers } from "./origin.ts";
import type { Shared } from "./shared.ts";

export interface ServerOptions {
  readonly address: string;
  readonly port: number;
  /** PEM. Without it the server speaks plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  readonly anyAccount: boolean;
  readonly limits: Measured;
  readonly gzip: Gzip;
  readonly log: ((entry: LogEntry) => void) | undefined;
  readonly delay: Shared["delay"];
  readonly trace: Shared["trace"];
}

/** A host's HTTP server. */
export class Server {
  readonly #options: ServerOptions;
  readonly #server: HttpServer;
  readonly #lines: Lines;
  readonly #shared: Shared;
  /** Begins the numbers of its requests. */
  readonly #name = secretToken().slice(0, 6);
  readonly #sockets = new Set<Socket>();
  #requests = 0;
  #closing: Promise<void> | undefined;

  constructor(host: Host, options: ServerOptions) {
    const { limits, tls, anyAccount, gzip, delay, trace } = options;
    this.#options = options;
    this.#lines = new Lines(limits);
    this.#shared = {
      host,
      clients: new Clients(host, limits, anyAccount),
      limits,
      secure: tls !== undefined,
      gzip,
      origin: () => this.origin,
      closing: () => this.#closing !== undefined,
      ending: new Set(),
      logged: options.log !== undefined,
      delay,
      trace,
    };
    const handle = (request: IncomingMessage, response: ServerResponse) => this.#handle(request, response);
    const settings = {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headers,
      // Uploads take as long as they take: `Lines` sees to it that bodies get on.
      requestTimeout: 0,
      keepAliveTimeout: limits.keepAlive,
      connectionsCheckingInterval: Math.max(100, Math.min(2000, limits.headers / 2)),
      noDelay: true,
      insecureHTTPParser: false,
      requireHostHeader: true,
    };
    this.#server = tls
      ? createTlsServer(
          { ...settings, ...tls, minVersion: "TLSv1.2", handshakeTimeout: limits.headers, ALPNProtocols: ["http/1.1"] },
          handle,
        )
      : createServer(settings, handle);
    const server = this.#server;
    server.maxConnections = limits.connections;
    server.maxHeadersCount = limits.headerCount + 1;
    server.timeout = 0;
    server.on(tls ? "secureConnection" : "connection", (socket: Socket) => this.#lines.add(socket));
    server.on("clientError", refuse);
    if (!tls) return;
    server.on("tlsClientError", (_error, socket) => socket.destroy());
    // Until it has shaken hands, nobody else knows of a connection.
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  get port(): number {
    return this.#server.listening ? addressOf(this.#server).port : 0;
  }

  /** `https://127.0.0.1:8989`; a server that listens everywhere names this machine. */
  get origin(): string {
    const { address, tls } = this.#options;
    const name = address === "0.0.0.0" ? "127.0.0.1" : address === "::" ? "::1" : address;
    return `${tls ? "https" : "http"}://${inUrl(name)}:${this.port}`;
  }

  /** Listens. Rejects with what the system says, when the port is taken for instance. */
  start(): Promise<void> {
    const { address: host, port } = this.#options;
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ host, port, backlog: 511 }, () => {
        this.#server.off("error", reject);
        // What goes wrong with the socket later (no file handles left) ends no process.
        this.#server.on("error", () => {});
        resolve();
      });
    });
  }

  /** Takes no more, ends what waits, cuts all connections and ends the sessions. Resolves when the port is free. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const end of [...this.#shared.ending]) end();
      this.#shared.clients.close();
      this.#lines.close();
      for (const socket of this.#sockets) socket.destroy();
    });
    return this.#closing;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const line = this.#lines.of(request.socket);
    const id = `${this.#name}-${(++this.#requests).toString(36)}`;
    const exchange = new HttpExchange(id, request, response, line, this.#shared);
    line.open.add(response);
    response.on("close", () => {
      line.open.delete(response);
    });
    const { log } = this.#options;
    if (log) this.#tell(log, exchange, request, response);
    try {
      const answered = this.#answer(exchange, request, line);
      if (answered) answered.catch((error: unknown) => fail(exchange, error));
    } catch (error) {
      fail(exchange, error);
    }
  }

  #answer(exchange: HttpExchange, request: IncomingMessage, line: Line): Promise<void> | undefined {
    const { limits } = this.#shared;
    if (line.open.size > limits.pipelined) {
      throw new HttpError(429, "Too many requests at once on one connection: wait for answers.", {
        Connection: "close",
      });
    }
    if (!this.#lines.admit(line)) throw new HttpError(429, "Too many requests: slow down.", { "Retry-After": "1" });
    if (request.rawHeaders.length > 2 * limits.headerCount)
      throw new HttpError(431, "The request has too many headers.");
    refuseStrangers(request.headers);
    const { path, method } = exchange;
    const door = doors.find((one) => one.claims(path));
    if (!door) throw new HttpError(404, nothingHere);
    const allowed = door.allows(path);
    if (!allowed.includes(method)) return refuseMethod(exchange, allowed);
    return door.handle(exchange) ?? undefined;
  }

  #tell(
    log: (entry: LogEntry) => void,
    exchange: HttpExchange,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const begun = wallTime();
    response.on("close", () => {
      const { request: shown, ...noted } = exchange.noted;
      const entry: LogEntry = {
        time: new Date(begun).toISOString(),
        id: exchange.id,
        ipAddress: exchange.ipAddress,
        request: shown ?? `${request.method} ${plain(exchange.path)}`,
        ...noted,
        duration: wallTime() - begun,
        status: response.headersSent ? response.statusCode : 0,
      };
      try {
        log(Object.freeze(entry));
      } catch {
        // A log that fails is no reason not to answer.
      }
    });
  }
}

const nothingHere =
  "There is nothing at this address. vSphere's SOAP API is at /sdk, and /sdk/vimServiceVersions.xml names its versions.";

function refuseMethod(exchange: HttpExchange, allowed: readonly string[]): undefined {
  if (exchange.method !== "OPTIONS") throw methodNotAllowed(exchange.method, allowed);
  exchange.answer(204, { Allow: [...allowed, "OPTIONS"].join(", ") });
}

/** What a door could not answer itself. The reason of our own mistakes is for the log alone. */
function fail(exchange: HttpExchange, error: unknown): void {
  const known = error instanceof HttpError;
  if (!known) exchange.note({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  const { status, message, headers } = known ? error : new HttpError(500, "The simulated vCenter failed.");
  exchange.answer(status, { "Content-Type": "text/plain; charset=utf-8", ...headers }, `${message}\n`);
}

const statusOf: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What cannot be read as HTTP at all. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = statusOf[error.code ?? ""] ?? 400;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}

function addressOf(server: HttpServer): AddressInfo {
  const address = server.address();
  if (address && typeof address === "object") return address;
  throw new Error("The server does not listen on a port.");
}
