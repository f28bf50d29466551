import { act } from "../../inventory/act.ts";
import { template as templateKind } from "../../inventory/kinds/template.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { cloneSpec, createMachine } from "../../inventory/new-machine.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { placeOf } from "../../inventory/placement.ts";
import { resolveOne } from "../../inventory/resolve.ts";
import { snapshotNamed } from "../../inventory/snapshots.ts";
import { command, scriptError } from "../../language/index.ts";

export const newVM = command({
  name: "New-VM",
  summary: "Makes a virtual machine: a new one, or a full copy of a template or of another machine.",
  parameters: {
    Name: { type: "string", position: 0, mandatory: true, help: "Its name." },
    VM: {
      type: "object",
      sets: ["Clone"],
      mandatory: true,
      complete: "VirtualMachine",
      help: "The machine to copy.",
    },
    LinkedClone: {
      type: "switch",
      sets: ["Clone"],
      help: "Shares the disks of a snapshot of that machine instead of copying them.",
    },
    ReferenceSnapshot: {
      type: "object",
      sets: ["Clone"],
      help: "The snapshot that is copied or shared, an object or a name.",
    },
    Template: {
      type: "object",
      sets: ["Template"],
      mandatory: true,
      complete: "Template",
      help: "The template to copy.",
    },
    VMHost: {
      type: "object",
      complete: "VMHost",
      help: "The host it runs on.",
    },
    ResourcePool: {
      type: "object",
      complete: "ResourcePool",
      help: "Its resource pool: a pool, a cluster or a host.",
    },
    Location: {
      type: "object",
      complete: "Folder",
      help: "Its folder. Default: the datacenter's folder for machines.",
    },
    Datastore: {
      type: "object",
      complete: "Datastore",
      help: "Where its files go. Default: where most is free.",
    },
    NumCpu: {
      type: "int",
      range: [1, 768],
      help: "Virtual processors. Default: 1.",
    },
    MemoryGB: { type: "double", help: "Memory in GiB. Default: 1." },
    MemoryMB: { type: "int", help: "Memory in MiB." },
    DiskGB: {
      type: "double[]",
      sets: ["New"],
      help: "Sizes of its disks in GiB. Default: one of 8.",
    },
    NetworkName: {
      type: "string[]",
      sets: ["New"],
      complete: "Network",
      help: "One network card for each. Default: one on the first network.",
    },
    GuestId: {
      type: "string",
      sets: ["New"],
      help: "The guest operating system's id. Default: otherGuest64.",
    },
    Notes: { type: "string", aliases: ["Description"], help: "Notes." },
    DiskStorageFormat: {
      type: "string",
      values: ["Thin", "Thick"],
      default: "Thin",
      help: "How disks take their space. Default: Thin.",
    },
    RunAsync: runAsync,
    Server: server,
  },
  defaultSet: "New",
  outputs: "VirtualMachine",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "New-VM -Name test-01 -NumCpu 2 -MemoryGB 4 -DiskGB 20",
      note: "A new machine, powered off.",
    },
    {
      code: "New-VM -Name web-03 -Template ubuntu-template",
      note: "A copy of a template.",
    },
    {
      code: "New-Snapshot web-01 -Name base | Out-Null; New-VM -Name web-04 -VM web-01 -LinkedClone -ReferenceSnapshot base",
      note: "A machine that shares its disks with a snapshot of another.",
    },
  ],
  async process(ctx, args) {
    if (!(await ctx.shouldProcess(args.Name, "Create"))) return;
    const show = { runAsync: args.RunAsync, show: virtualMachine };
    const place = await placeOf(ctx, args);
    const source = args.Template
      ? await resolveOne(ctx, templateKind, args.Template)
      : await resolveOne(ctx, virtualMachine, args.VM);
    if (!source) return createMachine(ctx, place, args);
    const given = args.ReferenceSnapshot;
    const snapshot = given === undefined || given === null ? undefined : await snapshotNamed(ctx, source, given);
    if (args.LinkedClone && !snapshot)
      throw scriptError(
        "A linked clone needs -ReferenceSnapshot: a snapshot of the machine that it shares disks with.",
        {
          category: "InvalidArgument",
        },
      );
    const spec = cloneSpec(place, args, snapshot?.ref, args.LinkedClone);
    const folder = place.folder;
    await act(ctx, source, (vm) => vm.CloneVM_Task({ folder, name: args.Name, spec }, { signal: ctx.signal }), show);
  },
});
