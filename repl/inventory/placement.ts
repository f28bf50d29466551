import type { ManagedType, Ref } from "../../sdk/index.ts";
import { scriptError } from "../language/error.ts";
import { type CommandContext, toText, type Value } from "../language/index.ts";
import type { Connection } from "./connection.ts";
import { connections } from "./connections.ts";
import { cluster } from "./kinds/cluster.ts";
import { datastore } from "./kinds/datastore.ts";
import { folder } from "./kinds/folder.ts";
import { resourcePool } from "./kinds/resource-pool.ts";
import { vmHost } from "./kinds/vm-host.ts";
import { load, readPath } from "./load.ts";
import { relatedTo } from "./related.ts";
import { resolveOne } from "./resolve.ts";
import { findByName } from "./search.ts";
import { number, reference } from "./values.ts";
import { VIObject } from "./vi-object.ts";

/** Where a new machine goes. */
export interface Placement {
  readonly connection: Connection;
  readonly folder: Ref<"Folder">;
  readonly pool: Ref<"ResourcePool">;
  readonly host: Ref<"HostSystem"> | undefined;
  readonly datastore: VIObject;
}

interface Wanted {
  readonly VMHost: Value | undefined;
  readonly ResourcePool: Value | undefined;
  readonly Location: Value | undefined;
  readonly Datastore: Value | undefined;
  readonly Server: readonly Value[] | undefined;
}

/** Fills in what was not said: the first cluster, its root pool, the datacenter's folder, the datastore with most room. */
export async function placeOf(ctx: CommandContext<unknown>, wanted: Wanted): Promise<Placement> {
  const connection = await ctx.session.service(connections).one(wanted.Server?.map((server) => toText(server)));
  const host = await resolveOne(ctx, vmHost, wanted.VMHost, connection);
  const pool = await poolOf(ctx, connection, wanted.ResourcePool, host);
  const chosen = await resolveOne(ctx, datastore, wanted.Datastore, connection);
  return {
    connection,
    pool,
    host: host?.ref as Ref<"HostSystem"> | undefined,
    folder: await folderOf(ctx, connection, wanted.Location, pool),
    datastore: chosen ?? (await roomiest(ctx, connection, host)),
  };
}

/** A pool may be given as a pool, or as the cluster or host whose root pool is meant. */
async function poolOf(
  ctx: CommandContext<unknown>,
  connection: Connection,
  value: Value | undefined,
  host: VIObject | undefined,
) {
  const given =
    value instanceof VIObject
      ? value
      : value === undefined || value === null
        ? undefined
        : await namedPool(ctx, connection, toText(value));
  if (given?.ref.type === "ResourcePool") return given.ref as Ref<"ResourcePool">;
  const owner = given ?? host ?? (await first(ctx, connection, "ComputeResource"));
  const compute = owner.ref.type === "HostSystem" ? await parentOf(owner) : owner;
  const root = reference(await readPath(compute, "resourcePool"));
  if (root) return root as Ref<"ResourcePool">;
  throw scriptError(`'${owner.name}' has no resource pool.`, {
    category: "InvalidArgument",
    target: owner,
  });
}

async function namedPool(ctx: CommandContext<unknown>, connection: Connection, name: string): Promise<VIObject> {
  for (const kind of [resourcePool, cluster, vmHost]) {
    const refs = await findByName(connection, kind.type, name, ctx.signal);
    const [found] = await load(connection, kind, refs.slice(0, 1), ctx.signal);
    if (found && refs.length === 1) return found;
    if (found)
      throw scriptError(`There are ${refs.length} objects named '${name}'. Give the object.`, {
        category: "InvalidArgument",
        target: name,
      });
  }
  throw scriptError(`There is no resource pool, cluster or host named '${name}'.`, {
    category: "ObjectNotFound",
    target: name,
  });
}

async function folderOf(
  ctx: CommandContext<unknown>,
  connection: Connection,
  value: Value | undefined,
  pool: Ref<"ResourcePool">,
) {
  const given = await resolveOne(ctx, folder, value, connection);
  if (given) return given.ref as Ref<"Folder">;
  const { session } = connection;
  for (let at: Ref | undefined = pool; at; ) {
    if (at.type === "Datacenter") {
      const [row] = await session.retrieve([at as Ref<"Datacenter">], ["vmFolder"]);
      if (row) return row.vmFolder;
    }
    const [row]: readonly Readonly<Record<string, unknown>>[] = await session.retrieve<ManagedType, string>(
      [at],
      ["parent"],
    );
    at = reference(row?.parent);
  }
  throw scriptError("The resource pool is in no datacenter.", {
    category: "InvalidArgument",
  });
}

async function roomiest(
  ctx: CommandContext<unknown>,
  connection: Connection,
  host: VIObject | undefined,
): Promise<VIObject> {
  const refs = host
    ? await relatedTo(host, "Datastore", ctx.signal)
    : await findByName(connection, "Datastore", "*", ctx.signal);
  const all = await load(connection, datastore, refs, ctx.signal);
  const [best] = all.sort((a, b) => number(b.values["summary.freeSpace"]) - number(a.values["summary.freeSpace"]));
  if (best) return best;
  throw scriptError("There is no datastore.", { category: "ObjectNotFound" });
}

async function first(ctx: CommandContext<unknown>, connection: Connection, type: "ComputeResource"): Promise<VIObject> {
  const [ref] = await findByName(connection, type, "*", ctx.signal);
  const [found] = ref ? await load(connection, cluster, [ref], ctx.signal) : [];
  if (found) return found;
  throw scriptError("There is no cluster or host.", {
    category: "ObjectNotFound",
  });
}

async function parentOf(object: VIObject): Promise<VIObject> {
  const parent = reference(await readPath(object, "parent"));
  return parent ? new VIObject(cluster, object.connection, parent, {}) : object;
}
