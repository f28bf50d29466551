import type { Ref } from "../../sdk/index.ts";
import { scriptError } from "../language/error.ts";
import { type CommandContext, toText, type Value } from "../language/index.ts";
import { cluster } from "./kinds/cluster.ts";
import { folder } from "./kinds/folder.ts";
import { resourcePool } from "./kinds/resource-pool.ts";
import { vmHost } from "./kinds/vm-host.ts";
import { load, readPath } from "./load.ts";
import { findByName } from "./search.ts";
import { isRef, reference } from "./values.ts";
import { VIObject } from "./vi-object.ts";

/** Where a machine is moved to, as vSphere takes it. */
export interface Destination {
  readonly host?: Ref<"HostSystem">;
  readonly pool?: Ref<"ResourcePool">;
  /** A folder of the inventory: nothing else about the machine changes. */
  readonly folder?: Ref<"Folder">;
}

/** Reads a destination: a host, a cluster, a resource pool or a folder, as an object or by name. */
export async function destinationOf(ctx: CommandContext<unknown>, vm: VIObject, value: Value): Promise<Destination> {
  const object = value instanceof VIObject ? value : await named(ctx, vm, toText(value));
  const { ref } = object;
  switch (ref.type) {
    case "HostSystem": {
      const owner = reference(await readPath(object, "parent"));
      return { host: ref as Ref<"HostSystem">, ...(await poolIn(vm, owner)) };
    }
    case "ClusterComputeResource":
    case "ComputeResource":
      return poolIn(vm, ref);
    case "ResourcePool":
      return { pool: ref as Ref<"ResourcePool"> };
    case "Folder":
      return { folder: ref as Ref<"Folder"> };
    default:
      throw scriptError(`A machine cannot be moved to '${object.name}', a ${object.typeNames[0]}.`, {
        category: "InvalidArgument",
        target: object,
      });
  }
}

/** The root pool of a cluster or host, unless the machine is in one of its pools already. */
async function poolIn(vm: VIObject, owner: Ref | undefined): Promise<Destination> {
  const { connection } = vm;
  if (!owner) return {};
  const own = reference(await readPath(vm, "resourcePool"));
  if (own) {
    const [row]: readonly Readonly<Record<string, unknown>>[] = await connection.session.retrieve(
      [own as Ref<"ResourcePool">],
      ["owner"],
    );
    if (isRef(row?.owner) && row.owner.value === owner.value) return {};
  }
  const [row]: readonly Readonly<Record<string, unknown>>[] = await connection.session.retrieve(
    [owner as Ref<"ComputeResource">],
    ["resourcePool"],
  );
  const root = reference(row?.resourcePool);
  return root ? { pool: root as Ref<"ResourcePool"> } : {};
}

async function named(ctx: CommandContext<unknown>, { connection }: VIObject, name: string): Promise<VIObject> {
  for (const kind of [vmHost, cluster, resourcePool, folder]) {
    const refs = await findByName(connection, kind.type, name, ctx.signal);
    const [found] = await load(connection, kind, refs.slice(0, 1), ctx.signal);
    if (found && refs.length === 1) return found;
    if (found)
      throw scriptError(`There are ${refs.length} objects named '${name}'. Give the object.`, {
        category: "InvalidArgument",
        target: name,
      });
  }
  throw scriptError(`There is no host, cluster, resource pool or folder named '${name}'.`, {
    category: "ObjectNotFound",
    target: name,
  });
}
