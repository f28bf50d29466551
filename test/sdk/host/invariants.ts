import type { Host } from "../../../sdk/host/host.ts";
import { networksOf } from "../../../sdk/host/machine/devices.ts";
import { datastoresOf } from "../../../sdk/host/machine/links.ts";
import { reservedBytes } from "../../../sdk/host/machine/overhead.ts";
import type { MachineDisk, MachineRecord } from "../../../sdk/host/state/machine-record.ts";
import type { InventoryRecord } from "../../../sdk/host/state/record.ts";
import { members } from "../../../sdk/host/state/several.ts";
import type { State } from "../../../sdk/host/state/state.ts";
import { nodesBelow } from "../../../sdk/host/storage/tree.ts";

/** What is wrong with a host's state, in words; nothing where every list says what the records say. */
export function brokenInvariants({ universe }: Host): string[] {
  const wrong: string[] = [];
  const { state } = universe;
  const same = (what: string, have: Iterable<unknown>, want: Iterable<unknown>) => {
    const [a, b] = [sorted(have), sorted(want)];
    if (a !== b) wrong.push(`${what}: ${a} instead of ${b}`);
  };
  tree(state, same);
  places(state, same);
  tasks(state, same);
  const spaces = [...spacesOf(state)];
  same("address spaces, each in one place", new Set(spaces), spaces);
  same("address spaces", livingSpaces(universe.pages, Math.max(0, ...spaces) + 300), spaces);
  return wrong;
}

type Same = (what: string, have: Iterable<unknown>, want: Iterable<unknown>) => void;

const sorted = (values: Iterable<unknown>): string => [...values].map(String).sort().join(" ");

function tree(state: State, same: Same): void {
  const below = new Map<number, InventoryRecord[]>();
  for (const [id, record] of state.objects.entries()) {
    same(`number of ${record.name}`, [record.id], [id]);
    if (record.id >= state.nextId) same(`next number after ${record.name}`, [state.nextId], [record.id + 1]);
    if (record.parent !== 0 && !state.objects.has(record.parent)) same(`parent of ${record.name}`, [], [record.parent]);
    below.set(record.parent, [...(below.get(record.parent) ?? []), record]);
  }
  for (const record of state.objects.values()) {
    const children = below.get(record.id) ?? [];
    const ids = children.map(({ id }) => id);
    if (record.kind === "Folder") same(`children of ${record.name}`, record.children.keys(), ids);
    if (record.kind === "ResourcePool") same(`pools of ${record.name}`, record.pools.keys(), ids);
    if (record.kind === "Folder" || record.kind === "ResourcePool")
      same(`names in ${record.name}`, pairs(record.names.entries()), pairs(children.map(({ name, id }) => [name, id])));
    if (record.kind === "Datacenter") same(`folders of ${record.name}`, Object.values(record.folders), ids);
    if (record.kind === "ComputeResource" || record.kind === "ClusterComputeResource")
      same(`hosts and pool of ${record.name}`, [...record.hosts.keys(), record.pool], ids);
  }
}

const pairs = (entries: Iterable<readonly [string, number]>) =>
  [...entries].map(([name, id]) => `${id}=${JSON.stringify(name)}`);

function places(state: State, same: Same): void {
  const machines = [...state.objects.values()].filter((record) => record.kind === "VirtualMachine");
  const on = (has: (machine: MachineRecord) => boolean) => machines.filter(has).map(({ id }) => id);
  for (const record of state.objects.values()) {
    const { id, name } = record;
    if (record.kind === "HostSystem") {
      const own = machines.filter(({ host }) => host === id);
      same(
        `machines on ${name}`,
        record.vms.keys(),
        own.map((machine) => machine.id),
      );
      same(
        `memory set aside on ${name}`,
        [record.reservedBytes],
        [own.reduce((sum, one) => sum + reservedBytes(one), 0)],
      );
    }
    if (record.kind === "ResourcePool")
      same(
        `machines in ${name}`,
        record.vms.keys(),
        on(({ pool }) => pool === id),
      );
    if (record.kind === "Network" || record.kind === "DistributedVirtualPortgroup")
      same(
        `machines on ${name}`,
        record.vms.keys(),
        on((one) => networksOf(one).includes(id)),
      );
    if (record.kind === "Datastore")
      same(
        `machines on ${name}`,
        record.vms.keys(),
        on((one) => datastoresOf(one).has(id)),
      );
  }
}

function tasks(state: State, same: Same): void {
  const all = [...state.tasks.values()];
  const ids = (list: typeof all) => list.map(({ id }) => id);
  same("finished tasks", state.finished.values(), ids(all.filter(({ work }) => !work)));
  same(
    "tasks that are due",
    [...state.due.values()].flatMap((several) => [...members(several)]),
    ids(all.filter((task) => task.state === "running")),
  );
  const waiting = new Set([...state.busy.values()].flatMap((several) => [...members(several)]));
  same(
    "queued tasks in line",
    ids(all.filter((task) => task.state === "queued" && waiting.has(task.id))),
    ids(all.filter((task) => task.state === "queued")),
  );
  same("tasks in line that have work", ids(all.filter(({ id, work }) => waiting.has(id) && work)), waiting);
}

function* spacesOf(state: State): Generator<number> {
  const ofDisks = (disks: readonly MachineDisk[]) => disks.map(({ space }) => space);
  const ofMachine = (machine: MachineRecord) => [
    ...(machine.memory === 0 ? [] : [machine.memory]),
    ...ofDisks(machine.disks),
  ];
  for (const record of state.objects.values()) {
    if (record.kind === "VirtualMachine") yield* ofMachine(record);
    if (record.kind === "VirtualMachineSnapshot") yield* ofMachine(record.machine);
    if (record.kind === "Datastore")
      for (const [, node] of nodesBelow(record.files)) if (node.kind === "file" && node.space !== 0) yield node.space;
  }
  for (const [, disk] of state.loose.entries()) yield disk.space;
  for (const [, machine] of state.unregistered.entries()) yield* ofMachine(machine);
}

function* livingSpaces(pages: Host["universe"]["pages"], most: number): Generator<number> {
  for (let space = 1; space <= most; space++) {
    try {
      pages.owner(space);
    } catch {
      continue;
    }
    yield space;
  }
}
