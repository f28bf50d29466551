import type { Ref } from "../../../sdk/index.ts";
import { act } from "../../inventory/act.ts";
import { template } from "../../inventory/kinds/template.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { placeOf } from "../../inventory/placement.ts";
import { resolveOne } from "../../inventory/resolve.ts";
import { command } from "../../language/index.ts";

export const newTemplate = command({
  name: "New-Template",
  summary: "Makes a template: a full copy of a machine.",
  parameters: {
    VM: {
      type: "object",
      position: 0,
      mandatory: true,
      pipeline: "value",
      complete: "VirtualMachine",
      help: "The machine to copy.",
    },
    Name: { type: "string", position: 1, mandatory: true, help: "The template's name." },
    Location: {
      type: "object",
      complete: "Folder",
      help: "Its folder. Default: the datacenter's folder for machines.",
    },
    Datastore: { type: "object", complete: "Datastore", help: "Where its files go. Default: where most is free." },
    VMHost: { type: "object", complete: "VMHost", help: "The host that it is on." },
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "Template",
  supportsShouldProcess: "low",
  examples: [{ code: "New-Template -VM build-01 -Name build-template", note: "A template to make machines of." }],
  async process(ctx, args) {
    const source = await resolveOne(ctx, virtualMachine, args.VM);
    if (!source || !(await ctx.shouldProcess(args.Name, "Create template"))) return;
    const { folder, datastore, host } = await placeOf(ctx, { ...args, ResourcePool: undefined });
    const location = { datastore: datastore.ref as Ref<"Datastore">, ...(host ? { host } : {}) };
    const spec = { location, powerOn: false, template: true };
    const show = { runAsync: args.RunAsync, show: template };
    await act(ctx, source, (vm) => vm.CloneVM_Task({ folder, name: args.Name, spec }, { signal: ctx.signal }), show);
  },
});
