import type { Socket } from "node:net";
import type { LogEntry } from "../../../../../sdk/host/doors/log.ts";
import type { Mark } from "../../../../../sdk/host/index.ts";
import { brokenInvariants } from "../../invariants.ts";
import { Site, until } from "../files/client.ts";
import { Chance } from "./chance.ts";
import { type Cast, type Good, goodRequests } from "./goods.ts";
import { Lane } from "./lane.ts";
import { breakWire, inHttp, mutate } from "./mutate.ts";
import { complaint, waits } from "./verdict.ts";

/** What the server holds. */
export interface Holding {
  /** Bytes of the heap after it was tidied up, where that can be asked for; else 0. */
  readonly heap: number;
  readonly pages: number;
  /** Bytes of the page store, with what it keeps in reserve. */
  readonly held: number;
  readonly sessions: number;
  /** What keeps the process busy: sockets, timers. */
  readonly handles: number;
}

const lanes = 8;
/** How long a client waits for an answer, in milliseconds: far longer than any takes, on a machine with much else to do. */
const patience = 30_000;
/** And for one that may rightly never come. */
const short = 300;

/** A server that is sent rubbish, and what it says to that. */
export class Trial {
  readonly site: Site;
  readonly #goods: readonly Good[];
  readonly #mark: Mark;
  readonly #mistakes: string[] = [];
  readonly #errors: string[];
  readonly statuses = new Map<number | string, number>();

  private constructor(site: Site, goods: readonly Good[], errors: string[]) {
    this.site = site;
    this.#goods = goods;
    this.#errors = errors;
    this.#mark = site.host.snapshot();
  }

  static async open(): Promise<Trial> {
    const errors: string[] = [];
    const log = (entry: LogEntry) => {
      if (entry.error !== undefined) errors.push(`${entry.request} ${entry.method ?? ""}: ${entry.error}`);
    };
    const limits = { headers: "2s", request: "2s", failedLogins: 1e9, sessions: 1e6, sessionsPerUser: 1e6 } as const;
    const site = await Site.open({ retention: { tasks: 100, events: 100 } }, { log, limits });
    return new Trial(site, goodRequests(await castOf(site)), errors);
  }

  /** Sends so many requests, and then finds everything in order. Throws an error that says what was not. */
  async round(count: number, seed: number): Promise<Holding> {
    this.site.host.sessions.closeAll();
    this.site.host.restore(this.#mark);
    const chances = Array.from({ length: lanes }, (_, n) => new Chance(seed * lanes + n));
    const stalled = await this.#stall(new Chance(seed));
    await Promise.all(chances.map((chance) => this.#drive(Math.ceil(count / lanes), chance)));
    await until(() => stalled.every((line) => line.destroyed));
    if (this.#errors.length > 0) this.#mistakes.push(...this.#errors.splice(0).map((error) => `in the log: ${error}`));
    this.#report();
    return await this.#settle();
  }

  /** Clients that begin something and then say no more: the server must let go of them by itself. */
  async #stall(chance: Chance): Promise<readonly Socket[]> {
    const lines: Socket[] = [];
    for (const good of this.#goods.filter(({ body }) => body !== "").slice(0, 20)) {
      const bytes = inHttp(good, "x");
      const line = await this.site.line();
      line.resume();
      line.write(bytes.subarray(0, 1 + chance.next(bytes.length - 1)));
      lines.push(line);
    }
    return lines;
  }

  #report(): void {
    const mistakes = new Set(this.#mistakes.splice(0));
    if (mistakes.size > 0)
      throw new Error(`${mistakes.size} answers are wrong:\n${[...mistakes].slice(0, 40).join("\n\n")}`);
  }

  async close(): Promise<void> {
    this.#mark.release();
    await this.site[Symbol.asyncDispose]();
  }

  async #drive(count: number, chance: Chance): Promise<void> {
    const lane = new Lane(this.site.door.port);
    let token = "";
    try {
      for (let n = 0; n < count && this.#mistakes.length < 200; n++) {
        if (n % 100 === 0) token = await this.#renew(lane, token);
        const good = chance.one(this.#goods);
        if (chance.rarely(12)) {
          const { bytes, after } = breakWire(good, token, chance);
          const outcome = await lane.disturb(bytes, after, waits(good) ? short : patience);
          this.#judge(good, outcome, false, bytes);
        } else {
          const bad = mutate(good, this.#goods, chance);
          const bytes = inHttp(bad, token);
          const outcome = await lane.ask(bytes, waits(bad) ? short : patience);
          this.#judge(bad, outcome, true, bytes);
        }
      }
      await this.#renew(lane, token);
    } finally {
      lane.reset();
    }
  }

  #judge(good: Good, outcome: Awaited<ReturnType<Lane["ask"]>>, whole: boolean, bytes: Buffer): void {
    const status = typeof outcome === "string" ? outcome : outcome.status;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    const wrong = complaint(good, outcome, whole);
    if (wrong === undefined) return;
    // The same mistake is said once.
    const request = bytes.subarray(0, 6000).toString("latin1");
    if (!this.#mistakes.some((one) => one.startsWith(wrong.slice(0, 200)))) this.#mistakes.push(`${wrong}\n${request}`);
  }

  /**
   * A request that is in order gets its answer; then the session ends and there is a new one: filters and views without number are
   * work that the server has a right to be slow at.
   */
  async #renew(lane: Lane, token: string): Promise<string> {
    const good = (name: string) => this.#goods.find(({ door, body }) => door === "soap" && body.includes(`<${name} `));
    const [probe, logout] = [good("CurrentTime"), good("Logout")];
    if (!probe || !logout) throw new Error("There is no request to try it with.");
    if (token !== "") await lane.ask(inHttp(logout, token), patience);
    const next = await this.#login();
    const outcome = await lane.ask(inHttp(probe, next), patience);
    if (typeof outcome === "string" || outcome.status !== 200)
      this.#mistakes.push(
        `A request that is in order was answered: ${typeof outcome === "string" ? outcome : outcome.body.toString()}`,
      );
    return next;
  }

  async #login(): Promise<string> {
    const cookie = await this.site.login("administrator@vsphere.local", "secret");
    const token = /="?([^"]+)"?/.exec(cookie)?.[1];
    if (token === undefined) throw new Error("Nobody can log in any more.");
    return token;
  }

  /** Ends what is under way, puts everything back and looks at what is left. */
  async #settle(): Promise<Holding> {
    const { host } = this.site;
    await until(() => host.universe.arrivals.size === 0);
    host.sessions.closeAll();
    host.restore(this.#mark);
    await until(() => host.sessions.list.length === 0);
    await host.idle();
    const wrong = brokenInvariants(host);
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
    const collect: unknown = Reflect.get(globalThis, "gc");
    for (let n = 0; n < 3; n++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (typeof collect === "function") collect();
    }
    const { unique, held } = host.universe.pages;
    return {
      heap: typeof collect === "function" ? process.memoryUsage().heapUsed : 0,
      pages: unique,
      held,
      sessions: host.sessions.list.length,
      handles: process.getActiveResourcesInfo().filter((name) => /TCP|Timeout/.test(name)).length,
    };
  }
}

/** Those of the host's inventory that requests name. */
async function castOf({ vc }: Site): Promise<Cast> {
  const golden = await vc.find.virtualMachine("golden");
  const build = await vc.find.virtualMachine("build-01");
  const desk = await golden.instantClone({ name: "desk" });
  const task = await vc.call(build.ref, "CreateSnapshot_Task", { name: "first", memory: false, quiesce: false });
  await vc.task(task).wait();
  const [row] = await vc.retrieve([build.ref], ["parent", "resourcePool", "datastore", "runtime.host", "snapshot"]);
  const { datacenter } = await vc.find.datacenters("*").then(([first]) => ({ datacenter: first?.ref }));
  const snapshot = row?.snapshot?.currentSnapshot;
  if (!row?.parent || !row.resourcePool || !row.datastore?.[0] || !row["runtime.host"] || !snapshot || !datacenter)
    throw new Error("The lab is not as it was.");
  return {
    machine: desk.ref,
    idle: build.ref,
    folder: row.parent,
    pool: row.resourcePool,
    datacenter,
    datastore: row.datastore[0],
    host: row["runtime.host"],
    snapshot,
  };
}
