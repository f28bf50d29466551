import type { vim } from "../../../sdk/index.ts";
import type { Connection } from "../../inventory/connection.ts";
import { connections } from "../../inventory/connections.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { vmHost } from "../../inventory/kinds/vm-host.ts";
import { noneNamed, resolve } from "../../inventory/resolve.ts";
import { findByName } from "../../inventory/search.ts";
import { VIObject } from "../../inventory/vi-object.ts";
import { type CommandContext, scriptError, toText, type Value } from "../../language/index.ts";

type Context = CommandContext<unknown>;

/** What a server can tell about an object's performance. */
export interface Provider {
  readonly object: VIObject;
  readonly manager: NonNullable<Connection["session"]["content"]["perfManager"]>;
  /** Counters that the object has, by PowerCLI's name in small letters: `mem.consumed.average`. */
  readonly counters: ReadonlyMap<string, vim.PerfCounterInfo>;
  readonly summary: vim.PerfProviderSummary;
}

/** PowerCLI's name of a counter. */
const nameOf = (info: vim.PerfCounterInfo): string =>
  `${info.groupInfo.key}.${info.nameInfo.key}.${info.rollupType}`.toLowerCase();

/** Machines and hosts, by object, by name or by pattern. */
export async function entitiesOf(ctx: Context, values: readonly Value[], on?: readonly Value[]): Promise<VIObject[]> {
  const found: VIObject[] = [];
  for (const value of values) {
    if (value instanceof VIObject) {
      found.push(value);
      continue;
    }
    const name = toText(value);
    const before = found.length;
    for (const kind of [virtualMachine, vmHost])
      for (const connection of await ctx.session.service(connections).current(on?.map((server) => toText(server))))
        if ((await findByName(connection, kind.type, name, ctx.signal)).length > 0)
          found.push(...(await resolve(ctx, kind, [value])).filter((object) => object.connection === connection));
    if (found.length === before) throw noneNamed(ctx, virtualMachine, name);
  }
  return found;
}

/** Asks a server what it can tell about an object: in real time, or at an interval in seconds. */
export async function providerOf(ctx: Context, object: VIObject, interval?: number): Promise<Provider> {
  const { session } = object.connection;
  const manager = session.content.perfManager;
  if (!manager)
    throw scriptError(`The server '${object.connection.name}' keeps no statistics.`, { category: "NotImplemented" });
  const options = { signal: ctx.signal };
  const [row] = await session.retrieve([manager], ["perfCounter"], options);
  const entity = object.ref;
  const summary = await session.call(manager, "QueryPerfProviderSummary", { entity }, options);
  const at = interval === undefined ? {} : { intervalId: interval };
  const available = await session.call(manager, "QueryAvailablePerfMetric", { entity, ...at }, options);
  const has = new Set(available?.map(({ counterId }) => counterId));
  const counters = new Map(
    (row?.perfCounter ?? []).flatMap((info) => (has.has(info.key) ? [[nameOf(info), info]] : [])),
  );
  return { object, manager, counters, summary };
}
