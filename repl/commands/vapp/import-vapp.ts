import type { Ref } from "../../../sdk/index.ts";
import { shown } from "../../inventory/act.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { load } from "../../inventory/load.ts";
import { server } from "../../inventory/parameters.ts";
import { type Placement, placeOf } from "../../inventory/placement.ts";
import { findByName } from "../../inventory/search.ts";
import { command, Hashtable, scriptError, toText, type Value } from "../../language/index.ts";
import { resolvePath } from "../file/path.ts";

export const importVApp = command({
  name: "Import-VApp",
  summary: "Makes a virtual machine of an OVF or OVA package.",
  description:
    "Files are compared with the package's manifest. When anything is wrong, nothing is left behind. The machine is off when it is there.",
  parameters: {
    Source: { type: "string", position: 0, mandatory: true, complete: "File", help: "The .ovf or .ova file." },
    Name: { type: "string", position: 1, help: "The machine's name. Default: the package's." },
    VMHost: {
      type: "object",
      position: 2,
      pipeline: "value",
      complete: "VMHost",
      help: "The host it is to run on.",
    },
    Location: {
      type: "object",
      complete: "ResourcePool",
      help: "Its resource pool: a pool, a cluster or a host.",
    },
    InventoryLocation: {
      type: "object",
      complete: "Folder",
      help: "Its folder. Default: the datacenter's folder for machines.",
    },
    Datastore: {
      type: "object",
      complete: "Datastore",
      help: "Where its files go. Default: where most is free.",
    },
    DiskStorageFormat: {
      type: "string",
      values: ["Thin", "Thick"],
      default: "Thin",
      help: "How disks take their space. Default: Thin.",
    },
    OvfConfiguration: {
      type: "hashtable",
      help: 'Which network here stands for one of the package: @{ "NetworkMapping.VM Network" = "servers" }.',
    },
    Force: { type: "switch", help: "Accepted for scripts that give it: checksums are always looked at." },
    Server: server,
  },
  outputs: "VirtualMachine",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "Export-VApp -VM build-01 -Format Ova > $null; (Import-VApp build-01.ova -Name build-02).Name",
      note: "A machine out and in again.",
      output: "build-02\n",
    },
  ],
  async process(ctx, args) {
    const source = resolvePath(ctx.session, args.Source);
    if (!(await ctx.shouldProcess(source, "Import"))) return;
    const { VMHost, Datastore, Server } = args;
    const place = await placeOf(ctx, {
      VMHost,
      Datastore,
      Server,
      ResourcePool: args.Location,
      Location: args.InventoryLocation,
    });
    const { connection } = place;
    const vm = await connection.session.importVApp(source, {
      name: args.Name,
      resourcePool: place.pool,
      folder: place.folder,
      host: place.host,
      datastore: place.datastore.ref as Ref<"Datastore">,
      disks: args.DiskStorageFormat === "Thick" ? "thick" : "thin",
      networks: await networksOf(place, args.OvfConfiguration, ctx.signal),
      signal: ctx.signal,
      onProgress: shown(ctx),
      onWarning: (message) => ctx.warn(message),
    });
    for (const made of await load(connection, virtualMachine, [vm.ref], ctx.signal)) await ctx.write(made);
  },
});

const prefix = /^NetworkMapping\./i;

/** What PowerCLI calls `NetworkMapping.<name>`: the networks of the package, and those here. */
async function networksOf(
  { connection }: Placement,
  configuration: Value | undefined,
  signal: AbortSignal,
): Promise<Record<string, Ref<"Network">>> {
  const found: Record<string, Ref<"Network">> = {};
  if (!(configuration instanceof Hashtable)) return found;
  for (const key of configuration.keys()) {
    const text = toText(key);
    if (!prefix.test(text))
      throw scriptError(`OvfConfiguration has '${text}': only NetworkMapping.<name> is understood.`, {
        category: "InvalidArgument",
      });
    const name = toText(configuration.get(key) ?? "");
    const [ref] = await findByName(connection, "Network", name, signal);
    if (!ref) throw scriptError(`There is no network named '${name}'.`, { category: "ObjectNotFound", target: name });
    found[text.replace(prefix, "")] = ref as Ref<"Network">;
  }
  return found;
}
