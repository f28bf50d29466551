import type { Ref } from "../../vim/index.ts";
import { type IncomingDisk, type Piece, readStream, VmdkError } from "../../vmdk/index.ts";
import { placeAt } from "../datastore/place.ts";
import { looseAt } from "../datastore/virtual-disk.ts";
import { fault, invalidArgument } from "../faults.ts";
import { deviceOf, isDisk } from "../machine/devices.ts";
import type { Draft } from "../state/draft.ts";
import type { MachineDisk, MachineRecord } from "../state/machine-record.ts";
import type { Universe } from "../state/universe.ts";
import { record } from "../state/view.ts";
import { diskAccount } from "../storage/accounts.ts";
import { freeBytes, requireSpace } from "../storage/space.ts";

const pageBytes = 4096;
/** Pieces that are written in one transaction. */
const together = 16;

/**
 * Fills a disk of a machine that nothing was written to yet with a streamOptimized file as it comes in. When that goes wrong the
 * disk is empty again, and it may come once more. Throws what is wrong with the file, or NoDiskSpace.
 */
export async function fillDisk(
  universe: Universe,
  machine: number,
  key: number,
  chunks: AsyncIterable<Uint8Array>,
  on: () => void,
): Promise<void> {
  const incoming = await explained(readStream(chunks, "the upload"));
  try {
    requireFit(universe, machine, key, incoming);
    empty(universe, machine, key);
    let waiting: Piece[] = [];
    const flush = () => {
      write(universe, machine, key, waiting);
      waiting = [];
      on();
    };
    const pieces = incoming.pieces();
    for (let next = await explained(pieces.next()); !next.done; next = await explained(pieces.next())) {
      waiting.push(next.value);
      if (waiting.length === together) flush();
    }
    flush();
  } catch (error) {
    try {
      empty(universe, machine, key);
    } catch {
      // The machine is gone by now, and its disk with it, or all of the vCenter: what went wrong first is what there is to say.
    }
    throw error;
  } finally {
    await incoming.close();
  }
}

async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof VmdkError)
      throw fault("InvalidDiskFormat", {}, `The disk that was brought is not in order: ${error.message}`, {
        cause: error,
      });
    throw error;
  }
}

function find(universe: Universe, id: number, key: number): { machine: MachineRecord; disk: MachineDisk } {
  const machine = record(universe.view, "VirtualMachine", id);
  const disk = machine.disks.find((one) => one.key === key);
  if (!disk) throw invalidArgument("key", `'${machine.name}' has no disk with the key ${key} any more.`);
  return { machine, disk };
}

function requireFit(universe: Universe, id: number, key: number, { capacity }: IncomingDisk): void {
  const { machine } = find(universe, id, key);
  const device = deviceOf(machine, key);
  const size = device && isDisk(device) ? Number(device.capacityInBytes ?? device.capacityInKB * 1024) : 0;
  if (capacity <= size) return;
  throw invalidArgument(
    "capacity",
    `The disk that was brought has ${capacity} bytes; that of '${machine.name}' has ${size}.`,
  );
}

/** Takes everything off a disk. */
function empty(universe: Universe, id: number, key: number): void {
  const { disk } = find(universe, id, key);
  if (universe.pages.figures(disk.space).mapped === 0) return;
  universe.transact((tx) => {
    const { size } = tx.pages.figures(disk.space);
    const { datastore, thick } = disk.layer;
    const account = thick > 0 ? 0 : diskAccount(tx, datastore);
    const space = tx.createSpace({ bytes: size, owner: id, account });
    tx.dropSpace(disk.space);
    tx.change("VirtualMachine", id, ({ disks }) => ({
      disks: disks.map((one) => (one.key === key ? { ...one, space } : one)),
    }));
  });
}

function write(universe: Universe, id: number, key: number, pieces: readonly Piece[]): void {
  if (pieces.length === 0) return;
  const { disk } = find(universe, id, key);
  universe.transact((tx) => writePieces(tx, disk, pieces));
}

/**
 * Fills a disk that no machine has, by its path on a datastore. It must be new: what goes wrong leaves what was written till then.
 * Throws FileNotFound, FileLocked, NoDiskSpace, or what reading the pieces throws.
 */
export async function fillLooseDisk(
  universe: Universe,
  name: string,
  datacenter: Ref<"Datacenter">,
  pieces: AsyncIterable<Piece>,
): Promise<void> {
  let waiting: Piece[] = [];
  const flush = () => {
    const { view } = universe;
    const disk = looseAt(view, placeAt(view, name, datacenter));
    universe.transact((tx) => writePieces(tx, disk, waiting));
    waiting = [];
  };
  flush();
  for await (const piece of pieces) {
    waiting.push(piece);
    if (waiting.length === together) flush();
  }
  flush();
}

/** Writes pieces in their order, when there is room for all of them. */
function writePieces(
  tx: Draft,
  { space, layer }: Pick<MachineDisk, "space" | "layer">,
  pieces: readonly Piece[],
): void {
  const { datastore, path, thick } = layer;
  const written = pieces.map(({ address, length, bytes }) => [address, bytes ?? new Uint8Array(length)] as const);
  if (thick === 0) {
    const store = record(tx, "Datastore", datastore);
    // At most; what it is exactly takes a look at every byte.
    let needed = 0;
    for (const [address, bytes] of written) needed += tx.pages.cost(space, address, bytes.length) * pageBytes;
    if (needed > freeBytes(tx, store)) {
      needed = 0;
      for (const [address, bytes] of written) needed += tx.pages.cost(space, address, bytes) * pageBytes;
      requireSpace(tx, store, needed, path);
    }
  }
  for (const [address, bytes] of written) tx.pages.write(space, address, bytes);
}
