import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { alarm, wallTime } from "../clock.ts";
import { isLoopback, shownAddress } from "./address.ts";
import type { Measured } from "./limits.ts";

/** A client's connection to the server (a TCP connection: who is at its end is another matter). */
export interface Line {
  readonly socket: Socket;
  readonly ipAddress: string;
  /** Whether its requests are counted. */
  readonly counted: boolean;
  /** The answers to requests that came, until they are on their way. */
  readonly open: Set<ServerResponse>;
  /** When what is to come of a request must have come; 0 when nothing is. */
  readUntil: number;
  /** What had been sent when it was looked at last, and when that was first so. */
  sent: number;
  queued: number;
  since: number;
}

/**
 * Node tells only the answer whose turn it is that its client has gone. Those behind it in a pipeline would never hear of it, and keep
 * what they hold for ever.
 */
function abandon({ open }: Line): void {
  for (const response of [...open]) {
    response.destroy();
    response.emit("close");
  }
}

/** How often the lines are looked at, in milliseconds. */
const period = 1000;

/** All connections of a server. Those that do not get on are cut: nobody keeps bytes waiting, or a place, for ever. */
export class Lines {
  readonly #limits: Measured;
  readonly #lines = new Map<Socket, Line>();
  readonly #rates = new Map<string, { tokens: number; at: number }>();
  readonly #alarm = alarm();

  constructor(limits: Measured) {
    this.#limits = limits;
  }

  add(socket: Socket): Line {
    const ipAddress = shownAddress(socket.remoteAddress);
    const counted = !isLoopback(ipAddress);
    const line: Line = { socket, ipAddress, counted, open: new Set(), readUntil: 0, sent: 0, queued: 0, since: 0 };
    this.#lines.set(socket, line);
    socket.once("close", () => {
      this.#lines.delete(socket);
      queueMicrotask(() => abandon(line));
    });
    if (this.#lines.size === 1) this.#watch();
    return line;
  }

  of(socket: Socket): Line {
    return this.#lines.get(socket) ?? this.add(socket);
  }

  /** Counts a request. False when there were too many from this address. */
  admit({ counted, ipAddress }: Line): boolean {
    if (!counted) return true;
    const { rate } = this.#limits;
    const now = wallTime();
    const bucket = this.#rates.get(ipAddress) ?? { tokens: 2 * rate, at: now };
    const tokens = Math.min(2 * rate, bucket.tokens + ((now - bucket.at) * rate) / 1000);
    this.#rates.set(ipAddress, { tokens: Math.max(0, tokens - 1), at: now });
    return tokens >= 1;
  }

  /** Cuts them all. */
  close(): void {
    this.#alarm.set(undefined, () => {});
    for (const { socket } of this.#lines.values()) socket.destroy();
  }

  #watch(): void {
    this.#alarm.set(wallTime() + period, () => {
      const now = wallTime();
      for (const line of this.#lines.values()) this.#look(line, now);
      for (const [address, { at }] of this.#rates) if (now - at > 2000) this.#rates.delete(address);
      if (this.#lines.size > 0) this.#watch();
    });
  }

  #look(line: Line, now: number): void {
    const { socket } = line;
    if (line.readUntil > 0 && now > line.readUntil) socket.destroy();
    const { bytesWritten, writableLength } = socket;
    if (writableLength === 0 || bytesWritten !== line.sent || writableLength !== line.queued) {
      line.sent = bytesWritten;
      line.queued = writableLength;
      line.since = now;
    } else if (now - line.since > this.#limits.reading) socket.destroy();
  }
}
