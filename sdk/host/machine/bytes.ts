import { invalidArgument, invalidPowerState, notFound } from "../faults.ts";
import { touchPages } from "../guest/memory/touched.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import { record, type View } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { isBase } from "../storage/layers.ts";
import { requireSpace } from "../storage/space.ts";
import { deviceOf, isDisk } from "./devices.ts";
import { freshLayer } from "./fresh-layer.ts";
import { requireMemoryRoom } from "./memory-room.ts";

const pageBytes = 4096;

/** Bytes of guest memory from an address on. Throws InvalidPowerState when the machine is off: it has no memory then. */
export function readMemory(view: View, id: number, address: number, length: number): Uint8Array {
  const machine = machineNumbered(view, id);
  requireMemory(machine);
  requireRange("address", address, length, view.pages.figures(machine.memory).size, `the memory of '${machine.name}'`);
  return view.pages.read(machine.memory, address, length);
}

/**
 * Writes guest memory, as the last thing in a transaction. What the machine shared it then has to itself. Throws before anything
 * is written when its host's memory, or for a fork the datastore of its swap file, has no room for the pages that takes.
 */
export function writeMemory(tx: Draft, id: number, address: number, bytes: Uint8Array): void {
  const machine = machineNumbered(tx, id);
  if (machine.power !== "poweredOn") throw invalidPowerState(machine.power, "poweredOn", machine.name);
  requireRange(
    "address",
    address,
    bytes.length,
    tx.pages.figures(machine.memory).size,
    `the memory of '${machine.name}'`,
  );
  const needed = tx.pages.cost(machine.memory, address, bytes) * pageBytes;
  if (needed > 0) requireMemoryRoom(tx, machine, needed);
  if (bytes.length > 0) {
    const first = Math.floor(address / pageBytes);
    const count = Math.floor((address + bytes.length - 1) / pageBytes) - first + 1;
    touchPages(tx, id, [{ first, count, written: true }]);
  }
  tx.pages.write(machine.memory, address, bytes);
}

/** Bytes of a virtual disk from an offset on; without a key, of the first disk. */
export function readDisk(view: View, id: number, key: number | undefined, offset: number, length: number): Uint8Array {
  const machine = machineNumbered(view, id);
  const disk = diskOf(machine, key);
  requireRange("offset", offset, length, capacityOf(machine, disk), `disk ${disk.key} of '${machine.name}'`);
  const target = new Uint8Array(length);
  readSpace(view, disk.space, offset, target);
  return target;
}

/** Fills a target with bytes of an address space, those that the transaction under way is going to write among them. */
export function readSpace(view: View, space: number, offset: number, target: Uint8Array): void {
  if (view.deferred) view.deferred.read(view.pages, space, offset, target);
  else view.pages.readInto(space, offset, target);
}

/**
 * Writes a virtual disk, as the last thing in a transaction. Throws NoDiskSpace before anything is written when its datastore has
 * no room for the blocks that takes. A file that others are based on stays as it is: the disk gets a new one above it.
 */
export function writeDisk(tx: Draft, id: number, key: number | undefined, offset: number, bytes: Uint8Array): void {
  const machine = machineNumbered(tx, id);
  const before = diskOf(machine, key);
  requireRange("offset", offset, bytes.length, capacityOf(machine, before), `disk ${before.key} of '${machine.name}'`);
  if (tx.deferred.has(before.space)) {
    writeDiskLater(tx, id, before.key, pagesUnder(tx, before.space, offset, bytes));
    return;
  }
  const needed = tx.pages.cost(before.space, offset, bytes) * pageBytes;
  if (makeWritable(tx, machine, before, needed))
    tx.pages.setAccount(before.space, diskAccount(tx, before.layer.datastore));
  tx.pages.write(before.space, offset, bytes);
}

/**
 * Writes whole pages of a virtual disk when the transaction has succeeded; until then, `readDisk` and `readSpace` see them. Throws
 * NoDiskSpace at once. The bytes are the callee's from now on.
 */
export function writeDiskLater(
  tx: Draft,
  id: number,
  key: number | undefined,
  pages: Iterable<readonly [page: number, bytes: Uint8Array]>,
): void {
  const machine = machineNumbered(tx, id);
  const disk = diskOf(machine, key);
  const changed = new Map<number, Uint8Array>();
  const known = new Uint8Array(pageBytes);
  let needed = 0;
  for (const [page, bytes] of pages) {
    readSpace(tx, disk.space, page * pageBytes, known);
    if (Buffer.compare(known, bytes) === 0) continue;
    changed.set(page, bytes);
    if (!tx.deferred.has(disk.space, page)) needed += tx.pages.cost(disk.space, page * pageBytes, bytes) * pageBytes;
  }
  if (changed.size === 0) return;
  const { datastore } = disk.layer;
  const fresh = makeWritable(tx, machine, disk, needed);
  if (fresh) tx.chargeSpace(disk.space, diskAccount(tx, datastore));
  tx.deferred.write(disk.space, changed, datastore, fresh || disk.layer.thick === 0 ? needed : 0);
}

/** Makes sure that a disk can be written to and that its datastore has room; answers whether it got a file of its own for that. */
function makeWritable(tx: Draft, machine: MachineRecord, disk: MachineDisk, needed: number): boolean {
  const fresh = isBase(tx, disk.layer);
  const layer = fresh ? freshLayer(tx, machine, disk.layer, machine.deltas + 1) : disk.layer;
  if (layer.thick === 0 && needed > 0) requireSpace(tx, record(tx, "Datastore", layer.datastore), needed, layer.path);
  if (!fresh && layer.blocks === undefined) return false;
  const { blocks: _, ...open } = layer;
  const disks = machine.disks.map((each) => (each === disk ? { ...each, layer: open } : each));
  tx.put({ ...machine, disks, deltas: fresh ? machine.deltas + 1 : machine.deltas });
  return fresh;
}

/** The pages that a write makes of those that are there. */
function* pagesUnder(view: View, space: number, offset: number, bytes: Uint8Array): Generator<[number, Uint8Array]> {
  for (let at = 0; at < bytes.length; ) {
    const page = Math.floor((offset + at) / pageBytes);
    const from = (offset + at) % pageBytes;
    const length = Math.min(pageBytes - from, bytes.length - at);
    const target = new Uint8Array(pageBytes);
    if (length < pageBytes) readSpace(view, space, page * pageBytes, target);
    target.set(bytes.subarray(at, at + length), from);
    yield [page, target];
    at += length;
  }
}

/** What of a machine's memory (none when it is off), or of a disk (0: the first), is shared and what is its own, in bytes. */
export function figuresOf(view: View, machine: MachineRecord, disk: number | undefined) {
  const space = disk === undefined ? machine.memory : diskOf(machine, disk || undefined).space;
  if (space === 0) return { size: machine.base.memoryMB * 2 ** 20, mapped: 0, private: 0, shared: 0 };
  const { size, mapped, private: own, shared } = view.pages.figures(space);
  return { size, mapped: mapped * pageBytes, private: own * pageBytes, shared: shared * pageBytes };
}

function machineNumbered(view: View, id: number): MachineRecord {
  const found = view.object(id);
  if (found?.kind === "VirtualMachine") return found;
  throw notFound({ type: "VirtualMachine", value: `vm-${id}` });
}

function requireMemory(machine: MachineRecord): void {
  if (machine.memory === 0) throw invalidPowerState(machine.power, "poweredOn", machine.name);
}

function diskOf(machine: MachineRecord, key: number | undefined): MachineDisk {
  const found = key === undefined ? machine.disks[0] : machine.disks.find((disk) => disk.key === key);
  if (found) return found;
  const keys = machine.disks.map((disk) => disk.key).join(", ") || "none";
  throw invalidArgument(
    "key",
    `'${machine.name}' has no disk ${key === undefined ? "at all" : `with the key ${key}`}. It has: ${keys}.`,
  );
}

function capacityOf(machine: MachineRecord, disk: MachineDisk): number {
  const device = deviceOf(machine, disk.key);
  return device && isDisk(device) ? Number(device.capacityInBytes ?? device.capacityInKB * 1024) : 0;
}

function requireRange(name: string, start: number, length: number, size: number, of: string): void {
  if (!Number.isSafeInteger(start) || start < 0 || start > size)
    throw invalidArgument(name, `It must be a whole number from 0 to ${size}, the size of ${of}, not ${start}.`);
  if (!Number.isSafeInteger(length) || length < 0 || start + length > size)
    throw invalidArgument("length", `${length} bytes from ${start} on end beyond ${of}, which has ${size} bytes.`);
}
