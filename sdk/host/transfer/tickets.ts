import { fault } from "../faults.ts";
import { mix } from "../random.ts";
import { exactly } from "./exactly.ts";
import { Passes } from "./passes.ts";

/** Bytes in pieces of any size, as they come. */
export type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What a client may fetch. */
export interface DownloadOffer {
  /** Bytes, where they are known beforehand. */
  readonly size?: number | undefined;
  /** Called once for each time it is fetched; throws a fault when it is not to be had any more. */
  read(): Chunks;
  /** Called when the client has everything. */
  done?(): void;
}

/** What a client may bring. */
export interface UploadOffer {
  /** Bytes; with it, `chunks` throws in the end (or on the way) unless there are just as many. */
  readonly size?: number | undefined;
  /** Takes all of the bytes, or throws and has changed nothing. */
  write(chunks: AsyncIterable<Uint8Array>): Promise<void>;
}

export interface OfferOptions {
  /** Path of the URL: `/nfc/52.../disk-0.vmdk`. Default: `/guestFile?id=..&token=..`, with a token that nobody guesses. */
  readonly path?: string;
  /** False: for as often as somebody likes, until it is withdrawn. Default: true, for once and for ten minutes. */
  readonly once?: boolean;
}

/** Bytes on their way to a client. */
export interface Download extends AsyncIterable<Uint8Array> {
  readonly size: number | undefined;
}

type Ticket = {
  readonly once: boolean;
  /** Whether nobody can guess its URL. */
  readonly secret: boolean;
  /** Milliseconds since the epoch. */
  readonly expires: number;
} & ({ readonly download: DownloadOffer } | { readonly upload: UploadOffer });

/** How long a URL for one transfer lasts, in milliseconds. */
const lifetime = 600_000;
/** More than so many transfers nobody has open at once: the oldest that was never used is forgotten. */
const most = 10_000;

/**
 * The URLs that bytes are fetched from and brought to: outside the state, as sessions are. Whoever has one needs no session.
 * The host's name is `*`, which in vSphere stands for the server that one has asked.
 */
export class Tickets {
  readonly #seed: number;
  readonly #now: () => number;
  readonly #open = new Map<string, Ticket>();
  #count = 0;
  /** Those for one request each, which stand for a session. */
  readonly passes: Passes;
  #scheme = "https";
  #thumbprint = "";
  #chance: (() => string) | undefined;

  constructor(seed: number, now: () => number) {
    this.#seed = seed;
    this.#now = now;
    this.passes = new Passes(now);
  }

  /**
   * From here on others than the host's owner can reach it, over HTTPS or, where there is no certificate, HTTP: what is given out from
   * now on is such that nobody can guess it. Until then, two hosts with one seed give out the same.
   */
  open(server: { readonly thumbprint: string | undefined; readonly chance: () => string }): void {
    this.#scheme = server.thumbprint === undefined ? "http" : "https";
    this.#thumbprint = server.thumbprint ?? "";
    this.#chance = server.chance;
  }

  /** SHA-1 of the certificate of the server that the URLs lead to, as vSphere writes it; empty where there is none. */
  get thumbprint(): string {
    return this.#thumbprint;
  }

  /** A new name that nothing else has: `52c1b3a5-...`. */
  newToken(): string {
    return this.#tokenOf(++this.#count);
  }

  /**
   * What a URL is for, without using it: for who comes over a network. Throws NotFound, also for what was given out before the server
   * was opened: that follows from the seed, and is for the host's owner alone.
   */
  peek(url: string): { readonly way: "download" | "upload"; readonly size: number | undefined } {
    const ticket = this.#find(url);
    if (this.#chance && !ticket.secret) throw missing(url);
    if ("download" in ticket) return { way: "download", size: ticket.download.size };
    return { way: "upload", size: ticket.upload.size };
  }

  /** A URL to fetch bytes from. */
  offerDownload(download: DownloadOffer, options: OfferOptions = {}): string {
    return this.#offer({ download, ...this.#terms(options) }, options.path);
  }

  /** A URL to bring bytes to. */
  offerUpload(upload: UploadOffer, options: OfferOptions = {}): string {
    return this.#offer({ upload, ...this.#terms(options) }, options.path);
  }

  /** Takes an offer back. What is under way goes on. */
  withdraw(url: string): void {
    this.#open.delete(keyOf(url));
  }

  /** Fetches the bytes behind a URL. Throws NotFound, as for a URL that was used before. */
  download(url: string, signal?: AbortSignal): Download {
    const ticket = this.#find(url);
    if (!("download" in ticket)) throw wrongWay(url, "brought to, not fetched from");
    this.#use(url, ticket);
    const { download } = ticket;
    return { size: download.size, [Symbol.asyncIterator]: () => send(download, signal) };
  }

  /** Brings bytes to a URL. Throws NotFound, InvalidArgument when there are more or fewer than announced, or what the taker says. */
  async upload(url: string, chunks: Chunks, signal?: AbortSignal): Promise<void> {
    const ticket = this.#find(url);
    if (!("upload" in ticket)) throw wrongWay(url, "fetched from, not brought to");
    this.#use(url, ticket);
    await ticket.upload.write(exactly(chunks, ticket.upload.size, signal));
  }

  #terms({ once = true }: OfferOptions) {
    const secret = this.#chance !== undefined;
    return { once, secret, expires: once ? this.#now() + lifetime : Number.POSITIVE_INFINITY };
  }

  #offer(ticket: Ticket, path?: string): string {
    this.#clean();
    const key = path ?? this.#newPath();
    if (this.#open.has(key)) throw new Error(`${key} is offered already.`);
    this.#open.set(key, ticket);
    return `${this.#scheme}://*${key}`;
  }

  #newPath(): string {
    const n = ++this.#count;
    return `/guestFile?id=${n}&token=${this.#tokenOf(n)}`;
  }

  #tokenOf(n: number): string {
    const part = (i: number) => mix(this.#seed, 0x71c4e7, n, i).toString(16).padStart(8, "0");
    const words = this.#chance?.() ?? [1, 2, 3, 4].map(part).join("");
    return `52${words.slice(2, 8)}-${words.slice(8, 12)}-${words.slice(12, 16)}-${words.slice(16, 20)}-${words.slice(20, 32)}`;
  }

  #find(url: string): Ticket {
    const ticket = this.#open.get(keyOf(url));
    if (ticket && ticket.expires > this.#now()) return ticket;
    throw missing(url);
  }

  #use(url: string, ticket: Ticket): void {
    if (ticket.once) this.#open.delete(keyOf(url));
  }

  /** Forgets what has expired, and what was given out long ago and never used. */
  #clean(): void {
    const now = this.#now();
    let over = this.#open.size - most;
    for (const [key, { once, expires }] of this.#open) {
      if (!once) continue;
      if (expires > now && over < 0) return;
      this.#open.delete(key);
      over--;
    }
  }
}

/** Path and query: a client may have put the server's name in the place of the `*`, and may have asked by another. */
function keyOf(url: string): string {
  const match = /^(?:[a-z]+:\/\/[^/]*)?(\/.*)$/i.exec(url);
  return match?.[1] ?? url;
}

/** A URL without its token: messages end up in logs. */
const shown = (url: string): string =>
  url
    .replace(/token=[^&]*/, "token=...")
    .replace(/\/nfc\/[^/]*/, "/nfc/...")
    .slice(0, 200);

const missing = (url: string) =>
  fault(
    "NotFound",
    {},
    `There is nothing to transfer at '${shown(url)}'. It was used already, has expired, or was never given out: ask for another.`,
  );

const wrongWay = (url: string, how: string) =>
  fault("InvalidArgument", { invalidProperty: "url" }, `Bytes are ${how} '${shown(url)}'.`);

async function* send(offer: DownloadOffer, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of offer.read()) {
    signal?.throwIfAborted();
    yield chunk;
  }
  offer.done?.();
}
