import { command } from "../../language/index.ts";
import { resolvePath } from "../file/path.ts";
import { between, bring, fetch } from "./copy-item.ts";
import { datastorePlace } from "./datastore-path.ts";

export const copyDatastoreItem = command({
  name: "Copy-DatastoreItem",
  summary: "Copies files between this computer and datastores, or from one datastore to another.",
  description:
    "On datastores, paths begin with the drive: vmstore:\\datacenter\\datastore\\path, or with a server vmstores:\\server@443\\datacenter\\datastore\\path.",
  parameters: {
    Item: {
      type: "string[]",
      position: 0,
      mandatory: true,
      pipeline: "value",
      complete: "File",
      help: "What to copy.",
    },
    Destination: { type: "string", position: 1, help: "Where to. Default: the present directory." },
    Force: { type: "switch", help: "Makes directories that are not there, and replaces files that are." },
    Recurse: { type: "switch", help: "Directories with what is in them." },
  },
  supportsShouldProcess: "medium",
  examples: [
    {
      code: "'hello' | Set-Content a.txt; Copy-DatastoreItem a.txt vmstore:\\DC0\\vmfs-01\\notes\\ -Force; Copy-DatastoreItem vmstore:\\DC0\\vmfs-01\\notes\\a.txt b.txt; Get-Content b.txt",
      note: "There and back again.",
      output: "hello\n",
    },
  ],
  async process(ctx, { Item, Destination = ".", Force: force, Recurse: recurse }) {
    const options = { force, recurse, signal: ctx.signal };
    const local = (path: string) => resolvePath(ctx.session, path) + (/[\\/]$/.test(path) ? "/" : "");
    const to = await datastorePlace(ctx, Destination);
    for (const item of Item) {
      if (!(await ctx.shouldProcess(item, `Copy to ${Destination}`))) continue;
      try {
        const from = await datastorePlace(ctx, item);
        if (from && to) await between(from, to, options);
        else if (from) await fetch(from, local(Destination), options);
        else if (to) await bring(local(item).replace(/\/$/, ""), to, options);
        else throw new Error(`Neither '${item}' nor '${Destination}' is on a datastore: use Copy-Item.`);
      } catch (error) {
        ctx.signal.throwIfAborted();
        await ctx.error(error instanceof Error ? error : String(error), { target: item });
      }
    }
  },
});
