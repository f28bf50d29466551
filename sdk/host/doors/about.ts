import type { Host } from "../host.ts";
import { registry } from "../methods/index.ts";
import { isLoopback } from "./address.ts";
import type { Door, Exchange } from "./exchange.ts";
import { HttpError } from "./http-error.ts";

const json = { "Content-Type": "application/json" } as const;

/** What is simulated, as vcsim says it of itself: the managed types, and the methods that any of them has. */
let about: string | undefined;
function whatIsSimulated(): string {
  const methods = new Set([...registry.values()].flatMap((handlers) => [...handlers.keys()]));
  const types = [...registry.keys()].sort();
  about ??= `${JSON.stringify({ methods: [...methods].sort(), types }, null, 2)}\n`;
  return about;
}

const counted = {
  Datacenter: "datacenter",
  DistributedVirtualPortgroup: "portgroup",
  HostSystem: "host",
  ClusterComputeResource: "cluster",
  ResourcePool: "pool",
  Datastore: "datastore",
  VirtualMachine: "machine",
  Folder: "folder",
} as const satisfies Record<string, string>;

const isCounted = (kind: string): kind is keyof typeof counted => Object.hasOwn(counted, kind);

/** Figures of the running server, under the names that Go programs, and vcsim, give theirs. */
function variables(host: Host): string {
  const model: Record<string, number> = Object.fromEntries(Object.values(counted).map((name) => [name, 0]));
  for (const { kind } of host.universe.state.objects.values()) {
    if (isCounted(kind)) model[counted[kind]] = (model[counted[kind]] ?? 0) + 1;
  }
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  const memstats = { Alloc: heapUsed, Sys: rss, HeapAlloc: heapUsed, HeapSys: heapTotal };
  return `${JSON.stringify({ memstats, vcsim: { model } }, null, 2)}\n`;
}

/** `/about` and `/debug/vars`, which scripts ask vcsim. */
export const aboutDoor: Door = {
  claims: (path) => path === "/about" || path === "/debug/vars",
  allows: () => ["GET", "HEAD"],
  handle(exchange: Exchange): void {
    if (exchange.path === "/about") exchange.answer(200, json, whatIsSimulated());
    // How much there is, is nobody's business who has not logged in; on this machine it is its owner who asks.
    else if (isLoopback(exchange.ipAddress)) exchange.answer(200, json, variables(exchange.host));
    else throw new HttpError(403, "The figures of the server are shown on its own machine only.");
  },
};
