import type { Ref, VirtualMachine, vim } from "../../../sdk/index.ts";
import { act } from "../../inventory/act.ts";
import { type Destination, destinationOf } from "../../inventory/destination.ts";
import { formatFields, hardDisksOf, storageFormats } from "../../inventory/hard-disk.ts";
import { datastore as datastoreKind } from "../../inventory/kinds/datastore.ts";
import { folder as folderKind } from "../../inventory/kinds/folder.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve, resolveOne } from "../../inventory/resolve.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { type CommandContext, command, scriptError } from "../../language/index.ts";

export const moveVM = command({
  name: "Move-VM",
  summary: "Moves machines to another host, cluster, resource pool, folder or datastore, whether they run or not.",
  parameters: {
    VM: {
      type: "object[]",
      position: 0,
      mandatory: true,
      pipeline: "value",
      complete: "VirtualMachine",
      wildcard: true,
      help: "The machines, as objects or by name.",
    },
    Destination: {
      type: "object",
      position: 1,
      complete: "VMHost",
      help: "A host, a cluster, a resource pool or a folder.",
    },
    Datastore: { type: "object", complete: "Datastore", help: "Where their files go." },
    DiskStorageFormat: { type: "string", values: [...storageFormats], help: "How their disks take room there." },
    InventoryLocation: { type: "object", complete: "Folder", help: "The folder that they are in then." },
    VMotionPriority: {
      type: "string",
      values: ["High", "Low"],
      help: "Accepted; the simulated vCenter makes no difference.",
    },
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "VirtualMachine",
  supportsShouldProcess: "medium",
  examples: [
    {
      code: "Get-VM web-01 | Move-VM -Destination esx-01.lab.local -Datastore local-01",
      note: "Moves a running machine to another host, and its files to a datastore that only this host has.",
    },
    {
      code: "Move-VM web-01 -Destination (Get-VMHost | Select-Object -Last 1)",
      note: "Moves a running machine to a host.",
    },
  ],
  async process(ctx, args) {
    const { VM, Destination: to, Datastore, InventoryLocation, RunAsync } = args;
    if (to === undefined && Datastore === undefined && InventoryLocation === undefined)
      throw scriptError("Say where to: -Destination, -Datastore or -InventoryLocation.", {
        category: "InvalidArgument",
      });
    const store = await resolveOne(ctx, datastoreKind, Datastore);
    const location = await resolveOne(ctx, folderKind, InventoryLocation);
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, "Move"))) continue;
      const place = to === undefined || to === null ? {} : await destinationOf(ctx, vm, to);
      const into = place.folder ?? (location?.ref as Ref<"Folder"> | undefined);
      const show = { runAsync: RunAsync, show: virtualMachine };
      const spec = await specOf(vm, place, store?.ref as Ref<"Datastore"> | undefined, args.DiskStorageFormat);
      if (Object.keys(spec).length === 0) await intoFolder(ctx, vm, into, RunAsync);
      else {
        const whole = into ? { ...spec, folder: into } : spec;
        await act(ctx, vm, (machine) => start(machine, whole, ctx.signal), show);
      }
    }
  },
});

/** A move of nothing but the host or pool is a migration, as it is recorded then. */
function start(machine: VirtualMachine, spec: vim.VirtualMachineRelocateSpec, signal: AbortSignal) {
  const { host, pool, ...files } = spec;
  if (Object.keys(files).length > 0) return machine.RelocateVM_Task({ spec }, { signal });
  const place = { ...(host ? { host } : {}), ...(pool ? { pool } : {}) };
  return machine.MigrateVM_Task({ ...place, priority: "defaultPriority" }, { signal });
}

async function specOf(
  vm: VIObject,
  { host, pool }: Destination,
  datastore: Ref<"Datastore"> | undefined,
  format: string | undefined,
): Promise<vim.VirtualMachineRelocateSpec> {
  const place = { ...(host ? { host } : {}), ...(pool ? { pool } : {}), ...(datastore ? { datastore } : {}) };
  if (format === undefined) return place;
  const disk = (await hardDisksOf(vm)).flatMap(({ device, backing }) => {
    const own = datastore ?? backing?.datastore;
    if (!own || !backing) return [];
    const wanted = { _typeName: "VirtualDiskFlatVer2BackingInfo", fileName: "", diskMode: backing.diskMode } as const;
    return [{ diskId: device.key, datastore: own, diskBackingInfo: { ...wanted, ...formatFields(format) } }];
  });
  return { ...place, disk };
}

async function intoFolder(
  ctx: CommandContext<unknown>,
  vm: VIObject,
  folder: Ref<"Folder"> | undefined,
  runAsync: boolean,
): Promise<void> {
  const { objectOf } = await import("../../../sdk/index.ts");
  // To where it is already: nothing to do, as PowerCLI has it.
  if (!folder) {
    await ctx.write(vm);
    return;
  }
  const target = objectOf(vm.connection.session, folder);
  const show = { runAsync, show: virtualMachine };
  await act(
    ctx,
    vm,
    () => target.MoveIntoFolder_Task({ list: [vm.ref as Ref<"VirtualMachine">] }, { signal: ctx.signal }),
    show,
  );
}
