import { act } from "../../inventory/act.ts";
import { hardDiskParameter, hardDisksIn } from "../../inventory/hard-disk.ts";
import { command } from "../../language/index.ts";

export const removeHardDisk = command({
  name: "Remove-HardDisk",
  summary: "Takes virtual disks from their machines; with -DeletePermanently their files go too.",
  parameters: {
    HardDisk: hardDiskParameter,
    DeletePermanently: { type: "switch", help: "Deletes the files of the disks as well." },
  },
  supportsShouldProcess: "high",
  examples: [
    {
      code: "New-HardDisk web-01 -CapacityGB 1 | Remove-HardDisk -DeletePermanently -Confirm:$false",
      note: "Deletes a disk without asking you.",
    },
  ],
  async process(ctx, { HardDisk, DeletePermanently }) {
    for (const { vm, name, device } of hardDisksIn(HardDisk)) {
      const what = DeletePermanently ? "Delete permanently" : "Remove";
      if (!(await ctx.shouldProcess(`${vm.name}, ${name}`, what))) continue;
      const file = DeletePermanently ? { fileOperation: "destroy" as const } : {};
      const spec = { deviceChange: [{ operation: "remove" as const, ...file, device }] };
      await act(ctx, vm, (machine) => machine.ReconfigVM_Task({ spec }, { signal: ctx.signal }), { runAsync: false });
    }
  },
});
