import type { Host } from "../host.ts";
import { secretToken } from "../random.ts";
import { isLoopback } from "./address.ts";
import type { Gzip } from "./gzip.ts";
import { type Limits, limitsOf } from "./limits.ts";
import type { LogEntry } from "./log.ts";
import { Server } from "./server.ts";

export interface ListenOptions {
  /** Default: 0, any that is free. */
  readonly port?: number;
  /** Default: 127.0.0.1. On others than this machine's own addresses every user needs a password. */
  readonly address?: string;
  /** Default: true, with a certificate made on the spot. Else a certificate and its key, in PEM; or false for plain HTTP. */
  readonly tls?: boolean | { readonly cert: string; readonly key: string };
  /** Takes any name and password, and makes everybody an administrator. Only on this machine's own addresses. Default: false. */
  readonly anyAccount?: boolean;
  /** Told of every request that has been answered. */
  readonly log?: (entry: LogEntry) => void;
  /** What the server puts up with; see `Limits` for what it does by default. */
  readonly limits?: Partial<Limits>;
  /** Which answers are compressed for clients that take it. Default: `remote`, those that leave this machine. */
  readonly gzip?: Gzip;
  /** How long a method is to take, in milliseconds, before it is begun. */
  readonly delay?: (method: string) => number;
  /** Shown every SOAP text that comes and goes, without the passwords in it. */
  readonly trace?: (id: string, way: "request" | "answer", text: string) => void;
}

/** A host's server. */
export interface Listening extends AsyncDisposable {
  /** `https://127.0.0.1:8989/sdk` */
  readonly url: string;
  /** `https://127.0.0.1:8989` */
  readonly origin: string;
  readonly port: number;
  /** SHA-256 of the certificate, `AB:CD:..`; undefined without TLS. */
  readonly thumbprint: string | undefined;
  /** SHA-1 of the certificate, as older clients know it. */
  readonly thumbprintSha1: string | undefined;
  /** The certificate in PEM, for clients to trust. */
  readonly certificate: string | undefined;
  /** Ends all calls, connections and sessions, and resolves when the port is free. Closing it again does nothing. */
  close(): Promise<void>;
}

/** Opens a host's doors. Throws a RangeError that names what is wrong with the options. */
export async function listen(host: Host, options: ListenOptions): Promise<Listening> {
  const { port = 0, address = "127.0.0.1", tls = true, anyAccount = false, gzip = "remote" } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`port must be a number from 0 to 65535, not ${String(port)}.`);
  }
  if (!isLoopback(address)) requirePasswords(host, address, anyAccount);
  const limits = limitsOf(options.limits);
  const credentials = tls === false ? undefined : await credentialsFor(tls, address);
  const { log, delay, trace } = options;
  const server = new Server(host, { address, port, tls: credentials, anyAccount, limits, gzip, log, delay, trace });
  host.tickets.open({ thumbprint: credentials?.sha1, chance: secretToken });
  await server.start();
  const { origin } = server;
  return Object.freeze({
    url: `${origin}/sdk`,
    origin,
    port: server.port,
    thumbprint: credentials?.sha256,
    thumbprintSha1: credentials?.sha1,
    certificate: credentials?.cert,
    close: () => server.close(),
    [Symbol.asyncDispose]: () => server.close(),
  });
}

async function credentialsFor(tls: true | { readonly cert: string; readonly key: string }, address: string) {
  const { certificateFor, fingerprints, requireKey } = await import("./certificate.ts");
  const { cert, key } = tls === true ? certificateFor(address) : tls;
  requireKey(key);
  return { cert, key, ...fingerprints(cert) };
}

function requirePasswords(host: Host, address: string, anyAccount: boolean): void {
  const open = anyAccount ? "anybody" : host.sessions.users.find(({ password }) => !password)?.name;
  if (open === undefined) return;
  throw new RangeError(
    `At ${address} others can reach the simulated vCenter, and ${open} could log in with any password. Give every user a password (users), or listen at 127.0.0.1.`,
  );
}
