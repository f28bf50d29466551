import type { Ref, vim } from "../../../sdk/index.ts";
import { act } from "../../inventory/act.ts";
import {
  diskModeOf,
  formatFields,
  type HardDisk,
  hardDiskParameter,
  hardDisksIn,
  hardDisksOf,
  storageFormats,
} from "../../inventory/hard-disk.ts";
import { datastore as datastoreKind } from "../../inventory/kinds/datastore.ts";
import { server } from "../../inventory/parameters.ts";
import { resolveOne } from "../../inventory/resolve.ts";
import { GB } from "../../inventory/values.ts";
import { command } from "../../language/index.ts";

export const setHardDisk = command({
  name: "Set-HardDisk",
  summary: "Makes virtual disks larger, changes their mode, or moves them to another datastore.",
  parameters: {
    HardDisk: hardDiskParameter,
    CapacityGB: { type: "double", help: "A new size in GiB; disks cannot become smaller." },
    CapacityKB: { type: "long", help: "A new size in KiB." },
    Persistence: {
      type: "string",
      help: "Persistent, IndependentPersistent, IndependentNonPersistent, NonPersistent.",
    },
    Datastore: { type: "object", complete: "Datastore", help: "Where its files go." },
    StorageFormat: { type: "string", values: [...storageFormats], help: "How it takes its room there." },
    Server: server,
  },
  outputs: "HardDisk",
  supportsShouldProcess: "high",
  examples: [
    {
      code: "Get-HardDisk web-01 | Set-HardDisk -CapacityGB 60 -Confirm:$false",
      note: "Makes a disk larger while its machine runs.",
    },
  ],
  async process(ctx, args) {
    const store = await resolveOne(ctx, datastoreKind, args.Datastore);
    for (const disk of hardDisksIn(args.HardDisk)) {
      if (!(await ctx.shouldProcess(`${disk.vm.name}, ${disk.name}`, "Change"))) continue;
      const { vm } = disk;
      const wait = { runAsync: false };
      const device = edited(disk, args);
      if (device) {
        const spec = { deviceChange: [{ operation: "edit" as const, device }] };
        await act(ctx, vm, (machine) => machine.ReconfigVM_Task({ spec }, { signal: ctx.signal }), wait);
      }
      if (store || args.StorageFormat !== undefined) {
        const spec = { disk: [locator(disk, store?.ref as Ref<"Datastore"> | undefined, args.StorageFormat)] };
        await act(ctx, vm, (machine) => machine.RelocateVM_Task({ spec }, { signal: ctx.signal }), wait);
      }
      for (const now of await hardDisksOf(vm)) if (now.device.key === disk.device.key) await ctx.write(now);
    }
  },
});

/** The device as it is to be, or undefined where nothing of it changes. */
function edited(
  { device, backing }: HardDisk,
  {
    CapacityGB,
    CapacityKB,
    Persistence,
  }: { CapacityGB?: number | undefined; CapacityKB?: unknown; Persistence?: string | undefined },
): vim.VirtualDisk | undefined {
  if (CapacityGB === undefined && CapacityKB === undefined && Persistence === undefined) return undefined;
  const { capacityInBytes: _bytes, ...rest } = device;
  const kb = CapacityKB === undefined ? Math.round(((CapacityGB ?? 0) * GB) / 1024) : Number(CapacityKB);
  const sized = CapacityGB === undefined && CapacityKB === undefined ? device : { ...rest, capacityInKB: kb };
  return Persistence === undefined || !backing
    ? sized
    : { ...sized, backing: { ...backing, diskMode: diskModeOf(Persistence) } };
}

function locator(
  { device, backing }: HardDisk,
  datastore: Ref<"Datastore"> | undefined,
  format: string | undefined,
): vim.VirtualMachineRelocateSpecDiskLocator {
  const own = datastore ?? backing?.datastore;
  if (!own) throw new TypeError("The disk is on no datastore.");
  const diskBackingInfo: vim.VirtualDiskFlatVer2BackingInfo = {
    _typeName: "VirtualDiskFlatVer2BackingInfo",
    fileName: "",
    diskMode: backing?.diskMode ?? "persistent",
    ...(format === undefined ? {} : formatFields(format)),
  };
  return { diskId: device.key, datastore: own, ...(format === undefined ? {} : { diskBackingInfo }) };
}
