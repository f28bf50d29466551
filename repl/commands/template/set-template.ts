import type { Ref } from "../../../sdk/index.ts";
import { act, machineOf } from "../../inventory/act.ts";
import { template } from "../../inventory/kinds/template.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { load, readPath } from "../../inventory/load.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve } from "../../inventory/resolve.ts";
import { reference } from "../../inventory/values.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { command, scriptError } from "../../language/index.ts";
import { templateParameter } from "./template-parameter.ts";

export const setTemplate = command({
  name: "Set-Template",
  summary: "Gives templates another name, or makes machines of them again.",
  parameters: {
    Template: templateParameter,
    Name: { type: "string", help: "A new name." },
    ToVM: { type: "switch", help: "Makes a virtual machine of the template, on its host." },
    RunAsync: runAsync,
    Server: server,
  },
  supportsShouldProcess: "low",
  examples: [
    {
      code: "Get-Template | Select-Object -First 1 | Set-Template -ToVM",
      note: "A template that can be powered on again.",
    },
  ],
  async process(ctx, { Template, Name, ToVM, RunAsync }) {
    for (const object of await resolve(ctx, template, Template)) {
      if (!(await ctx.shouldProcess(object.name, ToVM ? "Convert to virtual machine" : "Change"))) continue;
      if (Name !== undefined)
        await act(ctx, object, (machine) => machine.Rename_Task({ newName: Name }, { signal: ctx.signal }), {
          runAsync: RunAsync,
          show: ToVM ? undefined : template,
        });
      if (!ToVM) continue;
      await (await machineOf(object)).MarkAsVirtualMachine(await placeOf(object), { signal: ctx.signal });
      for (const made of await load(object.connection, virtualMachine, [object.ref], ctx.signal)) await ctx.write(made);
    }
  },
});

/** The host that a template is on, and the pool at the root there. */
async function placeOf(object: VIObject) {
  const { session } = object.connection;
  const host = reference(await readPath(object, "runtime.host")) as Ref<"HostSystem"> | undefined;
  const [at] = host ? await session.retrieve([host], ["parent"]) : [];
  const owner = at?.parent as Ref<"ComputeResource"> | undefined;
  const [row] = owner ? await session.retrieve([owner], ["resourcePool"]) : [];
  const pool = row?.resourcePool;
  if (host && pool) return { host, pool };
  throw scriptError(`'${object.name}' is on no host that has a resource pool.`, {
    category: "InvalidArgument",
    target: object,
  });
}
