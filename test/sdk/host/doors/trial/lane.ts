import { connect, type Socket } from "node:net";

/** An answer as it came over the line. */
export interface Reply {
  readonly status: number;
  readonly head: string;
  readonly body: Buffer;
}

/** `closed`: the server hung up without a word. `silent`: it said nothing within the time. */
export type Outcome = Reply | "closed" | "silent";

/** Longer answers are not read to their end. */
const most = 2 ** 24;

/** A connection of a client who says what he likes and reads what he gets. */
export class Lane {
  readonly #port: number;
  #socket: Socket | undefined;
  #come: Buffer = Buffer.alloc(0);
  #closed = false;
  #wake: (() => void) | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends a request and waits for its answer, on the line of the one before where that is still open. */
  async ask(bytes: Buffer, patience: number): Promise<Outcome> {
    const fresh = this.#socket === undefined || this.#closed;
    const outcome = await this.#try(bytes, patience, bytes.subarray(0, 5).toString() === "HEAD ");
    // The server may hang up on an idle line at the moment when something is sent.
    return outcome === "closed" && !fresh ? await this.#try(bytes, patience, false) : outcome;
  }

  /** Sends what may be no request, and hears whatever comes first. The line is not used again. */
  async disturb(bytes: Buffer, after: "wait" | "end" | "reset", patience: number): Promise<Outcome> {
    this.reset();
    const socket = this.#open();
    socket.write(bytes);
    if (after === "end") socket.end();
    if (after === "reset") {
      await new Promise((resolve) => setImmediate(resolve));
      this.reset();
      return "closed";
    }
    const outcome = await this.#reply(patience, bytes.subarray(0, 5).toString() === "HEAD ");
    this.reset();
    return outcome;
  }

  /** Ends the line without leaving the system something to remember of it. */
  reset(): void {
    this.#socket?.resetAndDestroy();
    this.#socket = undefined;
  }

  async #try(bytes: Buffer, patience: number, head: boolean): Promise<Outcome> {
    if (this.#socket === undefined || this.#closed) this.#open();
    this.#socket?.write(bytes);
    const outcome = await this.#reply(patience, head);
    if (typeof outcome === "string" || /^connection: close/im.test(outcome.head)) this.reset();
    return outcome;
  }

  #open(): Socket {
    const socket = connect({ port: this.#port, host: "127.0.0.1", allowHalfOpen: true });
    this.#socket = socket;
    this.#come = Buffer.alloc(0);
    this.#closed = false;
    socket.setNoDelay(true);
    const heard = (closed: boolean) => {
      if (this.#socket !== socket) return;
      if (closed) this.#closed = true;
      this.#wake?.();
    };
    socket.on("data", (chunk: Buffer) => {
      if (this.#socket === socket) this.#come = this.#come.length === 0 ? chunk : Buffer.concat([this.#come, chunk]);
      heard(false);
    });
    socket.on("end", () => heard(true));
    socket.on("error", () => heard(true));
    socket.on("close", () => heard(true));
    return socket;
  }

  async #reply(patience: number, head: boolean): Promise<Outcome> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.#wake?.();
    }, patience);
    try {
      for (;;) {
        const reply = this.#read(head);
        if (reply) return reply;
        if (this.#closed) return "closed";
        if (late) return "silent";
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
      this.#wake = undefined;
    }
  }

  /** The answer, when all of it is there. */
  #read(noBody: boolean): Reply | undefined {
    const end = this.#come.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const head = this.#come.subarray(0, end).toString("latin1");
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
    const begin = end + 4;
    const take = (to: number, body: Buffer): Reply => {
      this.#come = this.#come.subarray(to);
      return { status, head, body };
    };
    if (status >= 100 && status < 200) {
      this.#come = this.#come.subarray(begin);
      return this.#read(noBody);
    }
    if (noBody || status === 204 || status === 304) return take(begin, Buffer.alloc(0));
    const length = /^content-length: (\d+)/im.exec(head)?.[1];
    if (Number(length ?? 0) > most) {
      // A whole disk: that it comes is enough.
      this.#closed = true;
      return { status, head: `${head}\r\nConnection: close`, body: Buffer.alloc(0) };
    }
    if (length !== undefined) {
      const to = begin + Number(length);
      return this.#come.length < to ? undefined : take(to, this.#come.subarray(begin, to));
    }
    if (!/^transfer-encoding: chunked/im.test(head))
      return this.#closed ? take(this.#come.length, this.#come.subarray(begin)) : undefined;
    const parts: Buffer[] = [];
    for (let at = begin; ; ) {
      const line = this.#come.indexOf("\r\n", at);
      if (line < 0) return undefined;
      const size = Number.parseInt(this.#come.subarray(at, line).toString("latin1"), 16);
      const from = line + 2;
      if (this.#come.length < from + size + 2) return undefined;
      if (size === 0) return take(from + 2, Buffer.concat(parts));
      parts.push(this.#come.subarray(from, from + size));
      at = from + size + 2;
    }
  }
}
