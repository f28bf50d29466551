import type { DiskLayer, MachineDisk, MachineRecord } from "../../../../sdk/host/state/machine-record.ts";
import type { SnapshotRecord } from "../../../../sdk/host/state/snapshot-record.ts";
import type { State } from "../../../../sdk/host/state/state.ts";
import { chainOf, layerKey } from "../../../../sdk/host/storage/layers.ts";
import { directoryOf } from "../../../../sdk/host/storage/path.ts";
import { copied, forked, type Model, type Page, type Space } from "./model.ts";

/** What blocks under a topmost file are charged to when they are written. */
export const accountOf = (layer: DiskLayer | undefined): string =>
  !layer || layer.thick > 0 ? "none" : `disk ${layer.datastore}`;

/** A disk before and after its files were moved, and the model's bytes of it. */
export interface Move {
  readonly before: MachineDisk;
  readonly after: MachineDisk;
  readonly space: Space;
}

/** Pages that nobody else holds are copied, the others go on being shared. */
function split(model: Model, space: Space, account: string): Space {
  const holders = model.holders();
  const pages = [...space.pages].map(([at, page]): [number, Page] => [
    at,
    holders.get(page) === 1 ? { value: page.value, account } : page,
  ]);
  return { account, pages: new Map(pages) };
}

/** Pages that nobody else holds are charged to another account. */
export function recharge(model: Model, space: Space, account: string): void {
  const holders = model.holders();
  for (const page of space.pages.values()) if (holders.get(page) === 1) page.account = account;
}

/** A fork of a base, with what differs between its original and a third space. */
function above(base: Space, original: Space, wanted: Space, account: string): Space {
  const made = forked(base, account);
  for (const at of new Set([...original.pages.keys(), ...wanted.pages.keys()])) {
    const page = wanted.pages.get(at);
    if (page === original.pages.get(at)) continue;
    if (!page) made.pages.delete(at);
    else if (made.pages.get(at)?.value !== page.value) made.pages.set(at, { value: page.value, account });
  }
  return made;
}

/**
 * What the bytes of disks are that were moved together: shared where their files are shared, copied where these were. `state` is
 * that before the move.
 */
export function moved(model: Model, state: State, moves: readonly Move[]): Map<Move, Space> {
  const done = new Map<Move, Space>();
  const under = new Map<string, { from: Space; to: Space }>();
  for (const move of [...moves].sort((a, b) => a.before.layer.depth - b.before.layer.depth)) {
    const { before, after, space } = move;
    if (before.layer === after.layer) continue;
    const to = spaceOf(model, state, move, under);
    under.set(layerKey(before.layer), { from: space, to });
    done.set(move, to);
  }
  return done;
}

function spaceOf(
  model: Model,
  state: State,
  { before, after, space }: Move,
  under: ReadonlyMap<string, { from: Space; to: Space }>,
): Space {
  const account = accountOf(after.layer);
  const kept = new Set([...chainOf(after.layer)].map(layerKey));
  const old = [...chainOf(before.layer)];
  for (const at of old) {
    const known = under.get(layerKey(at));
    if (known) return above(known.to, known.from, space, account);
    if (!kept.has(layerKey(at))) continue;
    if (at === before.layer) return forked(space, account);
    const below = contentOf(model, state, at);
    return below ? above(below, below, space, account) : split(model, space, account);
  }
  const bottom = old.at(-1);
  const thick = after.layer.parent && ([...chainOf(after.layer)].at(-1)?.thick ?? 0) > 0;
  const base = thick && account !== "none" && bottom ? contentOf(model, state, bottom) : undefined;
  return base ? above(copied(base, "none"), base, space, account) : copied(space, account);
}

/** The machine whose directory a file is in, or 0. */
export function ownerOf(state: State, layer: DiskLayer): number {
  const store = state.objects.get(layer.datastore);
  return (store?.kind === "Datastore" ? store.directories.get(directoryOf(layer.path)) : undefined) ?? 0;
}

/** The bytes up to a file, where the machine whose directory it is in or one of its snapshots still has just these. */
function contentOf(model: Model, state: State, layer: DiskLayer): Space | undefined {
  const holder = state.objects.get(ownerOf(state, layer));
  if (holder?.kind !== "VirtualMachine") return undefined;
  const key = layerKey(layer);
  const among = (record: MachineRecord, spaces: readonly Space[]) => {
    const at = record.disks.findIndex((disk) => layerKey(disk.layer) === key);
    return at < 0 ? undefined : spaces[at];
  };
  const own = among(holder, model.machines.get(holder.name)?.disks.map(({ space }) => space) ?? []);
  if (own) return own;
  for (const { id, was } of model.snapshots) {
    const record = state.objects.get(id);
    if (record?.kind !== "VirtualMachineSnapshot" || record.parent !== holder.id) continue;
    const found = among(
      record.machine,
      was.disks.map(({ space }) => space),
    );
    if (found) return found;
  }
  return undefined;
}

/** The snapshots of a machine in a state. */
export const snapshotsIn = (state: State, machine: number): SnapshotRecord[] =>
  [...state.objects.values()].flatMap((record) =>
    record.kind === "VirtualMachineSnapshot" && record.parent === machine ? [record] : [],
  );
