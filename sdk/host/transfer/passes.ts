import { fault, invalidArgument } from "../faults.ts";
import type { Session } from "../session/session.ts";

/** Leave to make one request of HTTP, without a cookie of the session. */
interface Pass {
  readonly session: Session;
  readonly method: string;
  readonly target: string;
  /** Milliseconds since the epoch, by the vCenter's clock. */
  readonly expires: number;
}

/** vSphere's own: long enough to connect. */
const lifetime = 60_000;
const most = 10_000;
/** Characters of a URL. */
const longest = 8192;

/** `httpGet` and so on, as vim25 calls the methods of HTTP. */
const methods: Readonly<Record<string, string>> = {
  httpGet: "GET",
  httpPut: "PUT",
  httpPost: "POST",
  httpOptions: "OPTIONS",
  httpTrace: "TRACE",
  httpHead: "HEAD",
  httpDelete: "DELETE",
  httpConnect: "CONNECT",
};

/** What `AcquireGenericServiceTicket` gives out: each is for one request of one URL, within a minute, as whoever asked for it. */
export class Passes {
  readonly #now: () => number;
  readonly #open = new Map<string, Pass>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Remembers what a pass is for. Without a method of HTTP it is for any. Throws InvalidArgument. */
  add(id: string, session: Session, method: string | undefined, url: string): void {
    const known = method === undefined ? "" : methods[method];
    if (known === undefined) throw invalidArgument("spec.method", `There is no method '${method?.slice(0, 40)}'.`);
    if (url.length > longest) throw invalidArgument("spec.url", `It has more than ${longest} characters.`);
    const now = this.#now();
    for (const [old, { expires }] of this.#open) {
      if (expires > now && this.#open.size < most) break;
      this.#open.delete(old);
    }
    this.#open.set(id, { session, method: known, target: targetOf(url), expires: now + lifetime });
  }

  /** The session that a request is made for. Throws NotAuthenticated for one that the pass is not for; the pass is used up. */
  redeem(id: string, method: string, target: string): Session {
    const pass = this.#open.get(id);
    this.#open.delete(id);
    if (pass && pass.expires > this.#now() && matches(pass, method) && pass.target === targetOf(target))
      return pass.session;
    throw fault(
      "NotAuthenticated",
      { object: { type: "SessionManager", value: "SessionManager" }, privilegeId: "System.View" },
      "The ticket was used already, has expired, or is for another request.",
    );
  }
}

const matches = (pass: Pass, method: string): boolean =>
  pass.method === "" || pass.method === method || (pass.method === "GET" && method === "HEAD");

/** Path and query, in one of the ways to write them: clients write the same URL with other escapes. */
function targetOf(url: string): string {
  const match = /^(?:[a-z]+:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url);
  const pairs = [...new URLSearchParams(match?.[2] ?? "")].map((pair) => pair.join("=")).sort();
  const path = (match?.[1] ?? "").split("/").map(plainly).join("/");
  return JSON.stringify([path, ...pairs]);
}

function plainly(part: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(part));
  } catch {
    return part;
  }
}
