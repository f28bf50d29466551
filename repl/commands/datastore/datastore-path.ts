import type { Datastore } from "../../../sdk/index.ts";
import { connections } from "../../inventory/connections.ts";
import { scriptError } from "../../language/error.ts";
import type { CommandContext } from "../../language/index.ts";

/** A place on a datastore, as scripts write it. */
export interface DatastorePlace {
  readonly datastore: Datastore;
  /** From the datastore's top; ends with a slash where it was written so. */
  readonly path: string;
}

/**
 * `vmstore:\DC0\vmfs-01\iso\x.iso`, on the only server, or `vmstores:\server@443\DC0\vmfs-01\iso\x.iso`: the drives that PowerCLI
 * brings along. Undefined for a path of this computer.
 */
export async function datastorePlace(
  ctx: Pick<CommandContext<unknown>, "session" | "signal" | "name">,
  text: string,
): Promise<DatastorePlace | undefined> {
  const match = /^(vmstores?):[\\/]*(.*)$/is.exec(text);
  if (!match) return undefined;
  const parts = (match[2] ?? "").split(/[\\/]+/);
  const server = match[1]?.toLowerCase() === "vmstores" ? parts.shift()?.replace(/@\d+$/, "") : undefined;
  const [datacenter, name, ...path] = parts;
  if (!datacenter || !name)
    throw scriptError(`'${text}' names no datastore: write vmstore:\\datacenter\\datastore\\path.`, {
      category: "InvalidArgument",
      id: "Core_DatastorePath_Invalid",
      target: text,
      command: ctx.name,
    });
  const [connection] = await ctx.session.service(connections).current(server === undefined ? undefined : [server]);
  if (!connection) return undefined;
  const datastore = await connection.session.find.datastore(`/${datacenter}/datastore/${name}`, {
    signal: ctx.signal,
  });
  return { datastore, path: path.join("/") };
}
