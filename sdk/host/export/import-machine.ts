import type { Methods, Ref } from "../../vim/index.ts";
import { is } from "../../vim/is.ts";
import { type Call, sessionOf } from "../call.ts";
import { invalidArgument, notSupported } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { createMachine } from "../machine/create.ts";
import { destroyMachine } from "../machine/destroy.ts";
import { deviceOf, isDisk } from "../machine/devices.ts";
import { newId } from "../session/new-id.ts";
import type { Draft } from "../state/draft.ts";
import { newChain } from "../state/event.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import { datacenterOf } from "../state/tree.ts";
import { record } from "../state/view.ts";
import { devicePlace } from "./device-key.ts";
import { pathOf } from "./export-machine.ts";
import { fillDisk } from "./fill-disk.ts";
import { Lease, type LeaseFile } from "./lease.ts";
import { noteTask } from "./lease-task.ts";

type Args = Methods<"ResourcePool">["ImportVApp"]["args"];

/**
 * Creates a machine and opens its disks to the client, who brings their content. The machine is there at once and kept from
 * everybody until the lease ends: complete, or given up, which destroys it.
 */
export function importMachine(call: Call<"ResourcePool">, { spec, folder, host }: Args): Ref<"HttpNfcLease"> {
  const { core, id: pool } = call;
  const { universe } = core;
  const session = sessionOf(call);
  if (!is(spec, "VirtualMachineImportSpec")) throw notSupported("Importing a vApp of several machines");
  const user = session.userName;
  const machine = universe.transact((tx) => {
    const place = {
      folder: folder ? resolveKind(tx, "Folder", folder).id : folderOf(tx, pool),
      pool,
      host: host && resolveKind(tx, "HostSystem", host).id,
    };
    requireMachineFolder(tx, place.folder);
    return createMachine(tx, { user, chain: newChain(tx) }, spec.configSpec, place, "spec.configSpec");
  });
  const ref: Ref<"HttpNfcLease"> = Object.freeze({ type: "HttpNfcLease", value: newId(session, "HttpNfcLease") });
  const task = noteTask(core, user, machine, "ResourcePool.ImportVAppLRO");
  const token = core.tickets.newToken();
  const files = machine.disks.map(({ key }, index): LeaseFile => {
    const name = `disk-${index}.vmdk`;
    // One after the other: what is left of an attempt that broke off is gone before the next one begins.
    let last: Promise<unknown> = Promise.resolve();
    const write = (chunks: AsyncIterable<Uint8Array>) => {
      const next = last.then(async () => {
        lease.requireLive();
        await fillDisk(universe, machine.id, key, chunks, () => lease.sign());
      });
      last = next.catch(() => {});
      return next;
    };
    const place = devicePlace(machine, key);
    return {
      key: `/${refOf(machine).value}/${place}`,
      importKey: `/${machine.name}/${place}`,
      name,
      url: core.tickets.offerUpload({ write }, { path: pathOf(token, name), once: false }),
      capacity: capacityOf(machine, key),
      populated: 0,
    };
  });
  const lease = new Lease(ref, core, session, {
    doing: "imported",
    machine: machine.id,
    entity: refOf(machine),
    task,
    files,
    end(how) {
      if (how === "given up") giveUp(call, machine);
    },
  });
  session.objects.set(ref.value, lease);
  return ref;
}

/** An import that is given up leaves nothing: unless the machine is gone already. */
function giveUp({ core: { universe }, session }: Call, { id, name, created }: MachineRecord): void {
  const left = universe.state.objects.get(id);
  if (left?.kind !== "VirtualMachine" || left.name !== name || left.created !== created) return;
  universe.transact((tx) => destroyMachine(tx, { user: session?.userName ?? "", chain: newChain(tx) }, left));
}

const capacityOf = (machine: MachineRecord, key: number): number => {
  const device = deviceOf(machine, key);
  return device && isDisk(device) ? Number(device.capacityInBytes ?? device.capacityInKB * 1024) : 0;
};

/** Where machines go when nobody says: the datacenter's own folder. */
function folderOf(tx: Draft, pool: number): number {
  return record(tx, "Datacenter", datacenterOf(tx, record(tx, "ResourcePool", pool).owner)).folders.v;
}

function requireMachineFolder(tx: Draft, folder: number): void {
  const { role, name } = record(tx, "Folder", folder);
  if (role !== "v") throw invalidArgument("folder", `The folder '${name}' is not one for machines.`);
}
