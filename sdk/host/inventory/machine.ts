import type { vim } from "../../vim/index.ts";
import type { SpaceOptions } from "../cow/page-store.ts";
import { LinuxImage, linuxBytes } from "../guest/image/linux-image.ts";
import { frozenIn } from "../guest/program/frozen-in.ts";
import { addMachine } from "../machine/add.ts";
import { plainBase } from "../machine/base.ts";
import { backingOf } from "../machine/cards.ts";
import { applyFields } from "../machine/config-fields.ts";
import { changeDevices } from "../machine/device-change.ts";
import type { DiskChange } from "../machine/disk-change.ts";
import { changeDisks } from "../machine/disks.ts";
import { guestAtBoot, showGuest } from "../machine/guest.ts";
import { replaceMachine } from "../machine/links.ts";
import { mix, uuidOf } from "../random.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineBase, MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { wantedName } from "../state/name.ts";
import type { HostRecord, NetworkRecord } from "../state/record.ts";
import type { PortgroupRecord } from "../state/switch-record.ts";
import { record } from "../state/view.ts";
import { diskAccount, memoryAccount } from "../storage/accounts.ts";
import type { MachineDescription } from "./description.ts";
import { named, type Places } from "./places.ts";

const GiB = 2 ** 30;

/** What machines of one description have in common: they share it, as forks share their source's. */
export interface Shape {
  readonly base: MachineBase;
  readonly disks: readonly DiskChange[];
}

const defaultDisks = [{ sizeGiB: 16 }] as const;

/** Makes a machine as it is described, with what is on its disks and in its memory. */
export function buildMachine(tx: Draft, described: MachineDescription, places: Places): void {
  if (described.template && (described.power ?? "poweredOff") !== "poweredOff")
    throw new RangeError(`inventory: machine '${described.name}' is a template, which cannot be ${described.power}.`);
  const { host, pool } = whereabouts(tx, described, places);
  const { base, disks } = shapeOf(tx, described, places, host);
  const { hostName, ipAddress, script } = described.guest ?? {};
  if (script !== undefined && described.power !== "frozen")
    throw new RangeError(`inventory: machine '${described.name}' has a script to go on with, but is not frozen.`);
  const machine = addMachine(tx, {
    name: wantedName(described.name),
    folder: named(places.folders, described.folder ?? "", `machine '${described.name}' is in folder`),
    pool: described.template ? 0 : pool,
    host: host.id,
    datastore: datastoreOf(described, places),
    base,
    guest: { hostName, ipAddress, toolsRunning: true },
  });
  const filled = changeDisks(tx, machine, disks).map((disk, i) => {
    const used = described.disks?.[i]?.usedGiB;
    return i === 0 && used === undefined ? install(tx, machine, disk) : fill(tx, machine, disk, used ?? 0);
  });
  const withDisks = replaceMachine(tx, machine, { ...machine, disks: filled });
  if (described.power !== undefined && described.power !== "poweredOff") switchOn(tx, withDisks, described);
}

/** Puts the small Linux of the image on a disk that has room for it. */
function install(tx: Draft, machine: MachineRecord, disk: MachineDisk): MachineDisk {
  if (tx.pages.figures(disk.space).size < linuxBytes) return disk;
  const { hostName = "localhost", ipAddress } = machine.guest;
  const machineId = uuidOf(mix(tx.seed, machine.id), "instance", machine.id).replaceAll("-", "");
  return withContent(tx, machine, disk, { image: new LinuxImage({ hostName, ipAddress, machineId }) });
}

/** Puts content made from a seed on the first part of a disk, where something was asked to be. */
function fill(tx: Draft, machine: MachineRecord, disk: MachineDisk, usedGiB: number): MachineDisk {
  if (usedGiB === 0) return disk;
  const { size } = tx.pages.figures(disk.space);
  const filled = Math.min(size, Math.floor((usedGiB * GiB) / 4096) * 4096);
  return withContent(tx, machine, disk, { seed: mix(tx.seed, machine.id, disk.key), filled });
}

function withContent(
  tx: Draft,
  machine: MachineRecord,
  disk: MachineDisk,
  content: Pick<SpaceOptions, "image" | "seed" | "filled">,
): MachineDisk {
  const { size: bytes } = tx.pages.figures(disk.space);
  tx.dropSpace(disk.space);
  const account = diskAccount(tx, disk.layer.datastore);
  return { ...disk, space: tx.createSpace({ bytes, owner: machine.id, account, ...content }) };
}

function switchOn(tx: Draft, machine: MachineRecord, { power, memory, guest }: MachineDescription): void {
  const bytes = machine.base.memoryMB * 2 ** 20;
  const account = memoryAccount(tx, machine.host, machine.datastore, false);
  const seed = memory === "full" ? { seed: mix(tx.seed, machine.id) } : {};
  const space = tx.createSpace({ bytes, owner: machine.id, account, ...seed });
  const on = replaceMachine(tx, machine, {
    ...machine,
    memory: space,
    power: power === "suspended" ? "suspended" : "poweredOn",
    frozen: power === "frozen",
    booted: tx.now,
    guest: {
      ...guestAtBoot(machine),
      programs: guest?.script === undefined ? undefined : frozenIn(guest.script, tx.now),
    },
  });
  showGuest(tx, on);
}

/** The host and pool of a machine: those named, else the first there are; the hosts of a cluster take turns. */
function whereabouts(tx: Draft, described: MachineDescription, places: Places): { host: HostRecord; pool: number } {
  const first = places.computes.keys().next().value;
  const on = described.on ?? first;
  if (on === undefined) throw new RangeError(`inventory: machine '${described.name}' has no cluster or host to be on.`);
  const members = places.computes.get(on) ?? [named(places.hosts, on, `machine '${described.name}' is on`)];
  const id = members[places.turn++ % members.length];
  if (id === undefined)
    throw new RangeError(`inventory: machine '${described.name}' is on '${on}', which has no hosts.`);
  const host = record(tx, "HostSystem", id);
  const compute = tx.object(host.parent);
  const root = compute?.kind === "ClusterComputeResource" || compute?.kind === "ComputeResource" ? compute : undefined;
  if (!root) throw new RangeError(`inventory: the host '${host.name}' belongs to no compute resource.`);
  if (described.pool === undefined) return { host, pool: root.pool };
  const pool = named(
    places.pools,
    `${root.name}/${described.pool}`,
    `machine '${described.name}' is in the resource pool`,
  );
  return { host, pool };
}

function datastoreOf(described: MachineDescription, places: Places): number {
  const name = described.datastore ?? places.datastores.keys().next().value;
  if (name === undefined) throw new RangeError(`inventory: machine '${described.name}' has no datastore to be on.`);
  return named(places.datastores, name, `machine '${described.name}' is on datastore`);
}

function shapeOf(tx: Draft, described: MachineDescription, places: Places, host: HostRecord): Shape {
  const { networks, cpus, memoryGiB, disks, guestId, notes, extraConfig } = described;
  const key = JSON.stringify([networks, cpus, memoryGiB, disks, guestId, notes, extraConfig]);
  const known = places.shapes.get(key);
  if (known) return known;
  const spec: vim.VirtualMachineConfigSpec = {
    numCPUs: cpus ?? 1,
    memoryMB: Math.round((memoryGiB ?? 1) * 1024),
    guestId: guestId ?? "ubuntu64Guest",
    ...(notes === undefined ? {} : { annotation: notes }),
  };
  const fields = applyFields(plainBase, spec, "poweredOff", "inventory");
  const changed = changeDevices(tx, host, "poweredOff", fields.devices, devices(tx, described, places), "inventory");
  const shape = {
    base: {
      ...fields,
      devices: changed.devices,
      extraConfig: extraConfig ?? {},
    },
    disks: changed.disks,
  };
  places.shapes.set(key, shape);
  return shape;
}

function devices(tx: Draft, described: MachineDescription, places: Places): vim.VirtualDeviceConfigSpec[] {
  const controller: vim.ParaVirtualSCSIController = {
    _typeName: "ParaVirtualSCSIController",
    key: -1,
    busNumber: 0,
    sharedBus: "noSharing",
  };
  const networks = described.networks ?? [...places.networks.keys()].slice(0, 1);
  return [
    { operation: "add", device: controller },
    ...(described.disks ?? defaultDisks).map((disk, i) => diskSpec(disk.sizeGiB, i)),
    ...networks.map((name, i) => {
      const id = named(places.networks, name, `machine '${described.name}' is on network`);
      return cardSpec(backingOf(tx, networkAt(tx, id)), i);
    }),
  ];
}

const diskSpec = (sizeGiB: number, i: number): vim.VirtualDeviceConfigSpec => ({
  operation: "add",
  fileOperation: "create",
  device: {
    _typeName: "VirtualDisk",
    key: -10 - i,
    controllerKey: -1,
    // Unit 7 is the controller's own.
    unitNumber: i < 7 ? i : i + 1,
    // Whole pages.
    capacityInKB: Math.ceil(sizeGiB * 2 ** 18) * 4,
    backing: {
      _typeName: "VirtualDiskFlatVer2BackingInfo",
      fileName: "",
      diskMode: "persistent",
      thinProvisioned: true,
    },
  },
});

const cardSpec = (backing: vim.VirtualDeviceBackingInfo, i: number): vim.VirtualDeviceConfigSpec => ({
  operation: "add",
  device: { _typeName: "VirtualVmxnet3", key: -100 - i, backing },
});

function networkAt(tx: Draft, id: number): NetworkRecord | PortgroupRecord {
  const found = tx.object(id);
  return found?.kind === "DistributedVirtualPortgroup" ? found : record(tx, "Network", id);
}
