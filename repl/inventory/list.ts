import type { Ref } from "../../sdk/index.ts";
import { type CommandContext, toText, type Value } from "../language/index.ts";
import type { Connection } from "./connection.ts";
import { connections } from "./connections.ts";
import { load } from "./load.ts";
import { places } from "./places.ts";
import { relatedTo } from "./related.ts";
import { noneNamed } from "./resolve.ts";
import { findByName } from "./search.ts";
import { idOf } from "./values.ts";
import type { Kind, VIObject } from "./vi-object.ts";

export interface Listing {
  readonly Name?: readonly string[] | undefined;
  readonly Id?: readonly string[] | undefined;
  readonly Server?: readonly Value[] | undefined;
  /** Objects that those listed must belong to, or that belong to them; several widen the list. */
  readonly near?: readonly Value[] | undefined;
  /** What else they must be. */
  readonly only?: ((object: VIObject) => boolean) | undefined;
}

/** Lists objects of a kind: what all the `Get-` commands of the inventory do. */
export async function list(ctx: CommandContext<unknown>, kind: Kind, listing: Listing): Promise<void> {
  const servers = await ctx.session.service(connections).current(listing.Server?.map((server) => toText(server)));
  const near = listing.near && (await places(ctx, listing.near));
  const missing = new Set(listing.Name?.filter((name) => !/[*?[]/.test(name)));
  for (const connection of servers) {
    const allowed = await nearby(connection, kind, near, ctx.signal);
    const refs = await candidates(ctx, connection, kind, listing, allowed, missing);
    for (const object of await load(connection, kind, refs, ctx.signal)) {
      if (listing.only && !listing.only(object)) continue;
      for (const name of missing) if (name.toLowerCase() === object.name.toLowerCase()) missing.delete(name);
      await ctx.write(object);
    }
  }
  for (const name of missing) await ctx.error(noneNamed(ctx, kind, name).record);
}

async function candidates(
  ctx: CommandContext<unknown>,
  connection: Connection,
  kind: Kind,
  listing: Listing,
  allowed: ReadonlyMap<string, Ref> | undefined,
  missing: Set<string>,
): Promise<readonly Ref[]> {
  if (listing.Id) {
    const all = await connection.session.find.names(kind.type, {
      signal: ctx.signal,
    });
    const wanted = new Set(listing.Id.map((id) => id.toLowerCase()));
    return all
      .filter(({ ref }) => wanted.has(idOf(ref).toLowerCase()) || wanted.has(ref.value.toLowerCase()))
      .map(({ ref }) => ref);
  }
  if (!listing.Name && allowed) return [...allowed.values()];
  const found = new Map<string, Ref>();
  for (const name of listing.Name ?? ["*"]) {
    for (const ref of await findByName(connection, kind.type, name, ctx.signal)) {
      if (!allowed || allowed.has(ref.value)) found.set(ref.value, ref);
    }
  }
  if (!listing.Name) missing.clear();
  return [...found.values()];
}

/** What lies near any of some objects; undefined where none are given. */
async function nearby(
  connection: Connection,
  kind: Kind,
  near: readonly VIObject[] | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Ref> | undefined> {
  if (!near || near.length === 0) return undefined;
  const found = new Map<string, Ref>();
  for (const object of near) {
    if (object.connection !== connection) continue;
    for (const ref of await relatedTo(object, kind.type, signal)) found.set(ref.value, ref);
  }
  return found;
}
