import type { ManagedType, Ref } from "../../sdk/index.ts";
import type { Connection } from "./connection.ts";
import { type Kind, type Values, VIObject } from "./vi-object.ts";

/** Reads objects as they are now, in one call for all of them. */
export async function load(
  connection: Connection,
  kind: Kind,
  refs: readonly Ref[],
  signal?: AbortSignal,
): Promise<VIObject[]> {
  if (refs.length === 0) return [];
  // A kind's paths are checked against its type where it is defined.
  const rows: readonly ({ readonly ref: Ref } & Values)[] = await connection.session.retrieve<ManagedType, string>(
    refs,
    kind.paths,
    {
      signal,
    },
  );
  return rows.map((row) => new VIObject(kind, connection, row.ref, row));
}

/** Reads one object that another refers to; `$null` when it refers to none. */
export async function loadOne(from: VIObject, kind: Kind, ref: Ref | undefined): Promise<VIObject | null> {
  if (!ref) return null;
  const [found] = await load(from.connection, kind, [ref]);
  return found ?? null;
}

/** Reads one more property of an object, as it is now. */
export async function readPath(from: VIObject, path: string): Promise<unknown> {
  const [row]: readonly Values[] = await from.connection.session.retrieve<ManagedType, string>([from.ref], [path]);
  return row?.[path];
}
