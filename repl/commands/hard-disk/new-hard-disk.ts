import type { vim } from "../../../sdk/index.ts";
import { act } from "../../inventory/act.ts";
import { diskModeOf, formatFields, hardDisksOf, storageFormats } from "../../inventory/hard-disk.ts";
import { datastore as datastoreKind } from "../../inventory/kinds/datastore.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { readPath } from "../../inventory/load.ts";
import { server } from "../../inventory/parameters.ts";
import { resolve, resolveOne } from "../../inventory/resolve.ts";
import { GB } from "../../inventory/values.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { command, scriptError } from "../../language/index.ts";

export const newHardDisk = command({
  name: "New-HardDisk",
  summary: "Gives machines a new virtual disk, or one that lies on a datastore.",
  parameters: {
    VM: vmParameter,
    CapacityGB: { type: "double", help: "Its size in GiB." },
    CapacityKB: { type: "long", help: "Its size in KiB." },
    DiskPath: { type: "string", help: "A disk that is there: '[vmfs-01] folder/disk.vmdk'." },
    Datastore: { type: "object", complete: "Datastore", help: "Where it goes. Default: to the machine's files." },
    StorageFormat: { type: "string", values: [...storageFormats], help: "How it takes its room. Default: Thick." },
    ThinProvisioned: { type: "switch", help: "The same as -StorageFormat Thin." },
    Persistence: {
      type: "string",
      help: "Persistent (default), NonPersistent, IndependentPersistent, IndependentNonPersistent.",
    },
    Server: server,
  },
  outputs: "HardDisk",
  supportsShouldProcess: "low",
  examples: [
    { code: "New-HardDisk web-01 -CapacityGB 10 -StorageFormat Thin", note: "Another disk, while the machine runs." },
  ],
  async process(ctx, args) {
    const { VM, CapacityGB, CapacityKB, DiskPath, Datastore, Persistence = "Persistent" } = args;
    const kb = CapacityKB === undefined ? Math.round(((CapacityGB ?? 0) * GB) / 1024) : Number(CapacityKB);
    if (DiskPath === undefined && !(kb > 0))
      throw scriptError(
        CapacityGB === undefined && CapacityKB === undefined
          ? "Say how large the disk is (-CapacityGB), or which one is meant (-DiskPath)."
          : "A disk is at least 1 KiB large.",
        { category: "InvalidArgument" },
      );
    const store = await resolveOne(ctx, datastoreKind, Datastore);
    for (const vm of await resolve(ctx, virtualMachine, VM)) {
      if (!(await ctx.shouldProcess(vm.name, "Add a hard disk"))) continue;
      const format = args.ThinProvisioned ? "Thin" : (args.StorageFormat ?? "Thick");
      const device: vim.VirtualDisk = {
        _typeName: "VirtualDisk",
        key: -1,
        controllerKey: await controllerOf(await readPath(vm, "config.hardware.device")),
        capacityInKB: kb,
        backing: {
          _typeName: "VirtualDiskFlatVer2BackingInfo",
          fileName: DiskPath ?? (store ? `[${store.name}]` : ""),
          diskMode: diskModeOf(Persistence),
          ...(DiskPath === undefined ? formatFields(format) : {}),
        },
      };
      const file = DiskPath === undefined ? { fileOperation: "create" as const } : {};
      const spec = { deviceChange: [{ operation: "add" as const, ...file, device }] };
      const known = new Set((await hardDisksOf(vm)).map(({ device: { key } }) => key));
      await act(ctx, vm, (machine) => machine.ReconfigVM_Task({ spec }, { signal: ctx.signal }), { runAsync: false });
      for (const disk of await hardDisksOf(vm)) if (!known.has(disk.device.key)) await ctx.write(disk);
    }
  },
});

/** The first controller for disks that a machine has. */
async function controllerOf(devices: unknown): Promise<number> {
  for (const device of Array.isArray(devices) ? devices : [])
    if (/SCSIController|LsiLogic|BusLogic|NVMEController|AHCIController/.test(String(device?._typeName)))
      return device.key;
  return 1000;
}
