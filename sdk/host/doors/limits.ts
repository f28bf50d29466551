import { type Duration, milliseconds } from "../clock.ts";

/** What a listening host puts up with. All times are of the wall clock, whatever clock the host itself has. */
export interface Limits {
  /** Bytes of a request's body: SOAP, JSON. Files that are uploaded have no limit but the datastore's. Default: 32 MiB. */
  readonly body: number;
  /** Bytes of a request's headers. Default: 32 KiB. */
  readonly headerBytes: number;
  /** How many headers a request may have. Default: 100. */
  readonly headerCount: number;
  /** Time for all headers of a request to come. Default: 20s. */
  readonly headers: Duration;
  /** Time for a whole request to come, but for files: there it is the longest pause. Default: 60s. */
  readonly request: Duration;
  /** Longest time that a client may take no bytes of an answer. Default: 60s. */
  readonly reading: Duration;
  /** How long a connection is kept that asks for nothing. Default: 5m. */
  readonly keepAlive: Duration;
  /** Connections at one time. Default: 2,000. */
  readonly connections: number;
  /** Requests of one connection that are being answered at one time (HTTP pipelining). Default: 64. */
  readonly pipelined: number;
  /** Requests a second from one address, with bursts of twice as many; loopback addresses are not counted. Default: 2,000. */
  readonly rate: number;
  /** Sessions at one time. Default: 5,000. */
  readonly sessions: number;
  /** Sessions of one user at one time. Default: 2,000. */
  readonly sessionsPerUser: number;
  /** A session ends when nothing was asked in it for so long, and nothing is under way. Default: 30m. */
  readonly idle: Duration;
  /** Wrong passwords for one user from one address that have no consequence. Default: 5. */
  readonly failedLogins: number;
  /** Longest time for which logins are refused after too many wrong passwords. Default: 15s. */
  readonly loginPause: Duration;
}

const defaultLimits: Limits = Object.freeze({
  body: 32 * 2 ** 20,
  headerBytes: 32 * 2 ** 10,
  headerCount: 100,
  headers: "20s",
  request: "60s",
  reading: "60s",
  keepAlive: "5m",
  connections: 2000,
  pipelined: 64,
  rate: 2000,
  sessions: 5000,
  sessionsPerUser: 2000,
  idle: "30m",
  failedLogins: 5,
  loginPause: "15s",
});

/** Limits with every time in milliseconds. */
export type Measured = { readonly [K in keyof Limits]: number };

/** The limits a host listens with. Throws a RangeError that names what is wrong. */
export function limitsOf(wanted: Partial<Limits> = {}): Measured {
  const measured: { -readonly [K in keyof Limits]: number } = { ...numbers(defaultLimits) };
  for (const [name, value] of Object.entries(wanted)) {
    if (!isLimit(name)) throw new RangeError(`There is no limit '${name}'. There are ${names.join(", ")}.`);
    if (value === undefined) continue;
    const number = value === Number.POSITIVE_INFINITY ? value : milliseconds(value);
    if (!(number > 0)) throw new RangeError(`The limit '${name}' must be more than 0, not ${value}.`);
    measured[name] = number;
  }
  return Object.freeze(measured);
}

const isLimit = (name: string): name is keyof Limits => Object.hasOwn(defaultLimits, name);
const names = Object.keys(defaultLimits).filter(isLimit);

function numbers(limits: Limits): Measured {
  const { headers, request, reading, keepAlive, idle, loginPause } = limits;
  return {
    ...limits,
    headers: milliseconds(headers),
    request: milliseconds(request),
    reading: milliseconds(reading),
    keepAlive: milliseconds(keepAlive),
    idle: milliseconds(idle),
    loginPause: milliseconds(loginPause),
  };
}
