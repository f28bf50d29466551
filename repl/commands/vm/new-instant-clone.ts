import type { ForkNetwork, ForkWarning, InstantCloneOptions, Ref } from "../../../sdk/index.ts";
import { act, machineOf, shown } from "../../inventory/act.ts";
import { bulkFork, warn } from "../../inventory/bulk-fork.ts";
import { datastore } from "../../inventory/kinds/datastore.ts";
import { folder } from "../../inventory/kinds/folder.ts";
import { resourcePool } from "../../inventory/kinds/resource-pool.ts";
import { virtualMachine } from "../../inventory/kinds/virtual-machine.ts";
import { load } from "../../inventory/load.ts";
import { runAsync, server } from "../../inventory/parameters.ts";
import { resolve, resolveOne } from "../../inventory/resolve.ts";
import type { VIObject } from "../../inventory/vi-object.ts";
import { vmParameter } from "../../inventory/vm-parameter.ts";
import { scriptError } from "../../language/error.ts";
import { type CommandContext, command, type Hashtable, toText } from "../../language/index.ts";

/** A hashtable as extraConfig takes it: text on both sides. */
export function textEntries(table: Hashtable | undefined): Readonly<Record<string, string>> {
  const entries: Record<string, string> = {};
  for (const [key, value] of table?.entries() ?? []) entries[toText(key)] = toText(value);
  return entries;
}

export const newInstantClone = command({
  name: "New-InstantClone",
  summary: "Forks running virtual machines: each fork shares all memory and disks and keeps only what it changes.",
  description:
    'The network cards of a fork begin disconnected, as its guest still has the name and the address of its source, and are connected when it has an address of its own: see -Network. With -RunAsync nobody connects them. With -Count, the name and the values of -GuestInfo are format strings that get the number of the machine: "desk-{0:d4}". What fails is reported machine by machine, nothing of it is left behind, and the others are made.',
  parameters: {
    VM: {
      ...vmParameter,
      aliases: ["SourceVM", "ParentVM"],
      help: "The machines to fork, powered on.",
    },
    Name: {
      type: "string",
      position: 1,
      mandatory: true,
      aliases: ["DestinationVM"],
      help: "The fork's name; with -Count, a format string such as desk-{0:d4}.",
    },
    Count: {
      type: "int",
      range: [1, 1_000_000],
      help: "How many forks to make.",
    },
    StartIndex: {
      type: "int",
      range: [0, 2_000_000_000],
      default: 1,
      help: "With -Count, the number of the first. Default: 1.",
    },
    GuestInfo: {
      type: "hashtable",
      aliases: ["CustomizationFields", "ConfigParams"],
      help: "Settings that the guest reads, such as guestinfo.ic.hostname.",
    },
    Location: {
      type: "object",
      complete: "Folder",
      help: "The folder of the forks. Default: the source's.",
    },
    ResourcePool: {
      type: "object",
      complete: "ResourcePool",
      help: "Their resource pool. Default: the source's.",
    },
    Datastore: {
      type: "object",
      complete: "Datastore",
      help: "Where their files go. Default: where the source's are.",
    },
    Network: {
      type: "string",
      values: ["Reconnect", "Disconnected", "Connected"],
      default: "Reconnect",
      help: "What becomes of the network cards. Reconnect (the default): they begin disconnected and are connected when the guest no longer has an address of its source's. Disconnected: they stay so. Connected: they are as the source's.",
    },
    Concurrency: {
      type: "int",
      range: [1, 1024],
      default: 64,
      help: "With -Count, how many are under way at a time. Default: 64.",
    },
    RunAsync: runAsync,
    Server: server,
  },
  outputs: "VirtualMachine",
  supportsShouldProcess: "low",
  examples: [
    {
      code: "New-InstantClone -VM golden -Name desk-1",
      note: "One fork.",
      output:
        "\nName                 PowerState Num CPUs MemoryGB\n----                 ---------- -------- --------\ndesk-1               PoweredOn  2        8.000\n\n",
    },
    {
      code: '(New-InstantClone -VM golden -Count 100 -Name "desk-{0:d3}" -GuestInfo @{ "guestinfo.ic.hostname" = "desk-{0:d3}" }).Count',
      note: "A hundred forks, each with a host name of its own.",
      output: "100\n",
    },
  ],
  async process(ctx, args) {
    if (args.Count !== undefined && args.RunAsync) {
      throw scriptError("-RunAsync cannot be used with -Count: a bulk fork waits for its tasks itself.", {
        category: "InvalidArgument",
      });
    }
    if (args.Count !== undefined && args.Count > 1 && !/\{0[^{}]*\}/.test(args.Name)) {
      throw scriptError(
        `-Name gives all ${args.Count} forks the same name, '${args.Name}': put their number into it, as in '${args.Name}-{0:d4}'.`,
        { category: "InvalidArgument" },
      );
    }
    const [target, pool, store] = [
      await resolveOne(ctx, folder, args.Location),
      await resolveOne(ctx, resourcePool, args.ResourcePool),
      await resolveOne(ctx, datastore, args.Datastore),
    ];
    const network = networks[args.Network.toLowerCase()] ?? "reconnect";
    const place = {
      folder: refOf<"Folder">(target),
      resourcePool: refOf<"ResourcePool">(pool),
      datastore: refOf<"Datastore">(store),
    };
    for (const vm of await resolve(ctx, virtualMachine, args.VM)) {
      const what = args.Count === undefined ? `Instant clone as ${args.Name}` : `Instant clone ${args.Count} times`;
      if (!(await ctx.shouldProcess(vm.name, what))) continue;
      const guestInfo = textEntries(args.GuestInfo);
      if (args.Count !== undefined) {
        const { Count: count, StartIndex: start, Concurrency: concurrency, Name: name } = args;
        await bulkFork(ctx, vm, {
          ...place,
          count,
          start,
          concurrency,
          name,
          guestInfo,
          network,
          onProgress: shown(ctx),
        });
        continue;
      }
      const options = { ...place, name: args.Name, guestInfo, network, signal: ctx.signal };
      const warnings: ForkWarning[] = [];
      const told = { ...options, onWarning: (warning: ForkWarning) => void warnings.push(warning) };
      if (args.RunAsync) await act(ctx, vm, (machine) => machine.startInstantClone(told), { runAsync: true });
      else await forkOne(ctx, vm, told);
      await warn(ctx, warnings);
    }
  },
});

const networks: Readonly<Record<string, ForkNetwork>> = {
  reconnect: "reconnect",
  disconnected: "disconnected",
  connected: "connected",
};

/** Makes one fork and puts it out. What fails is an error that names the source. */
async function forkOne(ctx: CommandContext<unknown>, source: VIObject, options: InstantCloneOptions): Promise<void> {
  try {
    const machine = await machineOf(source);
    const { ref } = await machine.instantClone({ ...options, onProgress: shown(ctx) });
    for (const made of await load(source.connection, virtualMachine, [ref], ctx.signal)) await ctx.write(made);
  } catch (error) {
    ctx.signal.throwIfAborted();
    await ctx.error(error instanceof Error ? error : String(error), { target: source });
  }
}

/** The reference of an object of a kind that was resolved as such. */
const refOf = <T extends "Folder" | "ResourcePool" | "Datastore">(object: VIObject | undefined): Ref<T> | undefined =>
  object?.ref as Ref<T> | undefined;
