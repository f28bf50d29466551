import { scriptError } from "../language/error.ts";
import { type CommandContext, toText, type Value } from "../language/index.ts";
import { connections } from "./connections.ts";
import { cluster } from "./kinds/cluster.ts";
import { datacenter } from "./kinds/datacenter.ts";
import { datastore } from "./kinds/datastore.ts";
import { folder } from "./kinds/folder.ts";
import { resourcePool } from "./kinds/resource-pool.ts";
import { vmHost } from "./kinds/vm-host.ts";
import { load } from "./load.ts";
import { findByName } from "./search.ts";
import { VIObject } from "./vi-object.ts";

/** What `-Location` may name, in the order in which a name is looked for. */
const kinds = [datacenter, folder, cluster, vmHost, resourcePool, datastore];

/** The places that arguments name, by object or by name. */
export async function places(ctx: CommandContext<unknown>, values: readonly Value[]): Promise<VIObject[]> {
  const found: VIObject[] = [];
  for (const value of values) found.push(...(value instanceof VIObject ? [value] : await named(ctx, toText(value))));
  return found;
}

async function named(ctx: CommandContext<unknown>, name: string): Promise<VIObject[]> {
  for (const connection of await ctx.session.service(connections).current()) {
    for (const kind of kinds) {
      const refs = await findByName(connection, kind.type, name, ctx.signal);
      if (refs.length > 0) return load(connection, kind, refs, ctx.signal);
    }
  }
  const message = `There is no datacenter, folder, cluster, host, resource pool or datastore named '${name}'.`;
  throw scriptError(message, { category: "ObjectNotFound", target: name });
}
