import type { Ref, vim } from "../../sdk/index.ts";
import { scriptError } from "../language/error.ts";
import type { CommandContext } from "../language/index.ts";
import { shown } from "./act.ts";
import { task as taskKind } from "./kinds/task.ts";
import { virtualMachine } from "./kinds/virtual-machine.ts";
import { load } from "./load.ts";
import { networkBacking } from "./network-backing.ts";
import type { Placement } from "./placement.ts";
import { findByName } from "./search.ts";
import { GB } from "./values.ts";

interface Wanted {
  readonly Name: string;
  readonly NumCpu: number | undefined;
  readonly MemoryGB: number | undefined;
  readonly MemoryMB: number | undefined;
  readonly DiskGB: readonly number[] | undefined;
  readonly NetworkName: readonly string[] | undefined;
  readonly GuestId: string | undefined;
  readonly Notes: string | undefined;
  readonly DiskStorageFormat: string;
  readonly RunAsync: boolean;
}

const memoryOf = ({ MemoryGB, MemoryMB }: Wanted): number | undefined =>
  MemoryMB ?? (MemoryGB === undefined ? undefined : Math.round(MemoryGB * 1024));

/** Makes a machine that is no copy of another. */
export async function createMachine(ctx: CommandContext<unknown>, place: Placement, wanted: Wanted): Promise<void> {
  const { connection, folder, pool, host } = place;
  const config: vim.VirtualMachineConfigSpec = {
    name: wanted.Name,
    numCPUs: wanted.NumCpu ?? 1,
    memoryMB: memoryOf(wanted) ?? 1024,
    guestId: wanted.GuestId ?? "otherGuest64",
    files: { vmPathName: `[${place.datastore.name}]` },
    deviceChange: [...disks(wanted), ...(await cards(ctx, place, wanted.NetworkName))],
    ...(wanted.Notes === undefined ? {} : { annotation: wanted.Notes }),
  };
  const args = { config, pool, ...(host ? { host } : {}) };
  const ref = await connection.session.call<"Folder", "CreateVM_Task">(folder, "CreateVM_Task", args, {
    signal: ctx.signal,
  });
  if (wanted.RunAsync) {
    for (const shownTask of await load(connection, taskKind, [ref])) await ctx.write(shownTask);
    return;
  }
  const task = connection.session.task<Ref<"VirtualMachine">>(ref);
  const { result } = await task.wait({
    signal: ctx.signal,
    onProgress: shown(ctx),
  });
  for (const made of await load(connection, virtualMachine, [result])) await ctx.write(made);
}

/** What becomes of a copy. */
export function cloneSpec(
  place: Placement,
  wanted: Wanted,
  snapshot?: Ref,
  linked = false,
): vim.VirtualMachineCloneSpec {
  const memoryMB = memoryOf(wanted);
  const config: vim.VirtualMachineConfigSpec = {
    ...(wanted.NumCpu === undefined ? {} : { numCPUs: wanted.NumCpu }),
    ...(memoryMB === undefined ? {} : { memoryMB }),
    ...(wanted.Notes === undefined ? {} : { annotation: wanted.Notes }),
  };
  return {
    location: {
      pool: place.pool,
      datastore: place.datastore.ref as Ref<"Datastore">,
      ...(place.host ? { host: place.host } : {}),
      ...(linked ? { diskMoveType: "createNewChildDiskBacking" } : {}),
    },
    ...(snapshot ? { snapshot: snapshot as Ref<"VirtualMachineSnapshot"> } : {}),
    ...(Object.keys(config).length === 0 ? {} : { config }),
    powerOn: false,
    template: false,
  };
}

function disks({ DiskGB = [8], DiskStorageFormat }: Wanted): vim.VirtualDeviceConfigSpec[] {
  const controller: vim.ParaVirtualSCSIController = {
    _typeName: "ParaVirtualSCSIController",
    key: -1,
    busNumber: 0,
    sharedBus: "noSharing",
  };
  return [
    { operation: "add", device: controller },
    ...DiskGB.map(
      (size, i): vim.VirtualDeviceConfigSpec => ({
        operation: "add",
        fileOperation: "create",
        device: {
          _typeName: "VirtualDisk",
          key: -10 - i,
          controllerKey: -1,
          // Unit 7 is the controller's own.
          unitNumber: i < 7 ? i : i + 1,
          capacityInKB: Math.round((size * GB) / 1024),
          backing: {
            _typeName: "VirtualDiskFlatVer2BackingInfo",
            fileName: "",
            diskMode: "persistent",
            thinProvisioned: DiskStorageFormat === "Thin",
          },
        },
      }),
    ),
  ];
}

async function cards(
  ctx: CommandContext<unknown>,
  { connection }: Placement,
  names: readonly string[] | undefined,
): Promise<vim.VirtualDeviceConfigSpec[]> {
  const wanted =
    names ??
    (await connection.session.find.names("Network", { signal: ctx.signal })).slice(0, 1).map(({ name }) => name);
  const made: vim.VirtualDeviceConfigSpec[] = [];
  for (const [i, name] of wanted.entries()) {
    const [network] = await findByName(connection, "Network", name, ctx.signal);
    if (!network)
      throw scriptError(`There is no network named '${name}'.`, {
        category: "ObjectNotFound",
        target: name,
      });
    const backing = await networkBacking(connection, name, network, ctx.signal);
    made.push({
      operation: "add",
      device: { _typeName: "VirtualVmxnet3", key: -100 - i, backing },
    });
  }
  return made;
}
