import { act, machineOf } from "../../inventory/act.ts";
import { template } from "../../inventory/kinds/template.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { command } from "../../language/index.ts";
import { templateParameter } from "./template-parameter.ts";

export const removeTemplate = command({
  name: "Remove-Template",
  summary: "Removes templates from the inventory; with -DeletePermanently their files too.",
  parameters: {
    Template: templateParameter,
    DeletePermanently: {
      type: "switch",
      aliases: ["DeleteFromDisk"],
      help: "Deletes the files of the templates as well.",
    },
    RunAsync: runAsync,
    Server: server,
  },
  supportsShouldProcess: "high",
  examples: [
    {
      code: "Get-Template | Remove-Template -DeletePermanently -Confirm:$false",
      note: "Deletes all templates without asking you.",
    },
  ],
  async process(ctx, { Template, DeletePermanently, RunAsync }) {
    for (const object of await resolve(ctx, template, Template)) {
      if (!(await ctx.shouldProcess(object.name, DeletePermanently ? "Delete permanently" : "Remove from inventory")))
        continue;
      if (DeletePermanently)
        await act(ctx, object, (machine) => machine.Destroy_Task({}, { signal: ctx.signal }), { runAsync: RunAsync });
      else await (await machineOf(object)).UnregisterVM({}, { signal: ctx.signal });
    }
  },
});
